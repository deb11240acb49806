"""What a spreadsheet may be given: words that stay words."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def harmless(text: str) -> str:
    """Return `text` for a spreadsheet: no cell begins a formula, and no sign that XLSX can't hold."""
    text = text.translate(CONTROL)
    return f"'{text}" if text.startswith(FORMULA) else text
