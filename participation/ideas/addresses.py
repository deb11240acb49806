"""Where boards and ideas are found: the short address of an idea is its board's, then `<number>-<words>/`."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from home.languages import active_language
from participation.models import Idea, IdeaBoardPage


def boards_of(keys: Iterable[UUID]) -> dict[UUID, IdeaBoardPage]:
    """Return the live pages of boards in the reader's language, or in the other where there is none, in one query."""
    pages = IdeaBoardPage.objects.live().filter(translation_key__in=set(keys)).select_related("locale")
    code = active_language()
    found: dict[UUID, IdeaBoardPage] = {}
    for page in sorted(pages, key=lambda page: page.locale.language_code != code):
        found.setdefault(page.board_key, page)
    return found


def address_on(page: IdeaBoardPage | None, idea: Idea) -> str:
    """Return the address of an idea on a page of its board; "" where the board isn't live or the idea has no number."""
    return f"{page.url}{idea.slug}/" if page and page.url and idea.number else ""


def addresses_of(ideas: Iterable[Idea]) -> dict[int, str]:
    """Return the addresses of ideas by their primary keys, in the reader's language."""
    listed = list(ideas)
    boards = boards_of(idea.board_id for idea in listed)
    return {idea.pk: address_on(boards.get(idea.board_id), idea) for idea in listed}


def remaining(idea: Idea) -> Idea:
    """Return the idea that a merged one leads on to, through all that followed."""
    while idea.merged_into_id:
        idea = Idea.objects.get(pk=idea.merged_into_id)
    return idea
