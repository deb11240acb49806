"""The button by which one supports an idea, and takes it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ideas.permissions import SUPPORTS, why_not_support
from participation.ideas.screens.board_views import address_of
from participation.ideas.screens.chartered import AgreementForm
from participation.ideas.screens.finding import elsewhere, find_idea, idea_address
from participation.ideas.screens.remedies import refusal_of
from participation.ideas.standing import known_voter
from participation.ideas.supporting import support_idea, take_back_support
from participation.ideas.writing import has_to_accept_charter
from participation.models import Idea, IdeaBoardPage, Support
from participation.surveys.errors import RefusedError

GIVE, TAKE = "give", "take"


class SupportForm(AgreementForm):
    """The press of the button; a first support asks for an agreement with the charter as well."""

    do = forms.ChoiceField(choices=[(GIVE, GIVE), (TAKE, TAKE)])

    def __init__(self, page: IdeaBoardPage, user: Any, data: Any = None) -> None:
        super().__init__(data)
        self.ask_agreement(page, user)
        if data and data.get("do") == TAKE:
            self.fields.pop("accepts_charter", None)


def support_context(
    page: IdeaBoardPage, request: HttpRequest, idea: Idea, *, now: datetime, said: str = "", problem: str = ""
) -> dict[str, Any]:
    """Return what the button shows: whether the reader supports, whether they may, and where the supports come from."""
    voter = known_voter(request.user)
    address = idea_address(page, request, idea)
    refusal = why_not_support(page, idea, request.user, now=now) if page.has_supports else None
    supports_here = bool(voter and Support.objects.filter(idea=idea, voter=voter).exists())
    may_begin = page.has_supports and refusal is None and not supports_here
    return {
        "supports_here": supports_here,
        "asks_agreement": may_begin and has_to_accept_charter(page, request.user),
        "elsewhere_count": idea.supports_count - idea.local_supports_count,
        "support_refusal": refusal_of(refusal, back=f"{address}support/"),
        "supporting_is_over": page.has_closed(SUPPORTS, now),
        "support_said": said,
        "support_problem": problem,
        "idea_url": address,
    }


def support(page: IdeaBoardPage, request: HttpRequest, number: str, slug: str | None = None) -> HttpResponse:
    """Give or take back a support. A visitor signs in, comes here, and is asked once: a GET changes nothing.

    Before somebody's first contribution to the board this page shows the charter, with the button below it.
    """
    idea = find_idea(page, number)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    form = SupportForm(page, request.user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return elsewhere(page, request, idea, slug, "support/") or _ask(page, request, idea, form)
    said, problem = "", ""
    try:
        form.keep_agreement(now=timezone.now())
        said = _do(idea, request.user, form.cleaned_data["do"])
    except RefusedError as error:
        problem = str(error)
    return _answer(page, request, number, said, problem)


def _do(idea: Idea, user: Any, what: str) -> str:
    if what == GIVE:
        support_idea(idea=idea, user=user, now=timezone.now())
        return _("Thank you: your support counts, and you hear what comes of the idea.")
    take_back_support(idea=idea, user=user, now=timezone.now())
    return _("Your support is taken back.")


def _answer(page: IdeaBoardPage, request: HttpRequest, number: str, said: str, problem: str) -> HttpResponse:
    """Show the button anew where JavaScript asked, else lead back to the idea; to the one that it became part of."""
    idea = find_idea(page, number)
    away = elsewhere(page, request, idea, idea.slug.partition("-")[2])
    if away is None and request.htmx:  # type: ignore[attr-defined]
        context = support_context(page, request, idea, now=timezone.now(), said=said, problem=problem)
        return render(request, "participation/ideas/_support.html", {**context, "idea": idea, "page": page})
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, said)
    return away or redirect(f"{idea_address(page, request, idea)}#support")


def _ask(page: IdeaBoardPage, request: HttpRequest, idea: Idea, form: SupportForm) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        problem = str(next(iter(form.errors.get("accepts_charter", [])), ""))
        context = support_context(page, request, idea, now=timezone.now(), problem=problem)
        return render(request, "participation/ideas/_support.html", {**context, "idea": idea, "page": page})
    context = {
        "idea": idea,
        "form": form,
        "subpath": f"{idea.slug}/support/",
        "board_url": address_of(page, request),
        **support_context(page, request, idea, now=timezone.now()),
    }
    response: HttpResponse = page.render(
        request, context_overrides=context, template="participation/ideas/support.html"
    )
    return response
