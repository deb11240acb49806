"""Surveys that are live in both languages, and answers to them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from home.models import Department, HomePage
from participation.models import ConsultationIndexPage, Survey, SurveyPage, SurveyQuestion, Tally
from participation.surveys.actions import answer_survey
from participation.surveys.answers import Given
from participation.surveys.counting import recount
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import Kind
from participation.surveys.respondents import Respondent
from participation.surveys.storing import Answer
from tests.factories import DepartmentFactory

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def consultation_index(code: str = "fr") -> ConsultationIndexPage:
    """Return the index in a language, made where the commune has none yet."""
    found = ConsultationIndexPage.objects.filter(locale__language_code=code).first()
    if found is None:
        home = HomePage.objects.get(locale__language_code=code)
        found = ConsultationIndexPage(locale=home.locale, title="Consultations", slug=f"consultations-{code}")
        french = ConsultationIndexPage.objects.first()
        if french:
            found.translation_key = french.translation_key
        home.add_child(instance=found)
    return found


def choice(identity: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"type": fields.pop("type", "choice"), "id": identity, "value": {"text": text, **fields}}


def question(number: int, kind: Kind = Kind.ONE, **fields: Any) -> dict[str, Any]:
    """Return the fields of a question; `number` makes its key, `choices` how many choices or lines it offers."""
    count = fields.pop("choices", 3 if kind in {Kind.ONE, Kind.SEVERAL, Kind.RANKING, Kind.MATRIX} else 0)
    block = "row" if kind == Kind.MATRIX else "choice"
    options = [choice(f"c{number}-{each}", f"Choix {each}", type=block) for each in range(count)]
    return {"key": key_of(number), "kind": kind, "text": f"Question {number} ?", "options": options, **fields}


def key_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def readable_survey(questions: list[dict[str, Any]] | None = None, **fields: Any) -> SurveyPage:
    """Return the French page of a survey that is live in both languages; its Dutch words are "… (nl)"."""
    neighbourhoods, first = fields.pop("neighbourhoods", []), None
    fields.setdefault("asks_neighbourhood", True)
    department = Department.objects.first() or DepartmentFactory()
    for code in ("fr", "nl"):
        index = consultation_index(code)
        page = SurveyPage(locale=index.locale, department=department, title=f"Enquête ({code})", **fields)
        page.slug = f"s{uuid.uuid4()}"
        page.neighbourhoods = neighbourhoods
        if first:
            page.translation_key = first.translation_key
        page.questions = [_question(each, code, at) for at, each in enumerate(questions or [question(1)])]
        index.add_child(instance=page)
        first = first or page
    assert first
    return first


def _question(fields: dict[str, Any], code: str, at: int) -> SurveyQuestion:
    words = {**fields, "text": f"{fields['text']} ({code})"}
    words["key"] = uuid.UUID(words["key"])
    return SurveyQuestion(sort_order=at, **words)


def fields_of(definition: SurveyDefinition) -> list[dict[str, Any]]:
    """Return the questions of a definition as the form of a page would have them."""
    titled = {section.keys[0]: section for section in definition.sections if section is not definition.sections[0]}
    return [_fields(each, titled) for each in definition.questions]


def _fields(each: QuestionDefinition, titled: dict[str, Any]) -> dict[str, Any]:
    plain = ("is_required", "has_other", "has_no_opinion", "is_retired", "least", "most", "scale_points")
    options = [choice(option.id, option.words.fr or "", type="choice") for option in each.choices]
    options += [choice(option.id, option.words.fr or "", type="row") for option in each.rows]
    section = titled.get(each.key)
    condition = section.shows_when.to_json() if section and section.shows_when else None
    return {
        "key": each.key,
        "kind": each.kind,
        "text": each.text.fr,
        "options": options,
        "shows_when": each.shows_when.to_json() if each.shows_when else None,
        "starts_section": "Partie" if section else "",
        "section_shows_when": condition,
        **{name: getattr(each, name) for name in plain},
    }


def mark(number: int, each: int = 0) -> dict[str, Given]:
    """Return the answer that marks a choice of a question."""
    return {key_of(number): Given({"marks": [f"c{number}-{each}"]})}


def respond(page: SurveyPage, answers: dict[str, Given], *, who: Respondent | None = None, **fields: Any) -> Any:
    """Answer a survey from a browser that nobody has used before, or as `who`."""
    now = fields.pop("now", NOW)
    answer = Answer(answers, **{"language": "fr", **fields})
    respondent = who or Respondent(browser=str(uuid.uuid4()))
    return answer_survey(survey_key=page.survey_key, respondent=respondent, answer=answer, now=now)


def counted(page: SurveyPage) -> dict[tuple[str, str], int]:
    """Return the tallies above zero, summed over places, languages and ways; they must agree with the ballots."""
    assert recount(key=page.survey_key, dry_run=True) == {}
    found: dict[tuple[str, str], int] = {}
    for tally in Tally.objects.filter(survey=page.survey_key, count__gt=0):
        cell = (tally.question, tally.cell)
        found[cell] = found.get(cell, 0) + tally.count
    survey = Survey.objects.filter(pk=page.survey_key).first()
    assert found.get(("", "ballots"), 0) == (survey.answers if survey else 0)
    return found


def today() -> Any:
    return timezone.localdate(NOW)
