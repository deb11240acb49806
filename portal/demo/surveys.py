"""The demo commune's surveys, published in both languages, with what came back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.models import Department, Neighbourhood
from moderation.setup import publish_pair
from participation.models import ConsultationIndexPage, ConsultationPage, SurveyPage
from participation.surveys.actions import live_definition
from participation.surveys.copying import questions_in, renewed
from participation.surveys.definitions import SurveyDefinition, Words
from participation.surveys.ready_made import definition_from_data, ready_made
from portal.demo.answers import AnswersLoader, key_in
from portal.demo.content import Data, read

SETTINGS = ("access", "results_when", "staff_see_running_results", "asks_neighbourhood", "is_quiz")
WORDS: tuple[str, ...] = ("title", "introduction", "thanks")
LEAD_DAYS = 2  # a page is published so long before its survey opens, the coming ones as well


class SurveyLoader:
    """Makes one survey after the other, below its consultation or the index; days are counted from today."""

    def __init__(self, departments: dict[str, Department], clerk: Any) -> None:
        self.departments, self.clerk = departments, clerk
        self.today = timezone.localdate()
        self.neighbourhoods = {place.code: place for place in Neighbourhood.objects.all()}

    def load(self) -> None:
        for row in read("surveys.yaml"):
            page = self._load_page(row)
            definition = live_definition(page.survey_key)
            if "answers" in row and definition:
                AnswersLoader(row, page, definition, self.clerk).load()

    def _load_page(self, row: Data) -> SurveyPage:
        above = self._above(row)
        template = ready_made().get(row.get("ready_made", ""))
        words = {name: Words(**row[name]) for name in WORDS if name in row}
        if template:
            proposed = (template.definition.title, template.introduction, template.thanks)
            words = {**dict(zip(WORDS, proposed, strict=True)), **words}
        questions = renewed(
            template.definition if template else definition_from_data(row),
            naming=lambda name: key_in(row["key"], name),
        )
        page = SurveyPage(
            locale=above.locale,
            department=self.departments[row["department"]],
            opens_at=self._moment(row["opens"]),
            closes_at=self._moment(row["closes"]) - timedelta(minutes=1),
            **{name: row[name] for name in SETTINGS if name in row},
            **self._words(words, questions, "fr"),
        )
        page.neighbourhoods = [self.neighbourhoods[code] for code in row.get("neighbourhoods", [])]
        publish_pair(page, above, self._words(words, questions, "nl"))
        self._date(page, row)
        return page

    def _above(self, row: Data) -> Page:
        french = {"locale__language_code": "fr"}
        if "below" not in row:
            return ConsultationIndexPage.objects.get(**french)
        titles = {each["key"]: each["fr"]["title"] for each in read("consultations.yaml")}
        return ConsultationPage.objects.get(title=titles[row["below"]], **french)

    def _words(self, words: dict[str, Words], questions: SurveyDefinition, code: str) -> dict[str, Any]:
        return {
            **{name: pair.in_language(code) for name, pair in words.items()},
            "questions": questions_in(questions, code),
        }

    def _moment(self, offset: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.today + timedelta(days=offset), time()))

    def _date(self, page: SurveyPage, row: Data) -> None:
        when = timezone.localtime() + timedelta(days=min(row["opens"], 0) - LEAD_DAYS)
        pages = Page.objects.filter(translation_key=page.translation_key)
        pages.update(first_published_at=when, last_published_at=when, latest_revision_created_at=when)
