"""A visitor answers on the survey's page: once, whole, in either language, and nothing that was typed is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from participation.answering.proofs import forget_proofs
from participation.models import Ballot, Draft, SpentProof, Survey, WrittenAnswer
from participation.surveys.kinds import Kind
from tests.participation.answering.visiting import address, field, form_in, send, solved
from tests.participation.surveys.making import counted, key_of, question, readable_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(commune: None) -> Any:
    return readable_survey([question(1, is_required=True), question(2, Kind.LONG_TEXT)], asks_neighbourhood=False)


def test_what_is_sent_is_kept_and_thanked_for(page):
    client = Client()
    sent = send(client, address(page), {field(1): "c1-1", field(2): "Bravo"})
    assert (sent.status_code, sent.url) == (302, f"{address(page)}merci/")
    assert Ballot.objects.get().answers == {key_of(1): {"marks": ["c1-1"]}, key_of(2): {"written": True}}
    assert WrittenAnswer.objects.get().text == "Bravo"
    assert client.get(sent.url).status_code == 200


def test_whoever_has_not_answered_is_not_thanked(page):
    response = Client().get(f"{address(page)}merci/")
    assert (response.status_code, response.url) == (302, address(page))


def test_both_languages_are_one_survey_and_one_total(page):
    client = Client()
    send(client, address(page), {field(1): "c1-1"})
    assert not form_in(client.get(address(page, "nl")))
    send(Client(), address(page, "nl"), {field(1): "c1-2"})
    assert {ballot.language for ballot in Ballot.objects.all()} == {"fr", "nl"}
    assert counted(page)[("", "ballots")] == 2


def test_the_same_form_sent_twice_counts_once_and_is_thanked_twice(page):
    client = Client()
    opened = client.get(address(page))
    sent = {**form_in(opened), field(1): "c1-0", "do": "send", "solution": solved(opened)}
    first, second = client.post(address(page), sent), client.post(address(page), sent)
    assert first.status_code == second.status_code == 302
    assert Survey.objects.get().answers == 1


def test_two_clicks_of_a_browser_without_its_cookie_yet_are_one_browsers(page):
    client = Client()
    opened = client.get(address(page))
    both = [{**form_in(opened), field(1): "c1-0", "do": "send", "solution": solved(opened)} for _each in range(2)]
    both[1]["solution"] = solved(client.get(address(page)))
    client.post(address(page), both[0])
    del client.cookies["survey_browser"]
    client.post(address(page), both[1])
    assert Survey.objects.get().answers == 1


def test_a_mistake_is_told_at_its_field_and_in_a_summary_and_all_that_was_typed_stays(page):
    sent = send(Client(), address(page), {field(2): "Mon <texte>"})
    assert sent.status_code == 200
    html = sent.content.decode()
    assert f'href="#id_{field(1)}"' in html
    assert f'id="id_{field(1)}_error"' in html
    assert form_in(sent)[field(2)] == "Mon <texte>"
    assert not Ballot.objects.exists()


def test_reading_the_terms_of_a_survey_in_steps_sets_no_cookie(commune):
    page = readable_survey([question(1), question(2, starts_section="Suite")])
    client = Client()
    assert form_in(client.get(address(page))) == {}
    assert not client.cookies


def test_a_form_whose_key_is_no_longer_right_is_shown_again_with_what_was_typed(page):
    client = Client(enforce_csrf_checks=True)
    client.get(address(page))
    sent = client.post(address(page), {field(1): "c1-2", field(2): "Long texte", "csrfmiddlewaretoken": "x" * 64})
    assert sent.status_code == 403
    assert form_in(sent)[field(1)] == ["c1-2"]
    assert form_in(sent)[field(2)] == "Long texte"
    assert not Ballot.objects.exists()
    token = client.cookies["csrftoken"].value
    again = {**form_in(sent), "do": "send", "solution": solved(sent), "csrfmiddlewaretoken": token}
    assert client.post(address(page), again).status_code == 302
    assert Ballot.objects.count() == 1


def test_what_another_site_sends_is_not_shown(page):
    client = Client(enforce_csrf_checks=True)
    client.get(address(page))
    sent = client.post(address(page), {field(2): "Piège"}, headers={"Origin": "https://ailleurs.example"})
    assert sent.status_code == 403
    assert "Piège" not in sent.content.decode()


def test_without_work_a_form_waits_and_then_counts(page, settings):
    client = Client()
    quick = send(client, address(page), {field(1): "c1-0"}, script=False)
    assert quick.status_code == 403
    assert form_in(quick)[field(1)] == ["c1-0"]
    settings.SURVEY_WAIT_SECONDS = 0
    assert send(client, address(page), {field(1): "c1-0"}, script=False).status_code == 302
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("solution", ["x", "eyJ9", "bnVsbA==", "W10=", "eyJjaGFsbGVuZ2UiOiAxfQ==", "A" * 3999])
def test_a_made_up_proof_is_refused_in_words(page, solution):
    sent = send(Client(), address(page), {field(1): "c1-0", "solution": solution}, script=False)
    assert sent.status_code == 403
    assert not Ballot.objects.exists()


def test_a_proof_is_worth_one_answer_whoever_sends_it(page):
    opened = Client().get(address(page))
    proof = {"solution": solved(opened), "ticket": ""}
    for number in range(2):
        client = Client()
        sent = client.post(address(page), {**form_in(client.get(address(page))), field(1): "c1-0", **proof})
        assert sent.status_code == (302 if number == 0 else 403)
    assert Ballot.objects.count() == 1


def test_a_proof_for_one_survey_is_worth_nothing_for_another(page):
    other = readable_survey(asks_neighbourhood=False)
    proof = {"solution": solved(Client().get(address(other)))}
    client = Client()
    sent = client.post(address(page), {**form_in(client.get(address(page))), field(1): "c1-0", **proof})
    assert sent.status_code == 403


def test_a_connection_from_which_many_answers_come_is_told_to_wait_and_loses_nothing(page, settings):
    settings.ANSWERING_PER_HOUR = {**settings.ANSWERING_PER_HOUR, "answers": 1}
    send(Client(), address(page), {field(1): "c1-0"})
    sent = send(Client(), address(page), {field(1): "c1-1", field(2): "Gardé"})
    assert sent.status_code == 429
    assert form_in(sent)[field(2)] == "Gardé"
    cache.clear()


def test_used_proofs_are_forgotten_once_they_would_be_too_old(page):
    send(Client(), address(page), {field(1): "c1-0"})
    assert forget_proofs() == 0
    assert forget_proofs(now=timezone.now() + timedelta(hours=13)) == 1
    assert not SpentProof.objects.exists()


def test_the_draft_goes_with_the_answer(page):
    client = Client()
    send(client, address(page), {field(2): "Plus tard"}, do="later")
    assert Draft.objects.count() == 1
    assert form_in(client.get(f"{address(page)}?step=1"))[field(2)] == "Plus tard"
    send(client, address(page), {field(1): "c1-0"})
    assert not Draft.objects.exists()
    assert WrittenAnswer.objects.get().text == "Plus tard"


def test_an_answer_without_any_answer_is_none(commune):
    page = readable_survey(asks_neighbourhood=False)
    sent = send(Client(), address(page), {})
    assert f'href="#id_{field(1)}"' in sent.content.decode()
    assert not Ballot.objects.exists()
