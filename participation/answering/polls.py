"""A poll on other pages: its question stands there, and the answer is given on the poll's own page.

There it is sent by GET, as a link would be: so the page that holds it sets no cookie, may be kept by any cache, and needs
no JavaScript. What was chosen is ticked on the poll's page, with the terms beside it, and counts once it is sent there.
"""

from __future__ import annotations

from django.http import QueryDict

from home.languages import active_language
from participation.answering.questions import Asked
from participation.kinds import Activity
from participation.models import SurveyPage
from participation.parts import Part
from participation.surveys.building import definition_of
from participation.surveys.kinds import EXCLUSIVE, Kind

EMBEDDED = EXCLUSIVE | {Kind.SEVERAL, Kind.SCALE}


def poll_of(part: Part) -> Asked | None:
    """Return the question of a survey that has a single one, of choices; None for any other part."""
    if part.activity != Activity.ANSWER:
        return None
    pages = SurveyPage.objects.filter(translation_key=part.key, path=part.path)
    page = pages.select_related("locale").prefetch_related("questions").first()
    asked = definition_of(page).asked if page else ()
    if len(asked) != 1 or asked[0].kind not in EMBEDDED:
        return None
    return Asked(asked[0], active_language(), QueryDict(), is_alone=True)
