"""The commune's streets: read from its register, found by what people type, led to a neighbourhood."""
