"""Results where they are embedded, and what their templates need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from home.models import Neighbourhood
from home.outlines import Bounds
from participation.models import Survey, SurveyPage
from participation.results.charts import Charts, Spot
from participation.results.permissions import can_see_results
from participation.surveys.respondents import Respondent
from participation.surveys.results import results_of

register = template.Library()


@register.filter
def item(things: Mapping[str, Any], key: str) -> Any:
    return things.get(key)


@register.inclusion_tag("participation/results/_map_of_answers.html")
def answers_map(places: Sequence[Neighbourhood], spots: Sequence[Spot], title: str) -> dict[str, Any]:
    """The commune with a spot for each group of places; its table stands beside it. Spots outside are in the table only."""
    drawn = [place for place in places if place.outline_bounds]
    bounds = Bounds.around(place.outline_bounds for place in drawn if place.outline_bounds)
    if bounds is None:
        return {}
    inside = [spot for spot in spots if bounds.left <= spot.x <= bounds.right and bounds.top <= spot.y <= bounds.bottom]
    return {"places": drawn, "spots": inside, "title": title, "view_box": bounds.view_box()}


@register.inclusion_tag("participation/results/_poll.html")
def poll_results(page: SurveyPage) -> dict[str, Any]:
    """The bars of a survey of one question, wherever it is embedded, where everybody may see them by now.

    It asks for no session, so that the page that it stands on may be kept in a cache.
    """
    everybody = Respondent(user=AnonymousUser())
    now = timezone.now()
    if not can_see_results(page, everybody, now=now):
        return {}
    survey = Survey.objects.filter(pk=page.survey_key).first()
    found = results_of(survey, is_running=not page.has_closed(now)) if survey else None
    if found is None or found.is_withheld or len(found.questions) != 1:
        return {}
    shown = Charts(found, []).all({})[0]
    return {"page": page, "shown": shown, "chart": shown.charts[0] if shown.charts else None}
