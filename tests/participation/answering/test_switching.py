"""The other language, or a session that ended, in the middle of a step: nothing that was typed is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from participation.models import Ballot, Draft, SurveyPage
from participation.surveys.kinds import Kind
from tests.factories import UserFactory
from tests.participation.answering.all_kinds import long_survey
from tests.participation.answering.visiting import address, field, form_in, send, words
from tests.participation.surveys.making import choice, key_of, question, readable_survey
from tests.reading import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(commune: None) -> Any:
    return long_survey()


def test_the_switch_of_a_form_is_a_button_that_takes_along_what_was_typed(page):
    client, french, dutch = Client(), address(page), address(page, "nl")
    send(client, french, {field(1): "c1-0"}, do="next")
    opened = parsed(client.get(f"{french}?step=2"))
    switch = opened.select_one(".site-header button[value=switch]")
    assert (switch["lang"], switch["name"], switch["form"]) == (
        "nl",
        "do",
        opened.select_one("form[data-survey]")["id"],
    )
    sent = send(client, french, {field(5): "4", field(8): "pas un nombre"}, do="switch", step=2)
    assert sent.url == f"{dutch}?step=2#form"
    second = form_in(client.get(sent.url))
    assert (second[field(5)], second[field(8)]) == (["4"], "pas un nombre")
    assert form_in(client.get(f"{dutch}?step=1"))[field(1)] == ["c1-0"]
    back = client.post(dutch, {**second, field(5): "2", "do": "switch"})
    assert back.url == f"{french}?step=2#form"
    assert form_in(client.get(back.url))[field(5)] == ["2"]


def test_who_presses_enter_sends_and_does_not_switch(page):
    """The first button of a form in the order of the page is the one that Enter presses (HTML, 4.10.21.2)."""
    opened = parsed(Client().get(f"{address(page)}?step=1"))
    first = opened.select("button[form], form[data-survey] button")[0]
    assert (first["name"], first["value"]) == ("do", "send")
    client = Client()
    sent = {**form_in(client.get(f"{address(page)}?step=1")), field(1): "c1-0", "do": "send"}
    assert client.post(address(page), sent).url == f"{address(page)}?step=2#form"


def test_an_empty_form_leaves_no_trace_when_one_switches(page):
    client = Client()
    sent = send(client, address(page), {}, do="switch")
    assert sent.url == f"{address(page, 'nl')}?step=1#form"
    assert set(client.cookies) == {"csrftoken"}
    assert not Draft.objects.exists()


def test_what_is_wrong_with_a_step_does_not_hold_up_the_switch(page):
    client = Client()
    wrong = client.post(address(page), {**form_in(client.get(f"{address(page)}?step=1")), field(1): "x", "do": "next"})
    assert parsed(wrong).select(".error-summary")
    sent = client.post(address(page), {**form_in(wrong), field(1): "c1-2", "do": "switch"})
    assert form_in(client.get(sent.url))[field(1)] == ["c1-2"]


def test_a_connection_that_may_keep_no_more_sees_its_form_again(page, settings):
    settings.ANSWERING_PER_HOUR = {**settings.ANSWERING_PER_HOUR, "drafts": 0}
    refused = send(Client(), address(page), {field(1): "c1-2"}, do="switch")
    assert refused.status_code == 429
    assert form_in(refused)[field(1)] == ["c1-2"]


def test_a_survey_that_closed_meanwhile_is_told_so_in_the_other_language(page):
    client = Client()
    opened = {**form_in(client.get(f"{address(page)}?step=1")), field(1): "c1-2", "do": "switch"}
    SurveyPage.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    shown = client.get(client.post(address(page), opened).url)
    assert not form_in(shown)
    assert not Draft.objects.exists()


def test_a_quiz_can_not_be_answered_again_by_switching(commune):
    right = [choice("a", "Namur"), choice("b", "Gand", is_right=True)]
    asked = [question(1, options=right), question(2, Kind.YES_NO, starts_section="Suite")]
    page = readable_survey(asked, is_quiz=True, asks_neighbourhood=False)
    client, url = Client(), address(page)
    send(client, url, {field(1): "a"}, do="next")
    client.post(url, {"step": "1", field(1): "b", "do": "switch"})
    assert Draft.objects.get().typed[field(1)] == ["a"]
    client.post(url, {"step": "9", "do": "switch"})
    assert Draft.objects.get().step == 1


def test_a_survey_in_one_language_has_no_other_to_switch_to(page):
    SurveyPage.objects.filter(locale__language_code="nl").update(live=False)
    opened = Client().get(f"{address(page)}?step=1")
    assert not parsed(opened).select("button[value=switch]")
    sent = send(Client(), address(page), {field(1): "c1-0"}, do="switch")
    assert sent.url == f"{address(page)}?step=1#form"


@pytest.fixture
def for_members(commune: None) -> SurveyPage:
    asked = [question(1), question(2, Kind.LONG_TEXT, starts_section="Suite"), question(3)]
    return readable_survey(asked, access="signed_in", asks_neighbourhood=False)


@pytest.mark.parametrize("do", ["next", "back", "later", "send", "switch"])
def test_a_session_that_ended_in_the_middle_of_a_step_loses_nothing_whatever_was_pressed(for_members, do):
    user, client, url = UserFactory(), Client(), address(for_members)
    client.force_login(user)
    send(client, url, {field(1): "c1-0"}, do="next")
    opened = form_in(client.get(f"{url}?step=2"))
    client.cookies.pop("sessionid")
    refused = client.post(url, {**opened, field(2): "Une heure de travail", field(3): "c3-1", "do": do})
    assert refused.status_code == (302 if do == "switch" else 403)
    assert not Ballot.objects.exists()
    client.force_login(user)
    assert "?step=2" in client.get(url).content.decode()
    again = form_in(client.get(f"{address(for_members, 'nl')}?step=2"))
    assert (again[field(2)], again[field(3)]) == ("Une heure de travail", ["c3-1"])
    assert client.post(url, {**again, "do": "send"}).status_code == 302
    assert Ballot.objects.get().answers[key_of(1)] == {"marks": ["c1-0"]}


def test_who_signed_in_again_in_another_window_sends_a_stale_form_and_finds_all_of_it_again(for_members):
    """Signing in changes the key against forgeries: the form that was open carries the old one."""
    user, client, url = UserFactory(), Client(enforce_csrf_checks=True), address(for_members)
    client.force_login(user)
    send_token = client.get(f"{url}?step=1")
    opened = {**form_in(send_token), "csrfmiddlewaretoken": "x" * 64}
    refused = client.post(url, {**opened, field(1): "c1-1", "do": "next"})
    assert refused.status_code == 403
    assert form_in(refused)[field(1)] == ["c1-1"]
    token = parsed(refused).select_one("form[data-survey] [name=csrfmiddlewaretoken]")["value"]
    went_on = client.post(url, {**form_in(refused), "csrfmiddlewaretoken": token, "do": "next"})
    assert went_on.url == f"{url}?step=2#form"
    assert "Enquête" in words(client.get(went_on.url))
