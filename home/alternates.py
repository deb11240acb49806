"""A page in the other language."""

from typing import NamedTuple


class Alternate(NamedTuple):
    """Where the reader finds a page in the other language.

    `is_same` is False when the page has no translation yet: then `url` is its nearest ancestor that has one, called
    `title`.
    """

    language: str
    url: str
    is_same: bool
    title: str
