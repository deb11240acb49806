"""Boards that residents follow, in their digests: new ideas and answers. Of one idea they hear by mail (ideas.news)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digests.sources import Interests, Item, Source
from home.addresses import absolute
from participation.ideas.screens.following import BOARD, as_key
from participation.models import Idea, IdeaBoardPage, OfficialAnswer

SUMMARY_SIGNS = 200
MOST = 20  # of one board in one digest: the board's own page has them all


def find_items(interests: Interests, since: datetime, until: datetime) -> list[Item]:
    """Return what is new for such a reader, newest first."""
    boards = {as_key(key) for subject, key in interests.subjects if subject == BOARD} - {None}
    if not boards:
        return []
    found = [*_answers(interests, boards, since, until), *_new_ideas(interests, boards, since, until)]
    return sorted(found, key=lambda item: item.appeared_at, reverse=True)


def _pages(language: str, keys: set[Any]) -> dict[Any, IdeaBoardPage]:
    pages = IdeaBoardPage.objects.live().public().in_language(language).filter(translation_key__in=keys)
    return {page.board_key: page for page in pages.select_related("department", "locale")}


def _answers(interests: Interests, boards: set[Any], since: datetime, until: datetime) -> list[Item]:
    answers = OfficialAnswer.objects.filter(published_at__gt=since, published_at__lte=until)
    theirs = answers.filter(idea__board__in=boards).select_related("idea", "department")
    found = list(theirs.filter(idea__live=True))
    pages = _pages(interests.language, {answer.idea.board_id for answer in found})
    return [
        _item(
            pages[answer.idea.board_id],
            answer.idea,
            f"answer:{answer.idea_id}",
            answer.published_at,
            _("The commune has answered: %(title)s") % {"title": answer.idea.title},
            getattr(answer, f"text_{interests.language}"),
            by=answer.department.name if answer.department else "",
        )
        for answer in found
        if answer.idea.board_id in pages and answer.published_at
    ]


def _new_ideas(interests: Interests, boards: set[Any], since: datetime, until: datetime) -> list[Item]:
    pages = _pages(interests.language, boards)
    new = Idea.objects.public().filter(first_published_at__gt=since, first_published_at__lte=until, board__in=pages)
    return [
        _item(
            pages[idea.board_id],
            idea,
            f"idea:{idea.pk}",
            idea.first_published_at,
            _("A new idea: %(title)s") % {"title": idea.title},
            idea.text,
            by=idea.author_name,
        )
        for idea in new.newest_first().select_related("neighbourhood")[:MOST]
    ]


def _item(page: IdeaBoardPage, idea: Idea, key: str, at: Any, title: str, words: str, *, by: str) -> Item:
    return Item(
        key=key,
        appeared_at=at,
        title=title,
        summary=Truncator(" ".join(words.split())).chars(SUMMARY_SIGNS),
        url=absolute(f"{page.url or '/'}{idea.slug}/"),
        by=by or page.department.name,
    )


IDEAS_SOURCE = Source("ideas", gettext_lazy("Ideas"), find_items, order=8)
