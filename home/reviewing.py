"""What the desk's one queue shows of things that are no pages: a small registry that features fill in `ready()`.

The desk knows no feature, and features don't know the desk. A thing that stands in a Wagtail workflow is in the queue by
itself; here its feature tells the facts by which it is listed and filtered, and where it is decided over. The other way
round, the desk tells which channels it may send things to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Model

from home.languages import active_language


@dataclass(frozen=True)
class Facts:
    """What the queue shows of one thing. `review` is the name of the view that decides; it is given the task's number.

    `is_reported` is for what residents reported: it stands under a heading of its own. `is_pressing` is for what can't
    wait, with `why` in a few words.
    """

    title: str
    review: str
    language: str = ""
    department: int | None = None
    neighbourhoods: tuple[int, ...] = ()
    who: str = ""
    why: str = ""
    is_reported: bool = False
    is_pressing: bool = False


Describe = Callable[[Collection[int]], dict[int, Facts]]
_describes: dict[type[Model], Describe] = {}


def register(model: type[Model], describe: Describe) -> None:
    """Let `describe(primary keys)` tell the facts of things of `model`, in a fixed number of queries."""
    _describes[model] = describe


def facts_of(model: type[Model] | None, keys: Collection[int]) -> dict[int, Facts]:
    """Return the facts of things by their primary keys; nothing of a kind that nobody describes."""
    describe = _describes.get(model) if model else None
    return describe(keys) if describe and keys else {}


@dataclass(frozen=True)
class Channel:
    """Where something is better off, with its words in both languages, to be kept as they are now."""

    key: int
    words: dict[str, str]

    @property
    def name(self) -> str:
        return in_language(self.words, "name")


def in_language(words: dict[str, str], field: str) -> str:
    """Return the reader's words of a channel that were kept; the other language's where there are none."""
    code = active_language()
    return words.get(f"{field}_{code}") or words.get(f"{field}_fr") or words.get(f"{field}_nl") or ""


Channels = Callable[[], list[Channel]]
_channels: list[Channels] = []


def register_channels(channels: Channels) -> None:
    """Let `channels()` tell those that are in use."""
    _channels[:] = [channels]


def channels() -> list[Channel]:
    return [channel for each in _channels for channel in each()]
