"""Sections are steps: forth and back, conditions without JavaScript, going on later; quizzes; answers that are changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from participation.models import Ballot, Draft, Survey
from participation.surveys.kinds import Kind
from tests.factories import NeighbourhoodFactory, UserFactory, resident_of
from tests.participation.answering.all_kinds import long_survey
from tests.participation.answering.visiting import address, field, form_in, send, words
from tests.participation.surveys.making import choice, counted, key_of, question, readable_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(commune: None) -> Any:
    return long_survey()


def test_forth_and_back_loses_nothing(page):
    client, url = Client(), address(page)
    sent = send(client, url, {field(1): "c1-0", field(3): ["c3-0", "c3-2"], field(4): "no"}, do="next")
    assert sent.url == f"{url}?step=2#form"
    sent = send(client, url, {field(5): "4", field(8): "pas un nombre"}, do="back", step=2)
    assert sent.url == f"{url}?step=1#form"
    assert sorted(form_in(client.get(f"{url}?step=1"))[field(3)]) == ["c3-0", "c3-2"]
    second = form_in(client.get(f"{url}?step=2"))
    assert (second[field(5)], second[field(8)]) == (["4"], "pas un nombre")


def test_what_is_unticked_is_gone(page):
    client, url = Client(), address(page)
    send(client, url, {field(1): "c1-0", field(3): ["c3-0", "c3-2"]}, do="next")
    opened = form_in(client.get(f"{url}?step=1"))
    del opened[field(3)]
    client.post(url, {**opened, "do": "next"})
    assert field(3) not in form_in(client.get(f"{url}?step=1"))


def test_a_question_that_an_answer_brings_out_is_asked_before_going_on(page):
    client, url = Client(), address(page)
    opened = form_in(client.get(f"{url}?step=1"))
    assert key_of(2) not in opened["seen"]
    shown = client.post(url, {**opened, field(1): "c1-1", "do": "next"})
    assert shown.status_code == 200
    assert key_of(2) in form_in(shown)["seen"]
    missing = client.post(url, {**form_in(shown), "do": "next"})
    assert f'href="#id_{field(2)}"' in missing.content.decode()
    assert client.post(url, {**form_in(missing), field(2): "12", "do": "next"}).url == f"{url}?step=2#form"


def test_a_whole_survey_is_answered_in_three_steps_with_its_place(page):
    mill = NeighbourhoodFactory()
    client, url = Client(), address(page)
    send(client, url, {field(1): "c1-1", field(2): "12", "seen": ",".join(map(key_of, range(1, 5)))}, do="next")
    ranks = {field(7, f"c7-{each}"): str(3 - each) for each in range(3)}
    send(client, url, {field(5): "4", field(6, "c6-0"): "5", **ranks, field(8): "2,5"}, do="next", step=2)
    near = {
        field(10, "lon"): "4,35",
        field(10, "lat"): "50.85",
        field(10, "words"): "Près du pont",
        field(9): "31/05/2026",
        "place": str(mill.pk),
    }
    sent = send(client, url, {**near, field(11): "Merci"}, step=3)
    assert sent.status_code == 302, words(sent)
    ballot = Ballot.objects.get()
    assert ballot.place == mill.pk
    assert ballot.answers == {
        key_of(1): {"marks": ["c1-1"]},
        key_of(2): {"written": True},
        key_of(5): {"point": 4},
        key_of(6): {"rows": {"c6-0": 5}},
        key_of(7): {"ranking": ["c7-2", "c7-1", "c7-0"]},
        key_of(8): {"number": "2.5"},
        key_of(9): {"date": "2026-05-31"},
        key_of(10): {"place": [4.35, 50.85]},
        key_of(11): {"written": True},
    }
    counted(page)


def test_a_mistake_in_an_earlier_step_leads_back_to_it(page):
    client, url = Client(), address(page)
    sent = send(client, url, {field(11): "Je commence par la fin"}, step=3)
    assert sent.status_code == 200
    assert form_in(sent)["step"] == "1"
    assert f'href="#id_{field(1)}"' in sent.content.decode()
    assert form_in(client.get(f"{url}?step=3"))[field(11)] == "Je commence par la fin"


def test_a_neighbourhood_that_is_none_is_refused_in_words(page):
    client, url = Client(), address(page)
    send(client, url, {field(1): "c1-0"}, do="next")
    sent = send(client, url, {"place": "999999"}, step=3)
    assert 'href="#id_place"' in sent.content.decode()
    assert not Ballot.objects.exists()


def test_a_section_that_does_not_show_is_no_step(commune):
    when = {"question": key_of(1), "operator": "is", "values": ["c1-1"]}
    page = readable_survey([question(1), question(2, starts_section="Suite", section_shows_when=when)])
    client, url = Client(), address(page)
    sent = send(client, url, {field(1): "c1-1"}, do="next")
    assert sent.url == f"{url}?step=2#form"
    last = send(client, url, {field(1): "c1-0"}, do="next")
    assert last.url == f"{url}?step=1&said=last#form"
    assert send(client, url, {}, step=1).status_code == 302
    assert Ballot.objects.get().seen == [key_of(1)]


def test_what_was_begun_can_be_taken_up_in_the_other_language_or_erased(page):
    client = Client()
    sent = send(client, address(page), {field(1): "c1-0"}, do="later")
    assert "30" in words(client.get(sent.url))
    assert form_in(client.get(f"{address(page, 'nl')}?step=1"))[field(1)] == ["c1-0"]
    client.post(address(page, "nl"), {"do": "forget"})
    assert not Draft.objects.exists()
    assert field(1) not in form_in(client.get(f"{address(page)}?step=1"))


def test_a_session_that_ended_loses_nothing(commune):
    page = readable_survey([question(1), question(2, Kind.LONG_TEXT)], access="signed_in", asks_neighbourhood=False)
    user, client, url = UserFactory(), Client(), address(page)
    client.force_login(user)
    opened = form_in(client.get(url))
    client.logout()
    refused = client.post(url, {**opened, field(2): "Une heure de travail", "do": "send"})
    assert refused.status_code == 403
    client.force_login(user)
    again = client.get(f"{url}?step=1")
    assert form_in(again)[field(2)] == "Une heure de travail"
    assert client.post(url, {**form_in(again), "do": "send"}).status_code == 302
    assert Ballot.objects.count() == 1


def test_an_answer_that_is_openly_not_anonymous_can_be_changed_until_closing(commune):
    page = readable_survey([question(1)], access="signed_in", is_open_about_who_answered=True)
    client, url = Client(), address(page)
    client.force_login(UserFactory())
    send(client, url, {field(1): "c1-0"})
    assert not form_in(client.get(f"{url}?step=1"))
    client.post(url, {"do": "change"})
    opened = form_in(client.get(f"{url}?step=1"))
    assert opened[field(1)] == ["c1-0"]
    client.post(url, {**opened, field(1): "c1-2", "do": "send"})
    assert Ballot.objects.get().answers == {key_of(1): {"marks": ["c1-2"]}}
    assert Survey.objects.get().answers == 1


def test_an_anonymous_answer_cannot_be_changed(commune):
    page = readable_survey([question(1)], access="signed_in")
    client, url = Client(), address(page)
    client.force_login(UserFactory())
    send(client, url, {field(1): "c1-0"})
    client.post(url, {"do": "change"})
    client.post(url, {field(1): "c1-2", "do": "send", "step": "1"})
    assert Ballot.objects.get().answers == {key_of(1): {"marks": ["c1-0"]}}


def test_a_quiz_tells_what_was_right_after_each_step_and_the_score_at_the_end(commune):
    right = [choice("a", "Namur"), choice("b", "Gand", is_right=True)]
    page = readable_survey(
        [
            question(1, options=right, explanation="Gand a un port."),
            question(2, Kind.YES_NO, right_answer="yes", starts_section="Suite"),
        ],
        is_quiz=True,
        asks_neighbourhood=False,
    )
    client, url = Client(), address(page)
    told = client.get(send(client, url, {field(1): "a"}, do="next").url)
    assert "Gand a un port." in words(told)
    late = client.post(url, {"step": "1", field(1): "b", "do": "next"})
    assert late.url == f"{url}?step=2#form"
    done = send(client, url, {field(2): "yes"}, step=2)
    assert done.status_code == 200
    assert words(done).count("1") >= 1
    assert Ballot.objects.get().answers == {key_of(1): {"marks": ["a"]}, key_of(2): {"marks": ["yes"]}}
    assert not Draft.objects.exists()


def test_where_a_resident_lives_is_chosen_for_them_to_confirm(commune):
    mill = NeighbourhoodFactory()
    page = readable_survey([question(1)], access="signed_in", asks_neighbourhood=True)
    client = Client()
    client.force_login(resident_of(mill))
    assert form_in(client.get(address(page)))["place"] == str(mill.pk)


def test_a_connection_that_begins_very_many_is_told_to_wait_and_whoever_has_begun_goes_on(page, settings):
    settings.ANSWERING_PER_HOUR = {**settings.ANSWERING_PER_HOUR, "drafts": 1}
    first, second = Client(), Client()
    assert send(first, address(page), {field(1): "c1-0"}, do="next").status_code == 302
    refused = send(second, address(page), {field(1): "c1-2"}, do="next")
    assert refused.status_code == 429
    assert form_in(refused)[field(1)] == ["c1-2"]
    assert send(first, address(page), {field(5): "3"}, do="next", step=2).status_code == 302
    assert Draft.objects.count() == 1
