"""What digests are made of: a small registry that each feature fills in `ready()`.

`digests` knows no feature. A source is asked once for all readers who share the same interests, language included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

KEY_SIGNS = 80


@dataclass(frozen=True)
class Interests:
    """What decides on the items that a reader gets; readers who share it get the same ones.

    `neighbourhoods` and `departments` are primary keys; `subjects` are pairs (subject, key) as in `residents.Follow`.
    `has_account` says whether the reader may hear of what is kept for its neighbourhoods first.
    """

    language: str
    neighbourhoods: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    subjects: frozenset[tuple[str, str]] = frozenset()
    has_account: bool = False


@dataclass(frozen=True)
class Item:
    """One thing that a reader may hear of, in the language of the interests that were asked for.

    `key` is the same in both languages and for ever ("news:<translation key>"): each reader gets it once.
    `appeared_at` is when readers with these interests could read it first. `url` is absolute.
    """

    key: str
    appeared_at: datetime
    title: str
    summary: str
    url: str
    by: str = ""
    places: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """SQLite would keep a longer key, PostgreSQL refuse it, and with it everybody's digest."""
        if len(self.key) > KEY_SIGNS:
            raise ValueError(f"The key of an item is too long: {self.key}")


Find = Callable[[Interests, datetime, datetime], list[Item]]


@dataclass(frozen=True)
class Source:
    """`find(interests, since, until)` returns the items that appeared after `since`, up to `until`, newest first.

    `order` places its group in the digest, the lowest first. With `by_place` each of its items stands under the first
    of its `places` (the reader's own ones come first), and what has none under the commune's name. `begin` returns a
    `find` for one run over many readers, at one moment: it may remember what it asked the database.
    """

    name: str
    label: str | Promise
    find: Find
    order: int = 100
    by_place: bool = False
    begin: Callable[[], Find] | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let digests hold the items of `source`; a later one of the same name takes its place."""
    _sources[source.name] = source


def registered() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: (source.order, source.name))
