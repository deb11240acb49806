"""Anybody finds their neighbourhood: by their street, on the map, or in the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
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
