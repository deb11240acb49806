"""What became of what somebody wrote: a small registry that each feature fills in `ready()`.

An answer to a survey, an idea, a comment: whoever contributed is told what became of it, and why, in their language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Contribution:
    """One thing that somebody wrote, and where it stands, in the reader's language.

    `outcome` is a sentence: what the commune did with it, or what it waits for. `language` is that in which `title`
    was written, "" where it is the reader's. `wrote_at` is None where nobody may know when: then `changed_at` is told.
    """

    title: str
    wrote_at: datetime | None
    outcome: str | Promise
    url: str = ""
    language: str = ""
    changed_at: datetime | None = None

    @property
    def moved_at(self) -> datetime:
        """When something last happened to it."""
        return self.changed_at or self.wrote_at or datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Source:
    """`find(user, count)` returns the `count` contributions of `user` to which something happened last."""

    name: str
    label: str | Promise
    find: Callable[[Any, int], list[Contribution]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let residents find again what they wrote by `source`; a later one of the same name takes its place."""
    _sources[source.name] = source


def registered() -> list[Source]:
    return list(_sources.values())


def contributions_of(user: Any, *, count: int) -> list[tuple[Source, Contribution]]:
    """Return what `user` wrote, wherever, with what happened last first."""
    found = [(source, one) for source in registered() for one in source.find(user, count)]
    return sorted(found, key=lambda pair: pair[1].moved_at, reverse=True)[:count]
