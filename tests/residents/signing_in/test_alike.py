"""Nobody learns from the portal who has an account: the same answer, the same work, whether there is one or not.

Time is measured by what takes it: queries, mails, hashes of passwords.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mailing.models import OutgoingMail
from residents.models import SignInCode, User
from tests.factories import PASSWORD, UserFactory
from tests.reading import parsed
from tests.residents.signing_in.entering import address, ask_for_code, code_in, last_mail, type_code

pytestmark = pytest.mark.django_db
UNKNOWN = "nobody@auneval.example"


@pytest.fixture
def people() -> dict[str, str]:
    """Return one address of each sort."""
    return {
        "with an account": UserFactory().email,
        "without a password": User.objects.create_user("quiet@auneval.example").email,
        "of the staff": User.objects.create_superuser("staff@auneval.example", PASSWORD).email,
        "blocked": UserFactory(is_active=False).email,
        "unknown": UNKNOWN,
    }


def work_of(act: Callable[[], Any], hashed: list[str]) -> tuple[Any, ...]:
    """Return what the portal did: its statements by verb and table, the mails it queued, the passwords it hashed."""
    mails, before = OutgoingMail.objects.count(), len(hashed)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = act()
    verbs = Counter(" ".join(query["sql"].split()[:1]) for query in queries.captured_queries)
    return (
        response.status_code,
        response.headers.get("Location", ""),
        sorted(response.headers),
        tuple(sorted(verbs.items())),
        OutgoingMail.objects.count() - mails,
        len(hashed) - before,
    )


@pytest.fixture
def hashed(monkeypatch: Any) -> list[str]:
    """Collect each password that is hashed."""
    seen: list[str] = []
    hasher = hashers.get_hasher("default").__class__
    encode = hasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        seen.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(hasher, "encode", counted)
    return seen


@pytest.fixture(autouse=True)
def _warm(db: None) -> None:
    """What the process remembers from its first page (roots of the site, settings) is no difference between people."""
    ask_for_code(Client(), "first@auneval.example")
    Client().post(address("account_login_password"), {"login": "first@auneval.example", "password": "wrong"})


def same(results: dict[str, Any]) -> bool:
    return len({repr(result) for result in results.values()}) == 1


def test_asking_for_a_code_is_the_same_work_for_everybody(people, hashed):
    done = {who: work_of(lambda email=email: ask_for_code(Client(), email), hashed) for who, email in people.items()}
    assert same(done), done
    assert next(iter(done.values()))[4] == 1


def test_signing_up_is_the_same_work_for_everybody(people, hashed):
    def sign_up(email: str) -> Any:
        return Client().post(address("account_signup"), {"email": email, "language": "fr"})

    done = {who: work_of(lambda email=email: sign_up(email), hashed) for who, email in people.items()}
    assert same(done), done


def test_a_wrong_password_is_the_same_work_for_everybody(people, hashed):
    def sign_in(email: str) -> Any:
        return Client().post(address("account_login_password"), {"login": email, "password": "wrong-" * 3})

    done = {who: work_of(lambda email=email: sign_in(email), hashed) for who, email in people.items()}
    assert same(done), done
    assert next(iter(done.values()))[5] == 1


def test_the_right_password_of_a_blocked_account_is_answered_as_a_wrong_one_is(people):
    pages = {
        who: parsed(Client().post(address("account_login_password"), {"login": email, "password": password}))
        for who, email, password in [("blocked", people["blocked"], PASSWORD), ("unknown", UNKNOWN, PASSWORD)]
    }
    assert {page.select_one(".error-summary").get_text() for page in pages.values()}.__len__() == 1


def test_the_pages_that_follow_are_the_same_but_for_the_address(people):
    texts = {}
    for who, email in people.items():
        client = Client()
        ask_for_code(client, email)
        shown = client.get(address("account_confirm_login_code")).content.decode()
        wrong = type_code(client, "0000-0000").content.decode()
        texts[who] = [without_token(text).replace(email, "…") for text in (shown, wrong)]
    assert same(texts)


def without_token(text: str) -> str:
    page = parsed_text(text)
    for field in page.select("[name=csrfmiddlewaretoken]"):
        field.decompose()
    return str(page)


def parsed_text(text: str) -> Any:
    return parsed(type("Answer", (), {"content": text.encode()}))  # type: ignore[arg-type]


def test_a_wrong_code_is_the_same_work_for_everybody(people, hashed):
    done = {}
    for who, email in people.items():
        client = Client()
        ask_for_code(client, email)
        done[who] = work_of(lambda client=client: type_code(client, "0000-0000"), hashed)
    assert same({who: (each[0], each[1], each[5]) for who, each in done.items()}), done


def test_only_the_mailbox_is_told(people):
    for email in people.values():
        ask_for_code(Client(), email)
    texts = {who: last_mail(email) for who, email in people.items()}
    assert code_in(texts["with an account"])
    assert code_in(texts["without a password"])
    assert not code_in(texts["unknown"])
    assert not code_in(texts["blocked"])
    assert "bloqué" in texts["blocked"].subject
    assert all(mail.private for mail in texts.values())
    assert SignInCode.objects.count() == len(people) + 1


@pytest.mark.parametrize("email", [UNKNOWN, "blocked"])
def test_no_code_is_right_where_none_was_sent(client, people, email):
    ask_for_code(client, people.get(email, email))
    for guess in ("", " ", "-", "0000-0000"):
        type_code(client, guess)
    assert "_auth_user_id" not in client.session
