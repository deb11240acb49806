"""The screens of the calendar."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from home import agenda as registry
from home.addresses import absolute, own_path
from home.languages import active_language
from moderation.agenda.actions import make_feed, stop_feed
from moderation.agenda.forms import ISO_DAY, ISO_HOUR, AgendaForm, MoveForm
from moderation.agenda.shown import days_of, listed
from moderation.agenda.spans import View
from moderation.models import CalendarFeed
from moderation.permissions import can_reschedule, can_see_agenda
from moderation.rescheduling import reschedule

PER_PAGE = 50


def agenda(request: Any) -> HttpResponse:
    """The calendar; with `HX-Request`, what changes of it when something was moved."""
    if not can_see_agenda(request.user):
        raise PermissionDenied
    form = AgendaForm(request.GET)
    template = "moderation/agenda/_results.html" if request.htmx else "moderation/agenda/agenda.html"
    context = {
        "form": form,
        "span": form.span,
        "views": [(view, view.label, form.query(view=view.value)) for view in (View.MONTH, View.WEEK, View.LIST)],
        "turns": {
            "previous": form.query(day=form.span.previous.isoformat()),
            "today": form.query(day=timezone.localdate().isoformat()),
            "next": form.query(day=form.span.next.isoformat()),
        },
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
        **_results(form, request.user),
    }
    response = render(request, template, context)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def _results(form: AgendaForm, user: Any) -> dict[str, Any]:
    found = [entry for entry in registry.entries(form.span.period) if form.wants(entry)]
    if form.span.is_grid:
        return {"count": len(found), "weeks": days_of(form.span, found, user)}
    page = Paginator(found, PER_PAGE).get_page(form.number)
    return {"count": len(found), "page": page, "days": listed(list(page), user)}


def move(request: Any, page_id: int) -> HttpResponse:
    """Ask for another hour for a scheduled text, and move it in both languages."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not can_reschedule(request.user, page):
        if request.htmx:
            return _refused(request, _("Only the desk moves what is scheduled."), status=403)
        raise PermissionDenied
    revision = page.scheduled_revision
    if revision is None:
        return _refused(request, _("This text is no longer scheduled: it was published or withdrawn in the meantime."))
    at = revision.approved_go_live_at
    form = MoveForm(request.POST or None, label_suffix="", initial={**MoveForm.initial_for(at), **_proposed(request)})
    if request.method == "POST" and form.is_valid():
        try:
            reschedule(page=page, at=form.cleaned_data["at"], user=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _moved(request, page, before=at, after=form.cleaned_data["at"])
    if request.htmx and form.errors:
        return _refused(request, " ".join(form.errors_in_words()))
    context = {"page": page, "at": at, "form": form, "next": _next(request)}
    return render(request, "moderation/agenda/move.html", context)


def _proposed(request: HttpRequest) -> dict[str, str]:
    """Return the day and hour that a link proposes, "move back" for one; the form refuses what is neither."""
    return {name: request.GET[name] for name in ("day", "hour") if request.GET.get(name)}


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return own_path(request, asked, otherwise="agenda")


def _moved(request: Any, page: Page, *, before: Any, after: Any) -> HttpResponse:
    """Say where the text went, and offer to put it back."""
    when = date_format(timezone.localtime(after), "l j F, H:i")
    words = _("“%(title)s” goes out on %(when)s, in both languages.") % {
        "title": page.get_admin_display_title(),
        "when": when,
    }
    old = timezone.localtime(before)
    back = {"day": old.strftime(ISO_DAY), "hour": old.strftime(ISO_HOUR)}
    if request.htmx:
        return JsonResponse({"message": words, "back": back})
    address = f"{reverse('agenda_move', args=[page.pk])}?day={back['day']}&hour={back['hour']}"
    messages.success(request, words, buttons=[messages.button(address, _("Move back"))])
    return redirect(_next(request))


def _refused(request: Any, words: str, *, status: int = 400) -> HttpResponse:
    if request.htmx:
        return JsonResponse({"message": words}, status=status)
    messages.error(request, words)
    return redirect(_next(request))


@require_POST
@never_cache
def make_address(request: Any) -> HttpResponse:
    """Make a private address, and show it this once."""
    token = make_feed(user=request.user, language=active_language(), now=timezone.now())
    address = absolute(reverse("calendar_feed", args=[token]))
    return render(request, "moderation/agenda/address.html", {"address": address})


@require_POST
def stop_address(request: Any) -> HttpResponse:
    stop_feed(user=request.user)
    messages.success(request, _("Your private address has stopped. A program that still reads it finds nothing there."))
    return redirect("agenda")
