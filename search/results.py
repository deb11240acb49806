"""What may be found: live, public pages in the reader's language."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page


def found_pages(words: str) -> Any:
    """Return the pages with all of `words`, best first; they count and slice as a list does."""
    pages = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=2).specific(defer=False)
    return pages.search(words, operator="and")
