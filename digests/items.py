"""What stands in a digest: the items of every source, and the groups in which they are read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import override

from digests.sources import Interests, Item, Source, registered

DAYS_BACK = timedelta(days=14)


@dataclass(frozen=True)
class Group:
    """Items under one heading, newest first; "" is the whole commune's."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Found:
    """What readers of the same interests may hear of now, source by source."""

    groups: tuple[Group, ...]

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group.items]

    def new_to(self, had: Collection[str], *, since: datetime) -> Found:
        """Leave out what the reader had, and what appeared before they subscribed."""
        left = []
        for group in self.groups:
            items = tuple(item for item in group.items if item.key not in had and item.appeared_at > since)
            if items:
                left.append(Group(group.heading, items))
        return Found(tuple(left))


class Search:
    """Asks every source, once for each set of interests, at one moment."""

    def __init__(self, *, since: datetime, until: datetime) -> None:
        self.since, self.until = since, until
        self.sources = [(source, source.begin() if source.begin else source.find) for source in registered()]

    def find(self, interests: Interests) -> Found:
        """Return what readers may hear of. An item that two sources have stands where it was found first."""
        groups: list[Group] = []
        seen: set[str] = set()
        with override(interests.language):
            for source, find in self.sources:
                headed: dict[str, list[Item]] = {}
                for item in find(interests, self.since, self.until):
                    if item.key not in seen:
                        seen.add(item.key)
                        headed.setdefault(_heading(source, item), []).append(item)
                groups += [Group(heading, tuple(items)) for heading, items in headed.items()]
        return Found(tuple(groups))


def _heading(source: Source, item: Item) -> str:
    if source.by_place:
        return item.places[0] if item.places else ""
    return str(source.label)
