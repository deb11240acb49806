"""A survey whose page was deleted or taken offline: its results stay for staff, and old links say what became of it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.models import Survey, SurveyPage, SurveyQuestion
from tests.factories import UserFactory, editor_of
from tests.participation.factories import live_consultation
from tests.participation.surveys.making import mark, question, readable_survey, respond
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(commune: None) -> SurveyPage:
    page = readable_survey([question(1)], asks_neighbourhood=False, results_for="everybody")
    SurveyPage.objects.update(first_published_at=timezone.now())
    for number in range(18):
        respond(page, mark(1, number % 3))
    page.refresh_from_db()
    return page


def delete(page: SurveyPage) -> None:
    """Its translation goes with it."""
    page.delete()
    assert not SurveyPage.objects.filter(translation_key=page.translation_key).exists()


def text_of(answer: Any) -> str:
    return words(parsed(answer).main)


@pytest.mark.parametrize("below", ["", "resultats/", "resultats/csv/", "merci/"])
def test_old_links_to_a_deleted_survey_say_that_it_is_no_longer_online(client, page, below):
    french, dutch = page.url, page.get_translations().get().url
    delete(page)
    told = client.get(f"{french}{below}")
    assert told.status_code == HTTPStatus.GONE
    assert "Cette enquête n’est plus en ligne" in text_of(told)
    assert "Enquête (fr)" in text_of(told)
    assert "agents communaux" not in text_of(told)
    assert "staat niet meer online" in text_of(client.get(dutch))
    assert client.post(french, {"do": "send"}).status_code == HTTPStatus.GONE


def test_a_survey_that_goes_with_its_consultation_leaves_its_address(client, commune):
    consultation = live_consultation()
    page = SurveyPage(title="Enquête", slug="avis", locale=consultation.locale, department=consultation.department)
    page.questions = [SurveyQuestion(**question(1))]
    page.first_published_at = timezone.now()
    consultation.add_child(instance=page)
    respond(page, mark(1))
    address = page.url
    consultation.delete()
    assert client.get(address).status_code == HTTPStatus.GONE


def test_what_nobody_could_read_or_answer_is_not_found(client, page):
    draft = readable_survey([question(1)], live=False)
    assert client.get(draft.url).status_code == HTTPStatus.NOT_FOUND
    unanswered = readable_survey([question(1)])
    address = unanswered.url
    delete(unanswered)
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"{page.url}nulle-part/").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"{page.get_parent().url}%00/").status_code == HTTPStatus.NOT_FOUND


def test_a_page_that_is_taken_offline_names_the_department_to_ask(client, page):
    page.unpublish()
    told = client.get(page.url)
    assert told.status_code == HTTPStatus.GONE
    assert page.department.name in text_of(told)
    assert client.get(f"{page.get_translations().get().url}?step=1").status_code == HTTPStatus.GONE


def test_staff_finds_the_results_of_a_deleted_survey_and_its_files(signed_in, desk, page):
    delete(page)
    staff = signed_in(desk)
    key = Survey.objects.get().pk
    listed = parsed(staff.get(reverse("survey_results"))).find("section", {"aria-labelledby": "gone"})
    assert listed.find("a")["href"] == reverse("kept_results", args=[key])
    assert staff.get(reverse("survey_result", args=[key])).url == reverse("kept_results", args=[key])
    shown = text_of(staff.get(reverse("kept_results", args=[key])))
    assert "18 réponses, sur 18 personnes qui ont vu la question" in shown
    for kind in ("csv", "json", "xlsx"):
        file = staff.get(reverse("kept_results_file", args=[key, kind]))
        assert b"".join(file.streaming_content)
    assert staff.get(reverse("kept_results_file", args=[key, "docx"])).status_code != HTTPStatus.OK


def test_staff_sees_results_of_an_offline_page_no_earlier_than_its_page_said(signed_in, desk, page):
    SurveyPage.objects.update(live=False, closes_at=timezone.now() + timedelta(days=1))
    staff, address = signed_in(desk), reverse("kept_results", args=[page.survey_key])
    assert staff.get(address).status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN)
    SurveyPage.objects.update(closes_at=timezone.now() - timedelta(days=1))
    assert "18 réponses" in text_of(staff.get(address))
    assert reverse("survey_result", args=[page.survey_key]) in staff.get(page.url).content.decode()


def test_where_the_page_is_live_the_results_stand_below_it(signed_in, desk, page):
    SurveyPage.objects.update(closes_at=timezone.now() - timedelta(days=1))
    assert signed_in(desk).get(reverse("kept_results", args=[page.survey_key])).url == page.results_url


@pytest.mark.parametrize("who", ["resident", "clerk", "editor", "nobody"])
def test_others_see_no_results_of_a_deleted_survey(client, signed_in, request, page, who):
    address = reverse("kept_results", args=[page.survey_key])
    department = page.department
    delete(page)
    user = {"editor": lambda: editor_of(department), "nobody": UserFactory}.get(who)
    visitor = signed_in(user() if user else request.getfixturevalue(who))
    assert visitor.get(address).status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN)
    assert client.get(address).status_code == HTTPStatus.FOUND
