"""A resident's own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from home.addresses import own_path
from home.models import Neighbourhood
from home.streets.views import search_context
from residents.models import Residency
from residents.my_home import actions
from residents.my_home.contributions import contributions_of
from residents.my_home.forms import NOWHERE, MapForm, NeighbourhoodForm

CONTRIBUTIONS = 5


def residency_of(request: HttpRequest) -> Residency | None:
    residencies = Residency.objects.select_related("neighbourhood").defer("neighbourhood__outline")
    return residencies.filter(user=request.user.pk).first()


@never_cache
@login_required
def my_home(request: HttpRequest) -> HttpResponse:
    """What is going on near the reader, what is open, and what became of what they wrote."""
    residency = residency_of(request)
    context = {
        "place": residency.neighbourhood if residency else None,
        "has_answered": residency is not None,
        "contributions": contributions_of(request.user, count=CONTRIBUTIONS),
    }
    return render(request, "residents/my_home/my_home.html", context)


@never_cache
@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """The first page after signing up: it asks for the neighbourhood where none is known, and shows what goes on there."""
    actions.note_welcome(user=request.user, now=timezone.now())  # type: ignore[arg-type]
    residency = residency_of(request)
    if residency is None:
        return _choice(request, None, "residents/my_home/welcome.html", back=reverse("welcome"))
    return render(request, "residents/my_home/welcome.html", {"place": residency.neighbourhood, "answered": True})


@never_cache
@login_required
def my_neighbourhood(request: HttpRequest) -> HttpResponse:
    """Where do you live? By the street, on the map or in the list; nothing is kept of the street or the number."""
    if request.method == "POST":
        form = NeighbourhoodForm(request.POST)
        if form.is_valid():
            return _settled(request, form)
    else:
        form = None
    asked = request.POST.get("next") or request.GET.get("next") or ""
    back = asked if asked == reverse("welcome") else reverse("my_home")
    return _choice(request, residency_of(request), "residents/my_home/my_neighbourhood.html", back=back, form=form)


def _settled(request: HttpRequest, form: NeighbourhoodForm) -> HttpResponse:
    place = form.cleaned_data["neighbourhood"]
    actions.settle(user=request.user, neighbourhood=place)  # type: ignore[arg-type]
    if place:
        messages.success(request, _("Your neighbourhood is %(place)s.") % {"place": place.name})
    else:
        messages.success(request, _("Noted: we keep no neighbourhood of yours."))
    return redirect(own_path(request, form.cleaned_data["next"], otherwise="my_home"))


def _choice(
    request: HttpRequest,
    residency: Residency | None,
    template: str,
    *,
    back: str,
    form: NeighbourhoodForm | None = None,
) -> HttpResponse:
    """Show the choice of a neighbourhood; to JavaScript that asks for a street, the streets that were found alone."""
    search = search_context(request)
    ticked, here = _ticked(request, search, residency)
    context = {
        **search,
        "chooses": True,
        "form": form,
        "residency": residency,
        "next": back,
        "ticked": ticked,
        "here": here,
        "was_pressed": bool(here and request.GET.get("neighbourhood")),
    }
    found_alone = request.htmx and form is None  # type: ignore[attr-defined]
    response = render(request, "home/streets/_found.html" if found_alone else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _ticked(
    request: HttpRequest, search: dict[str, Any], residency: Residency | None
) -> tuple[str, Neighbourhood | None]:
    """Return the ticked line of the list: what was pressed on the map, where the street lies, or what is known."""
    street_form = search["street_form"]
    certain = street_form.certain if street_form else None
    known = residency.neighbourhood.slug if residency and residency.neighbourhood else NOWHERE if residency else ""
    slug = MapForm(request.GET).ticked() or (certain.place.slug if certain else known)
    here = next((place for place in search["neighbourhoods"] if place.slug == slug), None)
    return (slug if here or slug == NOWHERE else known), here
