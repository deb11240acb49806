"""What residents may follow beside places and departments: features register their subjects in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Followed:
    """What a follow of a subject points to now, in the reader's language; `url` may be empty."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Subject:
    """A kind of thing that can be followed.

    `find(keys)` returns what the keys point to, in the reader's language, in a fixed number of queries; a key that
    points to nothing is left out, and can't be followed. `choices()` lists all of them where there are few, for the
    page that lists what one follows; an empty list where there are many.
    """

    name: str
    label: str | Promise
    find: Callable[[list[str]], dict[str, Followed]]
    choices: Callable[[], list[str]]


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let residents follow things of `subject`; a later one of the same name takes its place."""
    _subjects[subject.name] = subject


def registered() -> dict[str, Subject]:
    return dict(_subjects)
