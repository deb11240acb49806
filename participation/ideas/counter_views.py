"""The clerk's screens: choose a board, and write an idea down for somebody."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from home.languages import active_language
from participation.ideas.addresses import address_on
from participation.ideas.counter_forms import CounterForm
from participation.ideas.kinds import Way
from participation.ideas.permissions import can_type_in
from participation.ideas.writing import type_in_idea
from participation.models import Idea, IdeaBoardPage
from participation.surveys.errors import RefusedError

PAPER_AFTER = timedelta(days=30)  # so long after closing paper is still typed in, as that of surveys is
View = Callable[..., HttpResponse]


def for_clerks(view: View) -> View:
    @functools.wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_type_in(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapped


def boards_that_take_paper(*, now: datetime) -> QuerySet[IdeaBoardPage]:
    """Return the boards, in the reader's language, that have opened and did not close long ago."""
    opened = Q(ideas_from=None) | Q(ideas_from__lte=now)
    not_long_closed = Q(ideas_until=None) | Q(ideas_until__gt=now - PAPER_AFTER)
    pages: QuerySet[IdeaBoardPage] = IdeaBoardPage.objects.live().in_language()
    return pages.filter(opened, not_long_closed).order_by("title")


@for_clerks
@require_safe
def boards(request: Any) -> HttpResponse:
    """List the boards that an idea can be written down on."""
    return render(
        request, "participation/ideas/counter/boards.html", {"boards": boards_that_take_paper(now=timezone.now())}
    )


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: Any, key: UUID) -> HttpResponse:
    """The form of one idea. Once it is kept an empty one follows, for the next sheet of the pile."""
    page = get_object_or_404(boards_that_take_paper(now=timezone.now()), translation_key=key)
    form = CounterForm(page, request.user, initial=_as_before(request))
    if request.method == "POST":
        form = CounterForm(page, request.user, request.POST, request.FILES)
        idea = _kept(request, page, form) if form.is_valid() and not form.question_errors else None
        if idea:
            _tell(request, page, idea)
            return redirect(f"{request.path}?way={idea.way}&language={idea.language}")
    context = {"board": page, "form": form, "needed": form.required_names()}
    return render(request, "participation/ideas/counter/type_in.html", context)


def _as_before(request: Any) -> dict[str, str]:
    """What the sheets of a pile share: as the last one had it."""
    way, language = request.GET.get("way", ""), request.GET.get("language", "")
    return {
        "way": way if way in (Way.COUNTER, Way.PAPER) else Way.COUNTER.value,
        "language": language if language in ("fr", "nl") else active_language(),
    }


def _kept(request: Any, page: IdeaBoardPage, form: CounterForm) -> Idea | None:
    """Write the idea down; None where it was refused, which the form then says."""
    try:
        return type_in_idea(
            board_key=page.board_key,
            clerk=request.user,
            author=form.author,
            author_name=form.cleaned_data["author_name"],
            values=form.values(),
            way=Way(form.cleaned_data["way"]),
            now=timezone.now(),
        )
    except RefusedError as refusal:
        form.add_error("who" if form.author else None, str(refusal))
    except ValidationError as error:
        form.add_problems(error)
    return None


def _tell(request: Any, page: IdeaBoardPage, idea: Idea) -> None:
    number = {"number": idea.number}
    if idea.is_public:
        see = messages.button(address_on(page, idea), _("See it on the site"))
        messages.success(request, _("The idea is public, as number %(number)d.") % number, buttons=[see])
    else:
        messages.success(request, _("The idea has number %(number)d; the desk reads it before it is public.") % number)
