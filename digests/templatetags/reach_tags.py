"""How many households of a neighbourhood are reached, on its page, where the commune wants it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from digests.models import ReachFigure
from digests.reach.shown import SMALLEST, STALE, figure_of
from home.models import Neighbourhood

register = template.Library()


@register.inclusion_tag("digests/reach/_neighbourhood.html")
def neighbourhood_reach(neighbourhood: Neighbourhood) -> dict[str, Any]:
    """The latest figure, unless the commune doesn't show it, nobody lives there, or none was counted for a week."""
    if not (neighbourhood.shows_reach and neighbourhood.is_inhabited):
        return {}
    since = timezone.localdate() - STALE
    row = ReachFigure.objects.filter(neighbourhood=neighbourhood, day__gt=since).order_by("-day").first()
    return {"figure": figure_of(row), "smallest": SMALLEST} if row else {}
