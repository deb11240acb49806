"""The clerk's screen: codes for choices, the same checks, counted once, corrected, undone."""

from __future__ import annotations

import uuid
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.models import Ballot, PaperBatch, Survey, SurveyPage, WrittenAnswer
from participation.surveys.kinds import Kind
from participation.surveys.results import results_of
from tests.participation.results.conftest import EVERY_KIND
from tests.participation.surveys.making import counted, key_of, question, readable_survey
from tests.reading import parsed, words

SHEET = {
    "language": "nl",
    "1": "2",
    "2": "1a",
    "2.a": "Een bank",
    "3": "4",
    "4": "12,5",
    "5": "31/05/2026",
    "6.1": "2",
    "6.2": "1",
    "7.1": "1",
    "7.2": "2",
    "8": "Près du pont",
    "9": "Meer groen.",
    "10": "0",
}


@pytest.fixture
def page(commune: None) -> SurveyPage:
    return readable_survey(EVERY_KIND, closes_at=timezone.now() + timedelta(days=3))


@pytest.fixture
def at_counter(signed_in: Any, clerk: Any) -> Any:
    return signed_in(clerk)


@pytest.fixture
def batch_url(page: SurveyPage, at_counter: Any) -> str:
    return at_counter.post(reverse("paper_survey", args=[page.survey_key])).url


def sheet(**fields: str) -> dict[str, str]:
    return {**SHEET, "identity": str(uuid.uuid4()), **fields}


def is_missing(answer: Any) -> bool:
    """An address of the admin that isn't there is looked for once more below a language."""
    return bool(answer.status_code == HTTPStatus.FOUND and answer.url.startswith("/fr/admin/"))


def test_a_sheet_is_typed_by_its_codes(page, at_counter, batch_url):
    assert at_counter.post(batch_url, sheet()).url == batch_url
    ballot = Ballot.objects.get()
    assert (ballot.language, ballot.is_paper, ballot.batch.number) == ("nl", True, 1)
    assert ballot.answers[key_of(1)] == {"marks": ["c1-1"]}
    assert ballot.answers[key_of(2)] == {"marks": ["c2-0", "other"]}
    assert ballot.answers[key_of(4)] == {"number": "12.5"}
    assert ballot.answers[key_of(6)] == {"ranking": ["c6-1", "c6-0"]}
    assert ballot.answers[key_of(7)] == {"rows": {"c7-0": 1, "c7-1": 2}}
    assert ballot.answers[key_of(10)] == {"no_opinion": True}
    assert ballot.answers[key_of(8)] == {"written": True}
    assert set(WrittenAnswer.objects.values_list("text", flat=True)) == {"Een bank", "Près du pont", "Meer groen."}
    assert counted(page)["", "ballots"] == 1
    assert "1 feuille encodée." in words(parsed(at_counter.get(batch_url)).body)


def test_a_sheet_that_is_sent_twice_counts_once(page, at_counter, batch_url):
    data = sheet()
    at_counter.post(batch_url, data)
    at_counter.post(batch_url, data)
    assert counted(page)["", "ballots"] == 1
    assert WrittenAnswer.objects.count() == 3


def test_the_last_sheet_can_be_corrected(page, at_counter, batch_url):
    at_counter.post(batch_url, sheet(**{"9": "Meer groen."}))
    shown = parsed(at_counter.get(f"{batch_url}?correct=last"))
    assert shown.find("input", {"name": "2.a"})["value"] == "Een bank"
    at_counter.post(f"{batch_url}?correct=last", sheet(**{"1": "3", "9": "Minder lawaai."}))
    assert counted(page)["", "ballots"] == 1
    assert Ballot.objects.get().answers[key_of(1)] == {"marks": ["c1-2"]}
    assert set(WrittenAnswer.objects.values_list("text", flat=True)) == {"Een bank", "Près du pont", "Minder lawaai."}


@pytest.mark.parametrize(
    ("box", "typed", "message"),
    [
        ("1", "9", "« 9 » n’est pas une réponse à cette question. Sont possibles : 1, 2, 3."),
        ("1", "1 2", "un seul"),
        ("3", "8", "de 1 à 5"),
        ("4", "beaucoup", "chiffres"),
        ("5", "31/02/2026", "31/05/2026"),
        ("6.1", "7", "1 à 2"),
        ("8", "x" * 121, "121"),
    ],
)
def test_a_mistake_is_said_at_its_question_and_what_was_typed_stays(at_counter, batch_url, box, typed, message):
    shown = parsed(at_counter.post(batch_url, sheet(**{box: typed})))
    assert message in words(shown.find(id="errors"))
    assert shown.find("input", {"name": box})["value"] == typed
    assert shown.find("textarea", {"name": "9"}).get_text(strip=True) == "Meer groen."
    assert not Ballot.objects.exists()


