"""The way to a page, and the style sheet with the commune's colours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from wagtail.views import serve

from home.colours import lightened_to, mixed
from home.frame import Frame
from home.languages import active_language
from home.models import CommuneSettings

DARK_SURFACE = "#22352d"  # the lightest surface that text stands on in dark mode, as in portal.css


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page as Wagtail does; its way begins at the frame's home page, which the layout needs anyway.

    Wagtail would ask for the site, the language, the home page, its translation and its fields first: four or five
    queries, which nothing else on the page needs.
    """
    home = Frame.of(request).home(active_language())
    if home is not None:
        components = [component for component in path.split("/") if component]
        try:
            route = home.page().route(request, components)
        except Http404:
            route = None
        request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    response: HttpResponse = serve(request, path)
    return response


@cache_control(public=True, max_age=31536000, immutable=True)
def theme(request: HttpRequest, version: str) -> HttpResponse:
    """Serve the commune's colours as custom properties. `version` changes with them, so browsers keep it for ever."""
    commune = CommuneSettings.load(request_or_site=request)
    colours = {
        "colour": commune.colour,
        "colour_deep": mixed(commune.colour, "#000000", 0.3),
        "colour_soft": mixed(commune.colour, "#ffffff", 0.9),
        "colour_in_dark": lightened_to(commune.colour, on=DARK_SURFACE),
        "accent": commune.accent,
        "accent_in_dark": lightened_to(commune.accent, on=DARK_SURFACE),
    }
    return render(request, "home/theme.css", colours, content_type="text/css; charset=utf-8")
