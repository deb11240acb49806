"""When paper may be typed in, for screens; the actions ask again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from home.languages import active_language
from participation.models import SurveyPage
from participation.surveys.paper import TYPED_AFTER_CLOSING


def taking_paper(*, now: datetime) -> QuerySet[SurveyPage]:
    """Return the live pages of surveys into which answers from paper can be typed now."""
    opened = Q(opens_at=None) | Q(opens_at__lte=now)
    still = Q(closes_at=None) | Q(closes_at__gt=now - TYPED_AFTER_CLOSING)
    pages: QuerySet[SurveyPage] = SurveyPage.objects.filter(opened, still, live=True)
    return pages


def one_of_each(pages: Iterable[SurveyPage]) -> list[SurveyPage]:
    """Return one page of each survey, in their order: that of the reader's language, else the other one."""
    found: dict[object, SurveyPage] = {}
    for page in pages:
        if page.survey_key not in found or page.locale.language_code == active_language():
            found[page.survey_key] = page
    return list(found.values())
