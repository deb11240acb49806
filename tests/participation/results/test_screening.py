"""Written answers: read by somebody of the commune before anybody sees them, sorted by tags, searchable."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from participation.models import AnswerTag, WrittenAnswer
from participation.results.actions import Decision, decide_texts
from tests.participation.results.conftest import answered_survey
from tests.reading import parsed, words


def texts_url(page):
    return reverse("screen_texts", args=[page.survey_key])


@pytest.fixture
def officer(signed_in, participation_officer):
    return signed_in(participation_officer)


def test_a_text_is_shown_once_it_was_let_through(client, officer, survey_page, survey):
    text = WrittenAnswer.objects.get(survey=survey, text="=Mot 1")
    assert "=Mot 1" not in words(parsed(client.get(survey_page.results_url)).main)
    officer.post(texts_url(survey_page), {f"state-{text.pk}": "shown"})
    answer = client.get(survey_page.results_url)
    assert parsed(answer).find("li", string="=Mot 1").get("lang") == "fr"
    officer.post(texts_url(survey_page), {f"state-{text.pk}": "hidden"})
    assert "=Mot 1" not in words(parsed(client.get(survey_page.results_url)).main)
    text.refresh_from_db()
    assert text.decided_by is not None


def test_tags_have_names_in_both_languages_and_counts(client, officer, survey_page, survey):
    url = reverse("answer_tags", args=[survey_page.survey_key])
    assert parsed(officer.post(url, {"name_fr": "Propreté"})).find(id="id_name_nl_error")
    officer.post(url, {"name_fr": "Propreté", "name_nl": "Netheid"})
    again = officer.post(url, {"name_fr": "Propreté", "name_nl": "Netheid"})
    assert "Cette enquête a déjà une étiquette de ce nom." in again.content.decode()
    tag = AnswerTag.objects.get()
    texts = WrittenAnswer.objects.filter(survey=survey, part="")[:3]
    officer.post(
        texts_url(survey_page),
        {f"state-{text.pk}": "shown" for text in texts} | {f"tags-{text.pk}": tag.pk for text in texts},
    )
    assert "Propreté (3)" in words(parsed(client.get(survey_page.results_url)).main)
    dutch = survey_page.get_translations().get()
    assert "Netheid (3)" in words(parsed(client.get(dutch.results_url)).main)
    listed = client.get(f"{survey_page.results_url}textes/?question=9&tag={tag.pk}")
    assert "3 réponses écrites" in words(parsed(listed).main)
    officer.post(url, {"remove": tag.pk})
    assert not AnswerTag.objects.exists()
    assert WrittenAnswer.objects.filter(state="shown").count() == 3


def test_texts_are_searched_and_listed_by_language(client, survey_page):
    WrittenAnswer.objects.update(state="shown")
    url = f"{survey_page.results_url}textes/"
    assert "90 réponses écrites" in words(parsed(client.get(url)).main)
    assert "15 réponses écrites" in words(parsed(client.get(f"{url}?question=9&q=mot+5")).main)
    assert "45 réponses écrites" in words(parsed(client.get(f"{url}?language=nl")).main)


@pytest.mark.parametrize(
    "query", ["page=x", "question=99", "tag=x", "q=%00", "language=de", "page=-4", "q=" + "a" * 300]
)
def test_no_parameter_breaks_the_list(client, survey_page, query):
    assert client.get(f"{survey_page.results_url}textes/?{query}").status_code == HTTPStatus.OK


@pytest.mark.parametrize("role", ["clerk", "editor", "resident"])
def test_others_decide_nothing(survey_page, survey, request, signed_in, role):
    user = request.getfixturevalue(role)
    text = WrittenAnswer.objects.filter(survey=survey).first()
    with pytest.raises(PermissionDenied):
        decide_texts(page=survey_page, decisions={text.pk: Decision("shown")}, by=user, now=timezone.now())
    signed_in(user).post(texts_url(survey_page), {f"state-{text.pk}": "shown"})
    text.refresh_from_db()
    assert text.state == "waiting"


def test_what_is_written_is_read_when_staff_may_look_and_not_before(commune, desk, signed_in):
    page = answered_survey(count=6)
    assert signed_in(desk).get(texts_url(page)).status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.FOUND)
    assert "ne voit pas les résultats avant la clôture" in words(
        parsed(signed_in(desk).get(reverse("survey_result", args=[page.survey_key]))).body
    )


@pytest.mark.parametrize("data", [{"state-x": "shown"}, {"state-": "shown"}, {"tags-1": "x"}, {"state-1": "loud"}])
def test_what_can_not_be_read_decides_nothing(officer, survey_page, data):
    assert officer.post(texts_url(survey_page), data).status_code == HTTPStatus.FOUND
    assert not WrittenAnswer.objects.exclude(state="waiting").exists()


def test_a_tag_of_another_survey_does_not_stick(survey_page, survey, desk):
    other = answered_survey(count=5)
    tag = AnswerTag.objects.create(survey_id=other.survey_key, name_fr="Ailleurs")
    text = WrittenAnswer.objects.filter(survey=survey).first()
    decide_texts(
        page=survey_page, decisions={text.pk: Decision("shown", frozenset({tag.pk}))}, by=desk, now=timezone.now()
    )
    assert not text.tags.exists()


def test_every_screen_of_staff_opens(officer, survey_page):
    key = survey_page.survey_key
    for name, arguments in (
        ("survey_results", []),
        ("survey_result", [key]),
        ("screen_texts", [key]),
        ("answer_tags", [key]),
    ):
        assert officer.get(reverse(name, args=arguments)).status_code == HTTPStatus.OK
