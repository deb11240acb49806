"""Many at once, on PostgreSQL, where rows are locked: a code bears five tries, and is used once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from residents.models import SignInCode, User
from residents.models.sign_in_codes import MOST_TRIES
from residents.signing_in import forms
from tests.factories import UserFactory
from tests.residents.signing_in.entering import ask_for_code, code_in, is_in, last_mail, type_code

postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other")
pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), postgresql]
MANY = 50


@pytest.fixture(autouse=True)
def _limits_are_wide(settings: Any) -> None:
    """What is tested is the count of the code alone, not the limits in front of it."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "try_code": "1000/m/ip"}


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    start, results = threading.Barrier(number), [None] * number

    def run(turn: int) -> None:
        try:
            start.wait()
            results[turn] = act(turn)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(turn,)) for turn in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def copies(client: Client, number: int) -> list[Client]:
    """Return browsers that share one session."""
    made = []
    for _each in range(number):
        copy = Client()
        copy.cookies.load(client.cookies.output(header="", sep=";"))
        made.append(copy)
    return made


@pytest.fixture
def asked() -> tuple[Client, User, str]:
    client, user = Client(), UserFactory()
    ask_for_code(client, user.email)
    return client, user, code_in(last_mail(user.email))


def test_fifty_wrong_codes_at_once_are_five_tries(asked, monkeypatch):
    client, user, code = asked
    looked_at = []
    compare = forms.ConfirmLoginCodeForm.clean_code
    monkeypatch.setattr(
        forms.ConfirmLoginCodeForm, "clean_code", lambda form: (looked_at.append(form.data["code"]), compare(form))[1]
    )
    browsers = copies(client, MANY)
    wrong = [f"{number:08d}" for number in range(MANY)]
    answers = at_once(MANY, lambda turn: type_code(browsers[turn], wrong[turn]).status_code)
    assert len(looked_at) == MOST_TRIES
    assert answers.count(200) == MOST_TRIES
    assert set(answers) <= {200, 302, 429}
    assert SignInCode.objects.get().tries == MOST_TRIES
    type_code(client, code)
    assert not is_in(client, user)


def test_of_many_who_type_the_right_code_at_once_one_comes_in(asked):
    client, user, code = asked
    browsers = copies(client, 10)
    at_once(10, lambda turn: type_code(browsers[turn], code))
    assert sum(is_in(browser, user) for browser in browsers) == 1


def test_two_newcomers_with_one_address_at_once_make_one_account():
    browsers = [Client(), Client()]
    codes = []
    for browser in browsers:
        browser.post("/fr/compte/inscription/", {"email": "noor@voorbeeld.example", "language": "fr"})
        codes.append(code_in(last_mail("noor@voorbeeld.example")))
    at_once(2, lambda turn: type_code(browsers[turn], codes[turn]))
    user = User.objects.get(email="noor@voorbeeld.example")
    assert all(is_in(browser, user) for browser in browsers)
