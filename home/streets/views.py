"""Anybody finds their neighbourhood: by their street, on the map, or in the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from home.models import Neighbourhood, Street
from home.streets.forms import StreetForm


def search_context(request: HttpRequest) -> dict[str, Any]:
    """Return what every page shows on which a street is looked for; no form where the commune loaded no streets."""
    form = StreetForm(request.GET) if Street.objects.exists() else None
    return {"street_form": form, "neighbourhoods": list(Neighbourhood.objects.drawn())}


def find_neighbourhood(request: HttpRequest) -> HttpResponse:
    is_fragment = bool(request.htmx)  # type: ignore[attr-defined]
    template = "home/streets/_found.html" if is_fragment else "home/streets/find_neighbourhood.html"
    response = render(request, template, search_context(request))
    patch_vary_headers(response, ["HX-Request"])
    return response


def street_names(request: HttpRequest) -> JsonResponse:
    """The streets that the beginning of a name may mean, for a field that proposes them; `place` where all of it lies."""
    form = StreetForm({"street": request.GET.get("q", "")})
    found = [{"name": each.street.name, "place": each.place.pk if each.place else None} for each in form.found]
    response = JsonResponse({"streets": found})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
