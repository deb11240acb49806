"""What every template may ask for."""

from typing import Any

from django.http import HttpRequest

from home.models import CommuneSettings


def commune(request: HttpRequest) -> dict[str, Any]:
    """Name the commune's settings; Wagtail keeps the row on the request, so that it is read once."""
    return {"commune": CommuneSettings.load(request_or_site=request)}
