"""The kinds of message, as residents may follow them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from home.frame import Frame
from neighbourhood_news.kinds import NEWS_KIND, Kind
from neighbourhood_news.models import NewsIndexPage
from residents.following import Followed, Subject


def find_kinds(keys: list[str]) -> dict[str, Followed]:
    """Return the kinds of these names, each with the address of its messages; two queries, however many."""
    known = [key for key in keys if key in Kind.values]
    index = Frame.of(None).address_of(NewsIndexPage) if known else ""
    return {key: Followed(str(Kind(key).label), f"{index}?kind={key}" if index else "") for key in known}


KINDS = Subject(NEWS_KIND, _("Kinds of message"), find=find_kinds, choices=lambda: list(Kind.values))
