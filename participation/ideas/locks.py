"""In which order rows are held: the voter, the board, ideas by number, then a comment. Every action keeps it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from participation.ideas import errors
from participation.models import Comment, Idea, IdeaBoardPage


def live_board(key: UUID) -> IdeaBoardPage:
    """Return a page of the board as readers have it now. Raises NotPublishedError."""
    pages = IdeaBoardPage.objects.filter(translation_key=key, live=True)
    page = pages.order_by("locale__language_code").first()
    if page is None:
        raise errors.NotPublishedError
    return page


def locked_idea(idea: Idea) -> Idea:
    """Return the idea as it stands, held until the transaction ends."""
    return Idea.objects.select_for_update().get(pk=idea.pk)


def locked_ideas(*ideas: Idea) -> list[Idea]:
    """Return several ideas, held; in the order in which they were named."""
    held = {
        idea.pk: idea for idea in Idea.objects.select_for_update().filter(pk__in=[i.pk for i in ideas]).order_by("pk")
    }
    return [held[idea.pk] for idea in ideas]


def locked_comment(comment: Comment) -> Comment:
    """Return a comment with its idea, both held. A merging may move it while one waits for the idea: then once more."""
    while True:
        with transaction.atomic():
            idea_id = Comment.objects.values_list("idea_id", flat=True).get(pk=comment.pk)
            idea = Idea.objects.select_for_update().get(pk=idea_id)
            held = Comment.objects.select_for_update().get(pk=comment.pk)
            if held.idea_id == idea.pk:
                held.idea = idea
                return held


def locked_contribution(contribution: Idea | Comment) -> Idea | Comment:
    return locked_idea(contribution) if isinstance(contribution, Idea) else locked_comment(contribution)
