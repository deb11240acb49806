"""What became of what somebody wrote on the boards, for their own page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.languages import active_language
from participation.ideas.kinds import State
from participation.models import Comment, Idea, IdeaBoardPage
from residents.my_home.contributions import Contribution, Source

WORDS = {
    State.DRAFT: gettext_lazy("Your draft is kept: finish it when you like."),
    State.WAITING: gettext_lazy("The commune is reading it before it is public."),
    State.CHANGES: gettext_lazy("The commune asks you to change something: read what, and send it again."),
    State.HIDDEN: gettext_lazy("It was reported, and is hidden until somebody of the commune has looked."),
    State.DECLINED: gettext_lazy("The commune declined it: read why."),
    State.ELSEWHERE: gettext_lazy("Another channel is the right one for it: read which."),
    State.WITHDRAWN: gettext_lazy("You withdrew it."),
    State.MERGED: gettext_lazy("It became part of another idea, with its supports."),
}


def _addresses(boards: set[Any]) -> dict[Any, str]:
    """Return the address of each board in the reader's language; the other one's where there is none."""
    pages = IdeaBoardPage.objects.filter(translation_key__in=boards, live=True).select_related("locale")
    mine = active_language()
    in_order = sorted(pages, key=lambda page: page.locale.language_code == mine)
    return {page.translation_key: page.url or "" for page in in_order}


def find_ideas(user: Any, count: int) -> list[Contribution]:
    ideas = Idea.objects.filter(author=user.pk).select_related("status").order_by("-changed_at", "-pk")
    found = list(ideas.prefetch_related("answer")[:count])
    addresses = _addresses({idea.board_id for idea in found})
    return [_as_contribution(idea, addresses.get(idea.board_id, "")) for idea in found]


def _as_contribution(idea: Idea, address: str) -> Contribution:
    end = "idee/" if idea.state == State.DRAFT else f"{idea.slug}/"
    return Contribution(
        title=idea.title or _("Without a title yet"),
        wrote_at=idea.created_at,
        outcome=_outcome(idea),
        url=f"{address}{end}" if address else "",
        language=idea.language,
        changed_at=idea.answered_at or idea.changed_at,
    )


def _outcome(idea: Idea) -> Any:
    if idea.state != State.PUBLIC:
        return WORDS[State(idea.state)]
    status = idea.status.name if idea.status else _("public")
    if idea.answered_at:
        return _("%(status)s: the commune has answered.") % {"status": status}
    return status


def find_comments(user: Any, count: int) -> list[Contribution]:
    comments = Comment.objects.filter(author=user.pk).select_related("idea").order_by("-changed_at", "-pk")
    found = list(comments[:count])
    addresses = _addresses({comment.idea.board_id for comment in found})
    return [
        Contribution(
            title=str(comment),
            wrote_at=comment.created_at,
            outcome=_comment_outcome(comment),
            url=f"{addresses[comment.idea.board_id]}{comment.idea.slug}/#comments"
            if comment.idea.board_id in addresses
            else "",
            language=comment.language,
            changed_at=comment.changed_at,
        )
        for comment in found
    ]


def _comment_outcome(comment: Comment) -> Any:
    if comment.state != State.PUBLIC:
        return WORDS[State(comment.state)]
    return _("Public under “%(idea)s”.") % {"idea": comment.idea.title}


IDEAS = Source("ideas", gettext_lazy("Idea"), find_ideas)
COMMENTS = Source("comments", gettext_lazy("Comment"), find_comments)
