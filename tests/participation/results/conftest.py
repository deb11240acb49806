"""A survey of every kind of question, answered in both languages, on screen and on paper, from several places."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from home.models import Neighbourhood
from participation.models import Survey, SurveyPage
from participation.surveys.answers import Given
from participation.surveys.kinds import Kind
from participation.surveys.paper import begin_batch, enter_paper_answer
from participation.surveys.storing import Answer
from tests.factories import NeighbourhoodFactory
from tests.participation.surveys.making import key_of, question, readable_survey, respond


@pytest.fixture(autouse=True)
def _no_language_left_over() -> Any:
    with translation.override("fr"):
        yield


EVERY_KIND = [
    question(1),
    question(2, Kind.SEVERAL, has_other=True),
    question(3, Kind.SCALE, low_words="Mauvais", high_words="Bon"),
    question(4, Kind.NUMBER, unit="km"),
    question(5, Kind.DATE),
    question(6, Kind.RANKING, choices=2),
    question(7, Kind.MATRIX, choices=2, scale_points=2),
    question(8, Kind.PLACE),
    question(9, Kind.LONG_TEXT),
    question(10, Kind.YES_NO, has_no_opinion=True),
]


def answers_of(number: int) -> dict[str, Given]:
    """What the person of this number answers: every cell of 60 people is shown in every column."""
    third, half = number % 3, number // 3 % 2
    order = ["c6-0", "c6-1"] if half else ["c6-1", "c6-0"]
    given: dict[int, Any] = {
        1: {"marks": [f"c1-{third}"]},
        2: {"marks": ["c2-0", "other"] if half else ["c2-1"]},
        3: {"point": 1 + number % 5},
        4: {"number": str(10 * third)},
        5: {"date": f"2026-0{1 + half}-11"},
        6: {"ranking": order},
        7: {"rows": {"c7-0": 1 + half, "c7-1": 1 + number % 2}},
        8: {"place": [4.605 + half / 50, 50.705]},
        9: {"written": True},
        10: {"marks": ["yes" if half else "no"]},
    }
    texts = {2: f"Autre {number}" if half else "", 9: f"=Mot {number}"}
    return {key_of(at): Given(value, texts.get(at, "")) for at, value in given.items()}


def answered_survey(*, count: int = 60, clerk: Any = None, **fields: Any) -> SurveyPage:
    """Return a closed survey of every kind, with `count` answers: half in Dutch, a third on paper where `clerk` types."""
    now = timezone.now()
    fields = {"closes_at": now + timedelta(days=1), **fields}
    places = [place_of(f"Q{each}", population=300 * (each + 1)) for each in range(2)]
    page = readable_survey(EVERY_KIND, **fields)
    batch = begin_batch(survey_key=page.survey_key, by=clerk, now=now) if clerk else None
    for number in range(count):
        about = {"language": ("fr", "nl")[number // 6 % 2], "place": places[number // 15 % 2].pk}
        if batch and number % 3 == 0:
            enter_paper_answer(batch=batch, answer=Answer(answers_of(number), **about), now=now)
        else:
            respond(page, answers_of(number), now=now, **about)
    return page


def place_of(code: str, **fields: Any) -> Neighbourhood:
    return Neighbourhood.objects.filter(code=code).first() or NeighbourhoodFactory(code=code, **fields)


def close(page: SurveyPage) -> SurveyPage:
    """Let a survey be over since an hour."""
    SurveyPage.objects.filter(translation_key=page.translation_key).update(
        closes_at=timezone.now() - timedelta(hours=1)
    )
    page.refresh_from_db()
    return page


@pytest.fixture
def survey_page(commune: None, clerk: Any) -> SurveyPage:
    return close(answered_survey(clerk=clerk))


@pytest.fixture
def survey(survey_page: SurveyPage) -> Survey:
    return Survey.objects.get(pk=survey_page.survey_key)
