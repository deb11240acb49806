"""The style sheet with the commune's colours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from home.colours import lightened_to, mixed
from home.models import CommuneSettings

DARK_SURFACE = "#22352d"  # the lightest surface that text stands on in dark mode, as in portal.css


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
