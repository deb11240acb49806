"""What moves people on a board now, what came true, who is thanked, and how the desk decided: for everybody to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from participation.ideas.kinds import Outcome
from participation.ideas.recognition import came_true, decision_counts, hot_themes, thanked
from participation.ideas.screens.board_views import address_of
from participation.models import IdeaBoardPage

MOST = 24  # ideas that came true; the list of the board filters all of them by their status


def balance(page: IdeaBoardPage, request: HttpRequest) -> HttpResponse:
    """Show the board's balance. Figures of the desk's decisions name nobody."""
    counts = decision_counts(page.board_key)
    context = {
        "board_url": address_of(page, request),
        "subpath": "info/",
        "hot": hot_themes(page.board_key, now=timezone.now()),
        "realised": came_true(page.board_key)[:MOST],
        "thanked": thanked(page.board_key),
        "decisions": [(Outcome(name).label, counts[False][name], counts[True][name]) for name in Outcome.values],
    }
    response: HttpResponse = page.render(
        request, context_overrides=context, template="participation/ideas/balance.html"
    )
    return response