def test_a_batch_is_undone_as_a_whole(page, at_counter, batch_url):
    for _number in range(3):
        at_counter.post(batch_url, sheet())
    undo = reverse("paper_undo", args=[PaperBatch.objects.get().pk])
    assert "Ses 3 réponses" in words(parsed(at_counter.get(undo)).body)
    at_counter.post(undo)
    assert counted(page) == {}
    assert not WrittenAnswer.objects.exists()
    assert is_missing(at_counter.post(batch_url, sheet()))
    assert counted(page) == {}


def test_paper_is_taken_until_thirty_days_after_closing(page, at_counter, batch_url):
    pages = SurveyPage.objects.filter(translation_key=page.translation_key)
    pages.update(closes_at=timezone.now() - timedelta(days=29))
    at_counter.post(batch_url, sheet())
    assert counted(page)["", "ballots"] == 1
    pages.update(closes_at=timezone.now() - timedelta(days=31))
    assert is_missing(at_counter.post(batch_url, sheet()))
    assert "Aucune enquête" in words(parsed(at_counter.get(reverse("paper_surveys"))).body)


def test_results_tell_paper_and_screen_apart_and_together(page, at_counter, batch_url):
    for _number in range(6):
        at_counter.post(batch_url, sheet())
    assert results_of(Survey.objects.get()).answers == {"all": 6}


@pytest.mark.parametrize("role", ["editor", "resident"])
def test_only_who_types_in_paper_comes_in(page, request, signed_in, role):
    visitor = signed_in(request.getfixturevalue(role))
    for name in ("paper_surveys", "paper_survey"):
        url = reverse(name, args=[] if name == "paper_surveys" else [page.survey_key])
        assert visitor.get(url).status_code == HTTPStatus.FOUND
        assert visitor.post(url).status_code in (HTTPStatus.FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
    assert not PaperBatch.objects.exists()


@pytest.mark.parametrize("size", ["a4", "a5", "large"])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_form_is_printed_in_each_language_and_size(page, at_counter, language, size):
    answer = at_counter.get(reverse("paper_form", args=[page.survey_key]), {"language": language, "size": size})
    assert answer.content.startswith(b"%PDF")
    assert f"-{language}-{size}.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["", "language=de&size=a4", "language=fr&size=a9"])
def test_no_parameter_breaks_the_printing(page, at_counter, query):
    url = f"{reverse('paper_form', args=[page.survey_key])}?{query}"
    assert at_counter.get(url).url == reverse("paper_survey", args=[page.survey_key])


def test_a_survey_that_is_not_there_is_not_found(commune, at_counter):
    assert is_missing(at_counter.get(reverse("paper_survey", args=[uuid.uuid4()])))


def test_numbers_stay_when_a_choice_is_retired(commune, at_counter):
    options = question(1)["options"]
    options[0]["value"]["is_retired"] = True
    page = readable_survey([{**question(1), "options": options}, question(2, Kind.YES_NO)])
    url = at_counter.post(reverse("paper_survey", args=[page.survey_key])).url
    shown = words(parsed(at_counter.get(url)).find(id="codes-1"))
    assert shown == "2 Choix 1 3 Choix 2"
    at_counter.post(url, {"language": "fr", "identity": str(uuid.uuid4()), "1": "2", "2": "2"})
    assert Ballot.objects.get().answers == {key_of(1): {"marks": ["c1-1"]}, key_of(2): {"marks": ["no"]}}


def test_questions_and_choices_read_as_on_the_sheet_in_its_own_language(batch_url, at_counter):
    first = at_counter.get(batch_url).content.decode()
    assert "Question 2 ? (fr)" in first
    at_counter.post(batch_url, sheet())
    second = at_counter.get(batch_url).content.decode()
    assert "Question 2 ? (nl)" in second
    assert "Question 2 ? (fr)" not in second
    assert "</kbd> Autre" in first
    assert "</kbd> Andere" in second
