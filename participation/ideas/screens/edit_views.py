"""What authors do with what they sent in: change an idea, withdraw it, ask for a second look at it or at a comment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ideas.kinds import State
from participation.ideas.permissions import is_author, why_not_edit_idea, why_not_second_look, why_not_withdraw
from participation.ideas.reviewing import ask_second_look, decision_on
from participation.ideas.screens.board_views import address_of
from participation.ideas.screens.finding import find_comment, find_idea, idea_address
from participation.ideas.screens.idea_forms import IdeaForm
from participation.ideas.screens.photos import remove_photo
from participation.ideas.writing import edit_idea, send_idea, withdraw_idea
from participation.models import Idea, IdeaBoardPage
from participation.surveys.errors import RefusedError


def _own_idea(page: IdeaBoardPage, request: HttpRequest, number: str) -> Idea:
    found = find_idea(page, number)
    if not is_author(found, request.user):
        raise Http404
    return found


def _show(page: IdeaBoardPage, request: HttpRequest, template: str, idea: Idea, deed: str, **more: Any) -> HttpResponse:
    context = {
        "idea": idea,
        "idea_url": idea_address(page, request, idea),
        "board_url": address_of(page, request),
        "subpath": f"{idea.slug}/{deed}/",
        **more,
    }
    response: HttpResponse = page.render(
        request, context_overrides=context, template=f"participation/ideas/{template}.html"
    )
    return response


def edit(page: IdeaBoardPage, request: HttpRequest, number: str, slug: str | None = None) -> HttpResponse:
    """Change one's own idea; one that was sent back goes before the commune again."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    idea = _own_idea(page, request, number)
    problem: Any = why_not_edit_idea(idea, request.user, now=timezone.now())
    form = IdeaForm(page, request.user, idea=idea)
    if request.method == "POST" and not problem:
        form = IdeaForm(page, request.user, request.POST, request.FILES, idea=idea)
        if form.is_valid() and not form.question_errors:
            try:
                return _changed(page, request, idea, form)
            except RefusedError as error:
                problem = error
            except ValidationError as error:
                form.add_problems(error)
    more = {"form": form, "problem": problem, "decision": decision_on(idea), "needed": form.required_names()}
    return _show(page, request, "write", idea, "edit", is_edit=True, draft=idea, **more)


def _changed(page: IdeaBoardPage, request: HttpRequest, idea: Idea, form: IdeaForm) -> HttpResponse:
    user: Any = request.user
    before, now = idea.photo, timezone.now()
    form.keep_agreement(now=now)
    values = form.values()
    idea = edit_idea(idea=idea, user=user, values=values, now=now)
    if idea.state == State.CHANGES:
        idea = send_idea(idea=idea, user=user, now=now)
    if "photo" in values:
        remove_photo(before)
    said = (
        _("Your idea is changed.")
        if idea.is_public
        else _("Your idea is changed. The commune reads it before it shows.")
    )
    messages.success(request, said)
    return redirect(idea_address(page, request, idea))


def withdraw(page: IdeaBoardPage, request: HttpRequest, number: str, slug: str | None = None) -> HttpResponse:
    """Take one's idea off the board, after a question."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    idea = _own_idea(page, request, number)
    problem: Any = why_not_withdraw(idea, request.user)
    if request.method == "POST" and not problem:
        try:
            withdraw_idea(idea=idea, user=request.user, now=timezone.now())  # type: ignore[arg-type]
        except RefusedError as error:
            problem = error
        else:
            messages.success(request, _("Your idea is taken off the board."))
            return redirect(address_of(page, request))
    return _show(page, request, "withdraw", idea, "withdraw", problem=problem)


def second_look(
    page: IdeaBoardPage, request: HttpRequest, number: str, slug: str | None = None, comment: str = ""
) -> HttpResponse:
    """Ask that another person of the commune looks at what was declined: an idea, or a comment under one."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    idea = find_idea(page, number)
    mine = find_comment(idea, comment) if comment else idea
    if not is_author(mine, request.user):
        raise Http404
    refusal: Any = why_not_second_look(mine, request.user)
    if request.method == "POST" and not refusal:
        try:
            words = request.POST.get("words", "").replace("\x00", "")
            ask_second_look(contribution=mine, user=request.user, words=words, now=timezone.now())  # type: ignore[arg-type]
        except RefusedError as error:
            refusal = error
        else:
            messages.success(request, _("Another person of the commune will look at it, and tell you."))
            return redirect(f"{idea_address(page, request, idea)}{'#comments' if comment else ''}")
    deed = f"comment/{comment}/second-look" if comment else "second-look"
    more = {"comment": mine if comment else None, "refusal": refusal, "decision": decision_on(mine)}
    return _show(page, request, "second_look", idea, deed, **more)
