"""Surveys as parts of consultations: when each is open, and how many answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from participation.kinds import Activity
from participation.models import Survey, SurveyPage
from participation.parts import Figure, Part
from participation.surveys.disclosure import SMALLEST


class SurveysSource:
    """Surveys below consultations, and those that stand alone below the index."""

    def parts(self, above: Sequence[Page]) -> Iterable[Part]:
        below = Q()
        for page in (each for each in above if each.path):  # a page that was never saved has nothing below it
            below |= Q(path__startswith=page.path, depth=page.depth + 1)
        if not below:
            return
        pages = SurveyPage.objects.live().public().filter(below).select_related("department", "locale")
        asked = Count("questions", filter=Q(questions__is_retired=False))
        for page in pages.defer("body", "thanks").annotate(asked=asked).prefetch_related("neighbourhoods"):
            yield self._part(page)

    def _part(self, page: Any) -> Part:
        call = (
            _("Give my opinion") if page.asked == 1 else _("Take the quiz") if page.is_quiz else _("Answer the survey")
        )
        return Part(
            key=page.translation_key,
            path=page.path,
            title=page.title,
            url=page.url or "",
            activity=Activity.ANSWER,
            call=call,
            introduction=page.introduction,
            by=page.department.name,
            opens_at=page.opens_at,
            closes_at=page.closes_at,
            neighbourhoods=frozenset(place.pk for place in page.neighbourhoods.all()),
        )

    def figures(self, consultation: Page) -> Iterable[Figure]:
        """Participants and answers, both languages together, on paper too, whatever is said of when results are shown.

        Participants: those of the survey that most people answered. Nobody can tell who answered two surveys, so that a
        sum would count people twice. Answers: those of every survey. What has fewer than 5 is not told.
        """
        if not consultation.path:
            return
        keys = SurveyPage.objects.child_of(consultation).live().public().values("translation_key")
        told = Survey.objects.filter(pk__in=keys, answers__gte=SMALLEST)
        found = told.aggregate(most=Max("answers"), total=Sum("answers"))
        if found["total"]:
            yield Figure("participants", _("participants at least"), found["most"])
            yield Figure("survey_answers", _("answers to surveys"), found["total"])
