"""Surveys beyond their own page: parts of consultations, polls in texts, one's own page, figures."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from participation.models import Survey, SurveyPage, SurveyQuestion
from participation.parts import figures_of, parts_below
from participation.surveys.kinds import Kind
from residents.my_home.contributions import contributions_of
from tests.factories import UserFactory, live_news
from tests.participation.answering.all_kinds import every_kind, long_survey, poll
from tests.participation.answering.visiting import address, field, form_in, send
from tests.participation.factories import live_consultation
from tests.participation.surveys.making import consultation_index, question, readable_survey
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db


def below(page: Any, count: int, *, answers: int = 0) -> list[SurveyPage]:
    """Put surveys of one question below a consultation, as if so many people had answered each."""
    surveys = []
    for number in range(count):
        survey = SurveyPage(title=f"Enquête {number}", locale=page.locale, department=page.department)
        survey.slug, survey.questions = f"s{uuid.uuid4()}", [SurveyQuestion(**question(1))]
        page.add_child(instance=survey)
        Survey.objects.update_or_create(pk=survey.survey_key, defaults={"answers": answers})
        surveys.append(survey)
    return surveys


def test_a_survey_is_a_part_of_its_consultation_and_one_alone_of_the_index(commune):
    consultation = live_consultation()
    inside, alone = below(consultation, 1)[0], readable_survey(closes_at=timezone.now() + timedelta(days=2))
    found = parts_below([consultation, consultation_index()])
    assert [part.key for part in found[consultation.pk]] == [inside.translation_key]
    part = found[consultation_index().pk][0]
    assert (part.key, part.url) == (alone.translation_key, alone.url)
    assert part.is_open_now


def test_a_draft_of_a_survey_is_no_part(commune):
    page = readable_survey(live=False)
    assert parts_below([page.get_parent()])[page.get_parent().pk] == []


def test_parts_ask_no_more_for_more_surveys(commune, django_assert_max_num_queries):
    consultation = live_consultation()
    below(consultation, 5)
    parts_below([consultation])
    with django_assert_max_num_queries(3):
        assert len(parts_below([consultation])[consultation.pk]) == 5


def test_participants_are_those_of_the_survey_that_most_people_answered(commune):
    consultation = live_consultation()
    below(consultation, 1, answers=102)
    below(consultation, 1, answers=40)
    below(consultation, 1, answers=4)
    assert {figure.name: figure.value for figure in figures_of(consultation)}["participants"] == 102


def test_fewer_than_5_answers_are_not_told(commune):
    consultation = live_consultation()
    below(consultation, 2, answers=4)
    assert figures_of(consultation) == []


def embedded(page: Any) -> Any:
    body = [{"type": "take_part", "value": page.pk, "id": str(uuid.UUID(int=7))}]
    return live_news(1, body=body)[0]


def test_a_poll_in_a_message_is_answered_by_way_of_its_own_page_and_sets_no_cookie(commune):
    page, client = poll(), Client()
    message = embedded(page)
    html = parsed(client.get(message.url))
    assert not client.cookies
    form = html.find("aside", class_="poll").find("form")
    assert (form["method"], form["action"]) == ("get", page.url)
    opened = client.get(page.url, {field(1): "north", "from": message.url})
    assert form_in(opened)[field(1)] == ["north"]
    sent = send(client, page.url, {**form_in(opened)})
    thanks = client.get(sent.url)
    assert Survey.objects.get().answers == 1
    assert parsed(thanks).find("a", href=message.url)


def test_an_address_that_is_not_ours_is_no_way_back(commune):
    page = poll()
    opened = Client().get(page.url, {"from": "//ailleurs.example/"})
    assert "back" not in form_in(opened)


def test_a_longer_survey_in_a_message_is_a_card(commune):
    message = embedded(readable_survey([question(1), question(2)]))
    html = parsed(Client().get(message.url))
    assert html.find("aside", class_="call")
    assert not html.find("aside", class_="poll")


def test_residents_find_again_that_they_answered_and_where_it_stands(commune):
    page = readable_survey(access="signed_in", closes_at=timezone.now() + timedelta(days=2), asks_neighbourhood=False)
    user, client = UserFactory(), Client()
    client.force_login(user)
    send(client, address(page), {field(1): "c1-0"})
    ((source, one),) = contributions_of(user, count=5)
    assert (source.name, one.title, one.wrote_at) == ("surveys", "Enquête (fr)", None)
    assert one.title in words(parsed(client.get(reverse("my_home"))).find("main"))
    SurveyPage.objects.update(closes_at=timezone.now() - timedelta(days=1))
    closed = contributions_of(user, count=5)[0][1]
    assert closed.outcome != one.outcome


def test_the_page_of_a_survey_asks_the_same_number_of_queries_however_long_it_is(
    commune, django_assert_max_num_queries
):
    page = readable_survey([question(number, Kind.SEVERAL) for number in range(1, 30)])
    client = Client()
    client.get(page.url)
    with django_assert_max_num_queries(17):
        client.get(page.url)


def test_a_preview_can_be_filled_in_whole_and_goes_where_drafts_are_tried(commune):
    page = long_survey()
    html = parsed(page.make_preview_request())
    assert len(html.select("[data-ask]")) == len(every_kind())
    assert [heading.get_text() for heading in html.select(".ask__section")] == ["Le trajet", "L’accueil", "Pour finir"]
    assert html.select_one("form.survey__questions")["action"] == reverse("participation_try_survey", args=[page.pk])


def test_one_that_was_never_saved_can_be_looked_at(commune):
    page = SurveyPage(title="Brouillon", locale=consultation_index().locale)
    answer = page.make_preview_request()
    assert "Brouillon" in words(parsed(answer).find("h1"))
