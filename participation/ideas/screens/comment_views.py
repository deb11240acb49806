"""Commenting, replying, changing what one said, and reporting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ideas.commenting import add_comment, edit_comment, withdraw_comment
from participation.ideas.kinds import State
from participation.ideas.permissions import can_edit_comment, is_author, why_not_report
from participation.ideas.reporting import report as report_it
from participation.ideas.reviewing import decision_on
from participation.ideas.screens.board_views import address_of
from participation.ideas.screens.comment_forms import CommentForm, EditCommentForm, ReportForm
from participation.ideas.screens.finding import elsewhere, find_comment, find_idea, idea_address
from participation.ideas.screens.idea_views import show_idea
from participation.models import Comment, Idea, IdeaBoardPage
from participation.surveys.errors import RefusedError


def comment(page: IdeaBoardPage, request: HttpRequest, number: str, slug: str | None = None) -> HttpResponse:
    """Take a comment or a reply; what was not taken stands in its form again, with the reason."""
    idea = find_idea(page, number)
    address = idea_address(page, request, idea)
    if request.method != "POST":
        return redirect(f"{address}#comments")
    if not request.user.is_authenticated:
        return redirect_to_login(f"{address}#comments")
    parent = _parent(idea, request.POST.get("parent", ""))
    form = CommentForm(page, request.user, request.POST, parent=parent.pk if parent else None)
    if not form.is_valid():
        return show_idea(page, request, idea, bound=form)
    try:
        said = _say(idea, parent, form, request.user)
    except RefusedError as error:
        return show_idea(page, request, idea, bound=form, problem=error)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show_idea(page, request, idea, bound=form)
    if said.is_public:
        messages.success(request, _("Thank you: your comment stands here now."))
    else:
        messages.success(request, _("Thank you. The commune reads it first; you are told once it is public."))
    anchor = f"comment-{said.pk}" if said.is_public else "comments"
    return redirect(f"{idea_address(page, request, said.idea)}#{anchor}")


def _parent(idea: Idea, typed: str) -> Comment | None:
    return find_comment(idea, typed) if typed.isdecimal() and len(typed) <= 12 else None


def _say(idea: Idea, parent: Comment | None, form: CommentForm, user: Any) -> Comment:
    now = timezone.now()
    form.keep_agreement(now=now)
    words = {name: form.cleaned_data[name] for name in ("text", "language")}
    return add_comment(idea=idea, user=user, author_name=form.name(), now=now, parent=parent, **words)


def change_comment(
    page: IdeaBoardPage, request: HttpRequest, number: str, comment: str, slug: str | None = None
) -> HttpResponse:
    """Change or take away one's own comment."""
    idea = find_idea(page, number)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    said = find_comment(idea, comment)
    if not is_author(said, request.user):
        raise Http404
    back = redirect(f"{idea_address(page, request, idea)}#comments")
    form = EditCommentForm(request.POST if request.method == "POST" else None, initial={"text": said.text})
    problem: Any = None
    try:
        if request.method == "POST" and "withdraw" in request.POST:
            withdraw_comment(comment=said, user=request.user, now=timezone.now())
            messages.success(request, _("Your comment is taken away."))
            return back
        if request.method == "POST" and form.is_valid():
            edit_comment(comment=said, user=request.user, text=form.cleaned_data["text"], now=timezone.now())
            messages.success(request, _("Your comment is changed."))
            return back
    except RefusedError as error:
        problem = error
    except ValidationError as error:
        form.add_error(None, error.messages)
    return _show_change(page, request, idea, said, form, problem)


def _show_change(
    page: IdeaBoardPage, request: HttpRequest, idea: Idea, said: Comment, form: EditCommentForm, problem: Any
) -> HttpResponse:
    context = {
        "idea": idea,
        "comment": said,
        "form": form,
        "problem": problem,
        "decision": decision_on(said) if said.state == State.CHANGES else None,
        "can_edit": can_edit_comment(said, request.user, now=timezone.now()),
        "idea_url": idea_address(page, request, idea),
        "board_url": address_of(page, request),
        "subpath": f"{idea.slug}/comment/{said.pk}/",
    }
    template = "participation/ideas/change_comment.html"
    response: HttpResponse = page.render(request, context_overrides=context, template=template)
    return response


def report(
    page: IdeaBoardPage, request: HttpRequest, number: str, slug: str | None = None, comment: str = ""
) -> HttpResponse:
    """Report an idea, or a comment under it; each person once."""
    idea = find_idea(page, number)
    rest = f"comment/{comment}/report/" if comment else "report/"
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    away = elsewhere(page, request, idea, slug, rest)
    if away:
        return away
    target: Idea | Comment = find_comment(idea, comment) if comment else idea
    refusal = why_not_report(target, request.user)
    if refusal and not target.is_public:
        raise Http404
    form, problem = ReportForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            report_it(contribution=target, user=request.user, now=timezone.now(), **form.cleaned_data)
        except RefusedError as error:
            problem = error
        else:
            messages.success(request, _("Thank you: somebody of the commune looks at it."))
            return redirect(address_of(page, request) if comment == "" else idea_address(page, request, idea))
    context = {
        "idea": idea,
        "target": target,
        "form": form,
        "problem": problem,
        "idea_url": idea_address(page, request, idea),
        "board_url": address_of(page, request),
        "subpath": f"{idea.slug}/{rest}",
    }
    response: HttpResponse = page.render(request, context_overrides=context, template="participation/ideas/report.html")
    return response
