"""What may be found: live, public pages in the reader's language, as far as they are open to the reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wagtail.models import Locale, Page
from wagtail.search.query import And, PlainText

from home import closures


def found_pages(words: str, user: Any, *, now: datetime) -> Any:
    """Return the pages with all of `words` that `user` may read at `now`, best first; they count and slice as a list does.

    Where there is none, those whose title has words that begin so: neither database knows that "vélos" is "vélo".
    """
    pages = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=2)
    pages = closures.open_to(pages, user, now=now).specific(defer=False)
    whole = pages.search(words, operator="and")
    return whole if whole.count() else pages.autocomplete(And([PlainText(word) for word in words.split()]))
