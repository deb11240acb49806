"""What became of one's answers, on one's own page: that one answered is known, what one answered is not."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.languages import active_language
from home.templatetags.home_tags import moment
from participation.models import ConsultationPage, SurveyPage
from participation.surveys.keeping_apart import answered_by
from residents.my_home.contributions import Contribution, Source


def find_answers(user: Any, count: int) -> list[Contribution]:
    """Return the surveys that `user` answered, those that moved last first."""
    pages = (
        SurveyPage.objects.live()
        .public()
        .filter(translation_key__in=answered_by(user), locale__language_code=active_language())
    )
    now = timezone.now()
    pages = pages.select_related("locale").order_by("-closes_at", "-pk")[:count]
    parents = _consultations_of(list(pages))
    return [
        Contribution(
            title=page.title,
            wrote_at=None,
            outcome=_outcome(page, parents.get(page.path[: -page.steplen]), now),
            url=page.url or "",
            changed_at=page.closes_at if page.has_closed(now) else now,
        )
        for page in pages
    ]


def _consultations_of(pages: list[Any]) -> dict[str, ConsultationPage]:
    paths = [page.path[: -page.steplen] for page in pages]
    found = ConsultationPage.objects.live().filter(path__in=paths).prefetch_related("phases")
    return {page.path: page for page in found}


def _outcome(page: Any, consultation: ConsultationPage | None, now: Any) -> str:
    """One sentence: where it stands."""
    if consultation is not None and consultation.timeline.has_outcome:
        return _("The commune has said what it does with the answers: see “%(title)s”.") % {"title": consultation.title}
    if not page.has_closed(now):
        if page.closes_at:
            return _("It runs until %(moment)s; your answer is in.") % {"moment": moment(page.closes_at)}
        return _("It still runs; your answer is in.")
    if consultation is not None:
        return _("It is closed. The commune is working on its answer.")
    return _("It is closed: the department works with the answers.")


ANSWERS = Source("surveys", gettext_lazy("Answer to a survey"), find_answers)
