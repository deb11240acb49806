"""Surveys whose figures are known: page, files and the consultation's figures say the same, to the last answer."""

from __future__ import annotations

import csv
import io
import json
from itertools import cycle, islice
from typing import Any

import pytest

from participation.models import Ballot, PaperBatch, Survey, SurveyPage, SurveyQuestion
from participation.parts import figures_of
from participation.surveys.actions import live_definition
from participation.surveys.counting import recount
from participation.surveys.kinds import Kind
from participation.surveys.storing import keep_version
from tests.participation.factories import live_consultation
from tests.participation.surveys.making import key_of, today
from tests.reading import parsed, words

KNOWN = {"transport": 444, "hall": 617, "first-experiences": 269, "website": 60, "magazine": 42}
YES = {key_of(1): 237, key_of(2): 178}  # of 269: 88 % would recommend, 66 % feel closer


@pytest.fixture
def consultation(commune: None) -> Any:
    return live_consultation(phases=[(-60, -40)])


def survey_of(consultation: Any, name: str, count: int) -> SurveyPage:
    """Return a survey of two questions with `count` ballots: a third on paper, three of eight in Dutch."""
    about = {"department": consultation.department, "locale": consultation.locale, "results_when": "live"}
    page = SurveyPage(title=name, slug=name, **about)
    page.questions = [
        SurveyQuestion(key=key, kind=Kind.YES_NO, text=text, sort_order=at)
        for at, (key, text) in enumerate(zip(YES, ("Recommander ?", "Plus proche ?"), strict=True))
    ]
    consultation.add_child(instance=page)
    survey, definition = Survey.objects.locked(page.survey_key), live_definition(page.survey_key)
    assert definition
    batch = PaperBatch.objects.create(survey=survey, number=1, made_on=today())
    about = {
        "survey": survey,
        "version": keep_version(survey, definition, seen="", day=today()),
        "answered_on": today(),
    }
    languages = islice(cycle(["fr", "nl", "fr", "nl", "fr", "nl", "fr", "fr"]), count)
    Ballot.objects.bulk_create(
        Ballot(
            **about,
            language=language,
            is_paper=number % 3 == 0,
            batch=batch if number % 3 == 0 else None,
            seen=list(YES),
            answers={key: {"marks": ["yes" if number * yes % 269 < yes else "no"]} for key, yes in YES.items()},
        )
        for number, language in enumerate(languages)
    )
    recount(key=survey.pk)
    return page


def test_the_known_surveys_say_what_is_known_of_them_everywhere(client, consultation):
    pages = {name: survey_of(consultation, name, count) for name, count in KNOWN.items()}
    for name, page in pages.items():
        text = words(parsed(client.get(page.results_url)).main)
        assert f"{KNOWN[name]} réponses, sur {KNOWN[name]} personnes qui ont vu la question" in text
        content = b"".join(client.get(f"{page.results_url}json/").streaming_content)
        assert json.loads(content)["answers"]["all"] == KNOWN[name]
    assert KNOWN["website"] + KNOWN["magazine"] == 102
    told = {figure.name: figure.value for figure in figures_of(consultation)}
    assert told["survey_answers"] == sum(KNOWN.values()) == 444 + 617 + 269 + 102


def test_eighty_eight_percent_would_recommend_and_sixty_six_feel_closer(client, consultation):
    page = survey_of(consultation, "first-experiences", 269)
    shown = parsed(client.get(page.results_url))
    firsts = [words(shown.find(id=f"question-{number}").find("li", class_="bar")) for number in (1, 2)]
    assert firsts == ["Oui 88 % 237", "Oui 66 % 178"]
    content = b"".join(client.get(f"{page.results_url}csv/").streaming_content).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(content), delimiter=";") if row["cell"] == "mark:yes"]
    total = [row for row in rows if row["column"] == "all"]
    assert [(row["count"], round(float(row["share"]))) for row in total] == [("237", 88), ("178", 66)]
    for groups in (("fr", "nl"), ("screen", "paper")):
        parts = [[int(row["count"]) for row in rows if row["column"] == group] for group in groups]
        assert [sum(pair) for pair in zip(*parts, strict=True)] == [237, 178]


def test_a_survey_with_fewer_than_five_answers_adds_nothing_to_the_figures(consultation):
    survey_of(consultation, "few", 4)
    assert figures_of(consultation) == []
    survey_of(consultation, "many", 9)
    assert {figure.name: figure.value for figure in figures_of(consultation)} == {
        "participants": 9,
        "survey_answers": 9,
    }
