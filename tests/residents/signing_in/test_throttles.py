"""How often one may try: by account, by network address, whatever a header claims."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mailing.models import OutgoingMail
from tests.factories import UserFactory
from tests.reading import parsed, words
from tests.residents.signing_in.entering import (
    address,
    ask_for_code,
    code_in,
    is_in,
    last_mail,
    let_time_pass,
    second_step,
    set_up_app,
    sign_in_by_code,
    sign_in_by_password,
    type_code,
)

pytestmark = pytest.mark.django_db
WORDS = {"fr": "Il y a eu trop d’essais", "nl": "Er waren te veel pogingen"}


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_sixth_code_for_one_account_within_ten_minutes_is_refused_and_what_was_typed_is_kept(code):
    user = UserFactory()
    for turn in range(5):
        assert ask_for_code(Client(REMOTE_ADDR=f"192.0.2.{turn}"), user.email, code).status_code == 302
    response = ask_for_code(Client(REMOTE_ADDR="192.0.2.9"), user.email.upper(), code)
    page = parsed(response)
    assert response.status_code == 429
    assert WORDS[code] in words(page.select_one(".error-summary"))
    assert page.select_one("[name=email]")["value"].lower() == user.email
    assert page.html["lang"] == code
    assert OutgoingMail.objects.count() == 5
    let_time_pass()
    assert ask_for_code(Client(), user.email, code).status_code == 302


def test_an_account_that_is_not_there_is_limited_alike():
    for _turn in range(5):
        ask_for_code(Client(), "nobody@auneval.example")
    assert ask_for_code(Client(), "nobody@auneval.example").status_code == 429


def test_one_place_asks_for_thirty_codes_and_no_more():
    for turn in range(30):
        assert ask_for_code(Client(), f"someone{turn}@auneval.example").status_code == 302
    assert ask_for_code(Client(), "another@auneval.example").status_code == 429
    assert ask_for_code(Client(REMOTE_ADDR="192.0.2.7"), "another@auneval.example").status_code == 302


def test_signing_up_and_signing_in_are_counted_together():
    for _turn in range(5):
        ask_for_code(Client(), "noor@auneval.example")
    response = Client().post(address("account_signup"), {"email": "noor@auneval.example", "language": "nl"})
    assert response.status_code == 429
    assert parsed(response).select_one("[name=language][checked]")["value"] == "nl"


@pytest.mark.parametrize("forged", ["198.51.100.{}", "198.51.100.{}, 203.0.113.5", "nonsense {}", ""])
def test_a_forged_header_is_not_believed_without_a_proxy(forged):
    for turn in range(30):
        ask_for_code(Client(headers={"x-forwarded-for": forged.format(turn)}), f"someone{turn}@auneval.example")
    client = Client(headers={"x-forwarded-for": forged.format(99)})
    assert ask_for_code(client, "another@auneval.example").status_code == 429


@pytest.mark.parametrize("claimed", ["198.51.100.{0}, 203.0.113.5", "203.0.113.{0},203.0.113.5"])
def test_behind_a_proxy_what_it_adds_counts_and_not_what_the_sender_claims(settings, claimed):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for turn in range(30):
        ask_for_code(Client(headers={"x-forwarded-for": claimed.format(turn)}), f"someone{turn}@auneval.example")
    assert ask_for_code(Client(headers={"x-forwarded-for": claimed.format(99)}), "a@auneval.example").status_code == 429
    other = Client(headers={"x-forwarded-for": "203.0.113.5, 198.51.100.77"})
    assert ask_for_code(other, "a@auneval.example").status_code == 302


@pytest.mark.parametrize("header", ["203.0.113.5", "nonsense, more", ",", "203.0.113.5, [", "x" * 5000])
def test_a_header_that_is_too_short_or_unreadable_breaks_nothing(settings, header):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert ask_for_code(Client(headers={"x-forwarded-for": header}), "a@auneval.example").status_code == 302


def test_a_connection_without_an_address_is_counted_too():
    for turn in range(30):
        ask_for_code(Client(REMOTE_ADDR=""), f"someone{turn}@auneval.example")
    assert ask_for_code(Client(REMOTE_ADDR=""), "another@auneval.example").status_code == 429


def test_a_seventh_wrong_password_is_not_looked_at_and_neither_is_the_right_one(client):
    user = UserFactory()
    for _turn in range(6):
        assert sign_in_by_password(client, user, "wrong-wrong-wrong").status_code == 200
    response = sign_in_by_password(client, user)
    assert response.status_code == 429
    assert parsed(response).select_one("[name=login]")["value"] == user.email
    assert not is_in(client, user)
    sign_in_by_code(client, user)
    assert is_in(client, user)


def test_codes_of_one_account_are_tried_twenty_times_in_ten_minutes_however_many_were_asked(monkeypatch: Any, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask_for_code": "100/600s/ip"}
    user, clients = UserFactory(), []
    for turn in range(5):
        clients.append(Client(REMOTE_ADDR=f"192.0.2.{turn}"))
        ask_for_code(clients[-1], user.email)
        right = code_in(last_mail(user.email))
        statuses = [type_code(clients[-1], "0000-0000").status_code for _try in range(4)]
    assert statuses == [200] * 4
    assert type_code(clients[-1], right).status_code == 429
    assert not is_in(clients[-1], user)


def test_the_second_step_is_limited_too(client):
    user = UserFactory()
    set_up_app(user)
    sign_in_by_code(client, user)
    for _turn in range(6):
        assert second_step(client, "000000").status_code == 200
    assert second_step(client, "000000").status_code == 429


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_where_nothing_was_typed_the_answer_is_a_page_of_ours(client, code):
    for _turn in range(10):
        client.post(address("mfa_login_webauthn", code), {"credential": "{}"})
    response = client.post(address("mfa_login_webauthn", code), {"credential": "{}"})
    page = parsed(response)
    assert response.status_code == 429
    assert (page.html["lang"], WORDS[code] in page.get_text()) == (code, True)
