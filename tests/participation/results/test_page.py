"""The readers' page of results: what it shows, in both languages, and from few queries."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.template import Context, Template

from participation.models import SurveyPage, WrittenAnswer
from tests.participation.results.conftest import answered_survey, close
from tests.participation.surveys.making import key_of, mark, question, readable_survey, respond
from tests.reading import parsed, words


def text_of(answer: Any) -> str:
    return words(parsed(answer).main)


def dutch(page: SurveyPage) -> SurveyPage:
    return page.get_translations().get()


def test_every_question_has_its_bars_its_base_and_its_own_link(client, survey_page):
    answer = client.get(survey_page.results_url)
    assert answer.status_code == HTTPStatus.OK
    text = text_of(answer)
    assert "60 réponses, sur 60 personnes qui ont vu la question" in text
    for number in range(1, 11):
        assert f'id="question-{number}"' in answer.content.decode()
    assert "33 %" in text
    assert "Moyenne" in text
    assert "La moitié des réponses se situe entre" in text


def test_both_languages_show_one_total(client, survey_page):
    answer = client.get(dutch(survey_page).results_url)
    assert "60 antwoorden, van 60 die de vraag zagen" in text_of(answer)


def test_the_address_of_the_other_language_leads_to_the_pages_own(client, survey_page):
    page = dutch(survey_page)
    answer = client.get(f"{page.url}resultats/?neighbourhood=Q1")
    assert answer.url == f"{page.results_url}?neighbourhood=Q1"
    assert client.get(f"{page.url}resultats/textes/").url == f"{page.results_url}teksten/"


def test_the_page_asks_few_queries(client, survey_page, django_assert_max_num_queries):
    WrittenAnswer.objects.update(state="shown")
    client.get(survey_page.results_url)
    with django_assert_max_num_queries(39):
        client.get(survey_page.results_url)


def test_a_neighbourhood_is_shown_apart(client, survey_page):
    text = text_of(client.get(f"{survey_page.results_url}?neighbourhood=Q1"))
    assert "30 réponses de Quartier Q1" in text
    assert "30 réponses, sur 30 personnes qui ont vu la question" in text


@pytest.mark.parametrize("typed", ["nowhere", "\x00", "Q1&neighbourhood=Q0", "%F0%9F%98%80"])
def test_no_filter_breaks_the_page(client, survey_page, typed):
    assert client.get(f"{survey_page.results_url}?neighbourhood={typed}").status_code == HTTPStatus.OK


def test_too_few_answers_show_nothing(client, commune):
    page = readable_survey([question(1)])
    for _number in range(4):
        respond(page, mark(1))
    text = text_of(client.get(close(page).results_url))
    assert "Moins de 5 personnes ont répondu" in text
    assert "100" not in text


def test_a_survey_that_nobody_answered_has_an_empty_page(client, commune):
    page = close(readable_survey([question(1)]))
    assert "Moins de 5 personnes ont répondu" in text_of(client.get(page.results_url))
    assert client.get(f"{page.results_url}csv/").url == page.results_url


def test_who_answered_is_compared_with_who_lives_there(client, survey_page):
    text = text_of(client.get(survey_page.results_url))
    assert "Qui a répondu, à côté de qui y habite" in text
    assert "67 %" in text  # 600 of 900 inhabitants


def test_a_corrected_text_is_shown_with_the_one_before(client, commune):
    page = answered_survey(count=6)
    first = page.questions.get(key=key_of(1))
    first.text = "Question corrigée ?"
    first.save()
    text = text_of(client.get(close(page).results_url))
    assert "Des mots ont été corrigés pendant l’enquête" in text
    assert "Question 1 ? (fr)" in text


def test_results_are_kept_in_no_shared_cache(client, survey_page):
    assert "private" in client.get(survey_page.results_url).headers["Cache-Control"]


def test_places_stand_on_the_communes_map_by_squares(client, survey_page):
    shown = parsed(client.get(survey_page.results_url))
    spots = shown.find(id="question-8").find_all("circle")
    assert len(spots) == 1  # the other 30 lie outside of the outlines: they are in the list below
    assert "autour de 50,7" in words(shown.find(id="question-8"))


def test_the_results_of_a_poll_are_embedded_where_everybody_may_see_them(commune, django_assert_max_num_queries):
    poll = Template("{% load results_tags %}{% poll_results page %}")
    page = readable_survey([question(1)], results_when="live")
    for number in range(15):
        respond(page, mark(1, number % 3))
    poll.render(Context({"page": page}))  # the first look moves what is told
    with django_assert_max_num_queries(8):
        drawn = poll.render(Context({"page": page}))
    assert drawn.count("bar__part") == 3
    assert page.results_url in drawn
    for field, value in (("results_for", "answered"), ("results_when", "closing")):
        setattr(page, field, value)
        assert not poll.render(Context({"page": page})).strip()
