"""What the site's search finds beside pages: a small registry that features fill in `ready()`.

The search knows no feature, and pages it finds by itself. A source finds things of one kind: ideas of residents, say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise

from home.languages import active_language


@dataclass(frozen=True)
class Found:
    """One thing as the results show it. `language` is that of its words; `where` says in what it stands."""

    title: str
    url: str
    words: str = ""
    language: str = ""
    where: str = ""

    @property
    def other_language(self) -> str:
        """The name of the language that its words are in, where it isn't the reader's; "" where it is."""
        return "" if self.language == active_language() else str(dict(settings.LANGUAGES).get(self.language, ""))


@dataclass(frozen=True)
class Source:
    """`name` stands in addresses. `find(words)` returns what holds all of the words and everybody may read, best first;
    `shown(rows)` returns how some of those rows are shown, in a fixed number of queries.
    """

    name: str
    label: str | Promise
    find: Callable[[str], QuerySet[Any]]
    shown: Callable[[Iterable[Any]], list[Found]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let the search ask `source`; a second one under the same name takes its place."""
    _sources[source.name] = source


def sources() -> list[Source]:
    return list(_sources.values())
