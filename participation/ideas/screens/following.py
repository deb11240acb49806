"""Boards, as residents may follow them: the key is the same in both languages."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from participation.models import IdeaBoardPage
from residents.following import Followed, Subject

BOARD = "board"


def as_key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def find_boards(keys: list[str]) -> dict[str, Followed]:
    """Return the boards with these keys that readers may read, in their language."""
    wanted = {key: as_key(key) for key in keys}
    pages = IdeaBoardPage.objects.live().public().in_language()
    pages = pages.filter(translation_key__in=[key for key in wanted.values() if key])
    found = {page.board_key: page for page in pages}
    return {
        text: Followed(found[key].title, found[key].url or "") for text, key in wanted.items() if key and key in found
    }


def choices() -> list[str]:
    pages = IdeaBoardPage.objects.live().public().in_language().order_by("title")
    return [str(key) for key in pages.values_list("translation_key", flat=True)]


BOARDS = Subject(BOARD, _("Idea boards"), find=find_boards, choices=choices)
