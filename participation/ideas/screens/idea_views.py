"""The page of one idea."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from home.languages import active_language
from participation.ideas.answers import questions_of
from participation.ideas.kinds import REFUSED, State
from participation.ideas.permissions import (
    can_edit_idea,
    can_read,
    can_withdraw,
    is_author,
    why_not_comment,
)
from participation.ideas.reviewing import decision_on
from participation.ideas.screens.board_views import address_of
from participation.ideas.screens.comment_forms import CommentForm, CommentsForm
from participation.ideas.screens.finding import elsewhere, find_idea, idea_address
from participation.ideas.screens.history import history_of
from participation.ideas.screens.question_fields import in_words
from participation.ideas.screens.remedies import refusal_of
from participation.ideas.screens.support_views import support_context
from participation.ideas.screens.threads import Thread
from participation.models import Idea, IdeaBoardPage, OfficialAnswer

GONE, NOT_FOUND = 410, 404


def idea(page: IdeaBoardPage, request: HttpRequest, number: str, slug: str | None = None) -> HttpResponse:
    found = find_idea(page, number)
    away = elsewhere(page, request, found, slug)
    if away:
        return away
    if not can_read(found, request.user):
        return gone(page, request, found)
    return show_idea(page, request, found)


def gone(page: IdeaBoardPage, request: HttpRequest, found: Idea) -> HttpResponse:
    """Say that an idea isn't there, and why as far as that is everybody's business; none of its words."""
    context = {"idea": found, "subpath": f"{found.number}/", "board_url": address_of(page, request)}
    is_withdrawn = found.state == State.WITHDRAWN
    response: HttpResponse = page.render(request, context_overrides=context, template="participation/ideas/gone.html")
    response.status_code = GONE if is_withdrawn else NOT_FOUND
    return response


def show_idea(
    page: IdeaBoardPage, request: HttpRequest, found: Idea, *, bound: CommentForm | None = None, problem: Any = None
) -> HttpResponse:
    """Show an idea; `bound` is a comment's form that was not taken, `problem` why."""
    now = timezone.now()
    context = {
        "idea": found,
        "subpath": f"{found.slug}/",
        "board_url": address_of(page, request),
        "idea_url": idea_address(page, request, found),
        "today": timezone.localdate(now),
        "came_from": request.GET.get("from", "") if request.GET.get("from", "").isdecimal() else "",
        **_what_became(found, now),
        **_of_author(found, request.user, now),
        **support_context(page, request, found, now=now),
        **_discussion(page, request, found, now, bound, problem),
        "told": in_words(questions_of(page), found.answers, active_language()) if found.answers else [],
    }
    response: HttpResponse = page.render(request, context_overrides=context, template="participation/ideas/idea.html")
    return response


def _what_became(found: Idea, now: datetime) -> dict[str, Any]:
    answers = OfficialAnswer.objects.filter(idea=found, published_at__isnull=False)
    answer = answers.select_related("department", "status").first()
    is_owed = answer is None and found.answered_at is None and found.answer_due_on is not None and found.is_public
    return {
        "answer": answer,
        "history": history_of(found, answer),
        "versions": list(found.versions.all()) if found.is_public else [],
        "duplicates": list(found.duplicates.only("number", "title", "author_name", "language")),
        "is_owed": is_owed,
        "is_late": bool(is_owed and found.answer_due_on and found.answer_due_on < timezone.localdate(now)),
    }


def _of_author(found: Idea, user: Any, now: datetime) -> dict[str, Any]:
    if not is_author(found, user):
        return {"is_mine": False}
    decision = decision_on(found) if found.state in REFUSED | {State.CHANGES} else None
    return {
        "is_mine": True,
        "can_edit": can_edit_idea(found, user, now=now),
        "can_withdraw": can_withdraw(found, user),
        "decision": decision,
        "can_ask_second_look": found.state in REFUSED and not hasattr(found, "second_look"),
    }


def _discussion(
    page: IdeaBoardPage, request: HttpRequest, found: Idea, now: datetime, bound: CommentForm | None, problem: Any
) -> dict[str, Any]:
    if not page.has_comments and not found.comments_count:
        return {"thread": None}
    comments = CommentsForm(request.GET)
    thread = Thread(found, request.user, comments, now=now)
    error = why_not_comment(page, found, request.user, now=now)
    parent = bound.parent_key if bound is not None else _on(thread, comments.replies_to)
    form = bound
    if form is None and error is None:
        form = CommentForm(page, request.user, parent=parent)
    return {
        "thread": thread,
        "comments_form": comments,
        "waiting_comments": thread.not_public(),
        "comment_refusal": refusal_of(error, back=f"{idea_address(page, request, found)}#comments"),
        "comment_form": form,
        "form_parent": _on(thread, parent),
        "problem": problem,
    }


def _on(thread: Thread, parent: int | None) -> int | None:
    """Return the comment to reply to where it is on the page that is shown."""
    return parent if parent in {said.comment.pk for said in thread.said if said.comment.is_public} else None
