"""The words that a draft brings along in its other language, when what is put into it has both.

A feature hands them over here; who looks after translations (moderation) keeps them for the translator.
"""

from __future__ import annotations

from typing import Any, Protocol

from wagtail.models import Page


class Keeper(Protocol):
    def __call__(self, *, page: Page, values: dict[str, Any], user: Any) -> None: ...


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Let `keeper` take the words; the last one that registers does."""
    _keepers[:] = [keeper]


def keep(*, page: Page, values: dict[str, Any], user: Any) -> None:
    """Keep `values`, fields of `page` in its other language: a part of its words; the others are left as they are."""
    for keeper in _keepers:
        keeper(page=page, values=values, user=user)
