"""The ways of becoming a verified resident, as they are shown. Each ends in `actions.verify_resident`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from residents.models import Method
from residents.verifying.openid import providers


@dataclass(frozen=True)
class Way:
    """One way: `template` says what it takes and what is kept; `found()` what it needs to be offered, none where it isn't.

    On the public page, too, only what is offered is told of.
    """

    method: Method
    icon: str
    found: Callable[[], Any]

    @property
    def template(self) -> str:
        return f"residents/verifying/ways/{self.method.value}.html"


_ways: dict[Method, Way] = {}


def register(way: Way) -> None:
    """Offer a way of becoming a verified resident; a later one for the same method takes its place."""
    _ways[way.method] = way


def offered() -> list[tuple[Way, Any]]:
    """Return the ways that are open in this commune, each with what it found."""
    found = [(way, way.found()) for way in _ways.values()]
    return [(way, what) for way, what in found if what]


register(Way(Method.LETTER, "mail", lambda: True))
register(Way(Method.COUNTER, "town-hall", lambda: True))
register(Way(Method.OPENID, "phone", providers))
