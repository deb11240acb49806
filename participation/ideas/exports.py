"""What a board holds, as tables: ideas with counts of their supports, comments, answers. No table says who supports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.ideas.querysets import CommentQuerySet, IdeaQuerySet
from participation.models import Comment, Idea, OfficialAnswer

IDEAS, COMMENTS, ANSWERS = "ideas", "comments", "answers"


@dataclass(frozen=True)
class Table:
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]


LABELS: dict[str, str | Promise] = {IDEAS: _("Ideas"), COMMENTS: _("Comments"), ANSWERS: _("Answers")}


def table_of(what: str, board: UUID) -> Table:
    """Return what everybody may read of a board: what is public, and nothing else."""
    return {IDEAS: _ideas, COMMENTS: _comments, ANSWERS: _answers}[what](board)


# Heads are fixed words, so that a file can be read again whoever made it in whichever language.
IDEA_HEADS = (
    "number", "title", "text", "language", "author", "theme", "neighbourhood", "place", "longitude", "latitude",
    "status", "supports", "supports_from_neighbourhood", "comments", "published", "answer_due", "answered", "way",
)  # fmt: skip


def _ideas(board: UUID) -> Table:
    ideas: IdeaQuerySet = Idea.objects.on_board(board).public()
    found = ideas.select_related("theme", "neighbourhood", "status").order_by("number")
    return Table(IDEA_HEADS, _idea_rows(found))


def _idea_rows(ideas: IdeaQuerySet) -> Iterator[Sequence[Any]]:
    for idea in ideas.iterator(chunk_size=500):
        yield (
            idea.number,
            idea.title,
            idea.text,
            idea.language,
            idea.author_name,
            idea.theme.slug if idea.theme else "",
            idea.neighbourhood.code if idea.neighbourhood else "",
            idea.place,
            idea.longitude,
            idea.latitude,
            idea.status.name if idea.status else "",
            idea.supports_count,
            idea.local_supports_count,
            idea.comments_count,
            idea.first_published_at,
            idea.answer_due_on,
            idea.answered_at,
            idea.way,
        )


def _comments(board: UUID) -> Table:
    heads = ("idea", "comment", "reply_to", "text", "language", "author", "department", "published")
    comments: CommentQuerySet = Comment.objects.public().filter(idea__board=board, idea__state="public")
    found = comments.select_related("idea", "department").order_by("idea__number", "pk")
    rows = (
        (
            each.idea.number,
            each.pk,
            each.parent_id,
            each.text,
            each.language,
            each.author_name,
            each.department.name if each.department else "",
            each.first_published_at,
        )
        for each in found.iterator(chunk_size=500)
    )
    return Table(heads, rows)


def _answers(board: UUID) -> Table:
    heads = ("idea", "title", "department", "status", "answer_fr", "answer_nl", "published")
    answers: QuerySet[OfficialAnswer] = OfficialAnswer.objects.filter(
        idea__board=board, idea__state="public", published_at__isnull=False
    )
    found = answers.select_related("idea", "department", "status").order_by("idea__number")
    rows = (
        (
            each.idea.number,
            each.idea.title,
            each.department.name if each.department else "",
            each.status.name if each.status else "",
            each.text_fr,
            each.text_nl,
            each.published_at,
        )
        for each in found
    )
    return Table(heads, rows)
