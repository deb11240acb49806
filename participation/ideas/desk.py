"""Ideas and comments, as the desk's one queue lists and filters them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from home.languages import active_language
from home.reviewing import Facts
from participation.ideas.kinds import Because, State
from participation.models import Comment, Idea, IdeaBoardPage

REVIEW = "idea_review"


def describe_ideas(keys: Collection[int]) -> dict[int, Facts]:
    ideas = list(Idea.objects.filter(pk__in=keys))
    departments = _departments({idea.board_id for idea in ideas})
    return {idea.pk: _facts(idea, idea, f"{idea.number}. {idea.title}", departments) for idea in ideas}


def describe_comments(keys: Collection[int]) -> dict[int, Facts]:
    comments = list(Comment.objects.filter(pk__in=keys).select_related("idea"))
    departments = _departments({comment.idea.board_id for comment in comments})
    return {
        each.pk: _facts(each, each.idea, f"{each} ({each.idea.number}. {each.idea})", departments) for each in comments
    }


def _facts(contribution: Idea | Comment, idea: Idea, title: str, departments: dict[UUID, int]) -> Facts:
    """What was hidden, and what somebody asks to be looked at again, can't wait."""
    return Facts(
        title=title,
        review=REVIEW,
        language=contribution.language,
        department=departments.get(idea.board_id),
        neighbourhoods=(idea.neighbourhood_id,) if idea.neighbourhood_id else (),
        who=contribution.author_name,
        why=str(contribution.get_waits_because_display()),
        is_reported=contribution.waits_because == Because.REPORTS,
        is_pressing=contribution.state == State.HIDDEN or contribution.waits_because == Because.SECOND_LOOK,
    )


def _departments(boards: Collection[UUID]) -> dict[UUID, int]:
    pages = IdeaBoardPage.objects.filter(translation_key__in=boards)
    return dict(pages.values_list("translation_key", "department_id"))


def title_of(board: UUID) -> str:
    """Return the name of a board in the reader's language; the other one where there is none."""
    pages = IdeaBoardPage.objects.filter(translation_key=board).values_list("locale__language_code", "title")
    titles = dict(pages)
    return str(titles.get(active_language()) or next(iter(titles.values()), ""))
