"""Writing an idea: a draft that is kept while one writes, similar ideas beside it, a look at it, and off it goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from home.languages import active_language
from participation.ideas.answers import questions_of
from participation.ideas.kinds import TITLE_SIGNS
from participation.ideas.permissions import why_not_propose
from participation.ideas.screens.board_views import address_of
from participation.ideas.screens.finding import idea_address
from participation.ideas.screens.idea_forms import IdeaForm
from participation.ideas.screens.photos import remove_photo
from participation.ideas.screens.question_fields import in_words
from participation.ideas.screens.remedies import refusal_of
from participation.ideas.screens.similar import similar_ideas
from participation.ideas.writing import check_complete, draft_of, save_draft, send_idea, withdraw_idea
from participation.models import Idea, IdeaBoardPage
from participation.surveys.errors import RefusedError


def _show(page: IdeaBoardPage, request: HttpRequest, template: str, subpath: str, **context: Any) -> HttpResponse:
    context = {"board_url": address_of(page, request), "subpath": subpath, **context}
    response: HttpResponse = page.render(
        request, context_overrides=context, template=f"participation/ideas/{template}.html"
    )
    return response


def _refused(page: IdeaBoardPage, request: HttpRequest) -> HttpResponse | None:
    """Return what is shown to who can't propose here now."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    refusal = refusal_of(why_not_propose(page, request.user, now=timezone.now()), back=request.path)
    return _show(page, request, "refused", "idee/", refusal=refusal) if refusal else None


def propose(page: IdeaBoardPage, request: HttpRequest) -> HttpResponse:
    """The form. It is filled with what one wrote before, and every press keeps what is typed."""
    refused = _refused(page, request)
    if refused:
        return refused
    draft = draft_of(board_key=page.board_key, user=request.user)
    if request.method != "POST":
        return _show_form(page, request, IdeaForm(page, request.user, idea=draft), draft)
    if "discard" in request.POST:
        return _discard(page, request, draft)
    form = IdeaForm(page, request.user, request.POST, request.FILES, idea=draft)
    try:
        draft = _keep(page, request.user, form, draft)
    except RefusedError as error:
        return _show_form(page, request, form, draft, problem=error)
    if request.htmx:  # type: ignore[attr-defined]
        kept = render(request, "participation/ideas/_kept.html", {"draft": draft})
        kept.headers["X-Draft"] = "kept"
        return kept
    if "preview" in request.POST:
        return _to_preview(page, request, form, draft)
    if form.problems_beyond_what_lacks():
        return _show_form(page, request, form, draft)
    messages.success(request, _("Your draft is kept. You find it here again, on any device, once you sign in."))
    return redirect(request.path)


def _keep(page: IdeaBoardPage, user: Any, form: IdeaForm, draft: Idea | None) -> Idea:
    """Keep what can be kept of the form."""
    before = draft.photo if draft else None
    values = form.values()
    name = form.name()
    kept = save_draft(board_key=page.board_key, user=user, author_name=name, values=values, now=timezone.now())
    if "photo" in values:
        remove_photo(before)
    return kept


def _to_preview(page: IdeaBoardPage, request: HttpRequest, form: IdeaForm, draft: Idea) -> HttpResponse:
    form.is_valid()
    form.idea = draft
    try:
        check_complete(draft, page)
    except ValidationError as error:
        form.add_problems(error)
    if form.errors or form.question_errors:
        return _show_form(page, request, form, draft)
    form.keep_agreement(now=timezone.now())
    return redirect(f"{request.path}preview/")


def _discard(page: IdeaBoardPage, request: HttpRequest, draft: Idea | None) -> HttpResponse:
    if draft:
        photo = draft.photo
        withdraw_idea(idea=draft, user=request.user, now=timezone.now())  # type: ignore[arg-type]
        remove_photo(photo)
        messages.success(request, _("Your draft is thrown away."))
    return redirect(address_of(page, request))


def _show_form(
    page: IdeaBoardPage, request: HttpRequest, form: IdeaForm, draft: Idea | None, *, problem: Any = None
) -> HttpResponse:
    return _show(page, request, "write", "idee/", form=form, draft=draft, problem=problem, needed=form.required_names())


def preview(page: IdeaBoardPage, request: HttpRequest) -> HttpResponse:
    """Show the idea as others will read it, with similar ones; then it is sent in."""
    refused = _refused(page, request)
    if refused:
        return refused
    draft = draft_of(board_key=page.board_key, user=request.user)
    form_address = f"{address_of(page, request)}idee/"
    if draft is None or not draft.author_name:
        return redirect(form_address)
    problem = None
    try:
        check_complete(draft, page)
        if request.method == "POST":
            return _sent(page, request, send_idea(idea=draft, user=request.user, now=timezone.now()))  # type: ignore[arg-type]
    except ValidationError:
        messages.error(request, _("Something is still missing. Have a look at it in the form."))
        return redirect(form_address)
    except RefusedError as error:
        problem = error
    alike = similar_ideas(page, title=draft.title, theme=draft.theme, neighbourhood=draft.neighbourhood)
    told = in_words(questions_of(page), draft.answers, active_language())
    return _show(page, request, "preview", "idee/preview/", idea=draft, similar=alike, told=told, problem=problem)


def _sent(page: IdeaBoardPage, request: HttpRequest, idea: Idea) -> HttpResponse:
    number = {"number": idea.number}
    if idea.is_public:
        messages.success(request, _("Thank you: your idea is public, as number %(number)d.") % number)
    else:
        words = _(
            "Thank you: your idea has number %(number)d. The commune reads it first, and tells you what comes of it."
        )
        messages.success(request, words % number)
    return redirect(idea_address(page, request, idea))


def similar(page: IdeaBoardPage, request: HttpRequest) -> HttpResponse:
    """The fragment of similar ideas, for what is typed so far."""
    title = request.GET.get("title", "").replace("\x00", "")[:TITLE_SIGNS]
    context = {"similar": similar_ideas(page, title=title), "board_url": address_of(page, request), "page": page}
    return render(request, "participation/ideas/_similar.html", context)
