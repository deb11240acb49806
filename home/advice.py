"""Hints for editors on what a draft could do better: warnings, never errors. A feature that has some registers a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page


@dataclass(frozen=True)
class Advice:
    """One warning. `field` is where it belongs: the name of a field, then the ids of blocks in it, with dots between."""

    field: str
    message: str


Source = Callable[[Page, datetime], Iterable[Advice]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Ask `source` for advice on every draft; a second one under one name takes the place of the first."""
    _sources[name] = source


def of_features(draft: Page, *, now: datetime) -> Iterator[Advice]:
    for source in _sources.values():
        yield from source(draft, now)
