"""The editorial calendar: its screens, and the feed of it that people read elsewhere."""
