"""Surveys whose page is no longer there: their answers stay, and old links say what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from participation.models import Survey, SurveyPage
from participation.surveys.definitions import Words


@dataclass(frozen=True)
class Gone:
    """What is told to who follows an old link. `page` where it was only unpublished."""

    key: Any
    title: str
    page: SurveyPage | None = None


def remember_address(page: SurveyPage) -> None:
    """Note where a survey stood that somebody has answered, before its page is deleted."""
    survey = Survey.objects.filter(pk=page.survey_key, answers__gt=0).first()
    address = page.url if survey and page.first_published_at else None
    if survey and address and address not in survey.gone_from:
        survey.gone_from = [*survey.gone_from, address]
        survey.save(update_fields=["gone_from"])


def gone_at(path: str, code: str) -> Gone | None:
    """Return the survey that stood at an address, or above it, and could be read; None for any other address."""
    slugs = path.replace("\x00", "").split("/")
    for page in SurveyPage.objects.filter(live=False, first_published_at__isnull=False, slug__in=slugs):
        if path.startswith(page.url or path + "/") and not page.get_view_restrictions().exists():
            return Gone(page.survey_key, page.title, page)
    for survey in Survey.objects.exclude(gone_from=[]):
        if any(path.startswith(address) for address in survey.gone_from):
            return Gone(survey.pk, title_of(survey).in_language(code))
    return None


def title_of(survey: Survey) -> Words:
    """Return the title under which a survey was last answered."""
    version = survey.versions.last()
    return version.definition.title if version else Words()


def gone_surveys() -> list[tuple[Survey, Words]]:
    """Return the answered surveys that have no page any more, with their titles."""
    with_page = SurveyPage.objects.values("translation_key")
    surveys = Survey.objects.filter(answers__gt=0).exclude(pk__in=with_page).prefetch_related("versions")
    return [(survey, list(survey.versions.all())[-1].definition.title) for survey in surveys]
