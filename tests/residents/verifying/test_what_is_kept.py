"""After a verification nothing says who it was: every table, log, mail and session is read for the person's words."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from residents.models import Letter, User
from residents.verifying.counter import counter_number
from residents.verifying.letters import enter_code, print_letters
from residents.verifying.openid import verify_by_openid
from tests.factories import NeighbourhoodFactory
from tests.residents.verifying.people import HOME, PERSON, TYPED, days

pytestmark = pytest.mark.django_db
NATIONAL_NUMBER = "57032999744"
TRACES = [
    "zwarteveld", "ourthe", "zénobie", "zenobie", "z\\u00e9nobie", "1957-03-29", "29/03/1957", "29031957", "xylophone",
    NATIONAL_NUMBER,
]  # fmt: skip


def everything() -> str:
    """Return every value of every row of every table, sessions opened, as one text."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in apps.get_models(include_auto_created=True)}:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            found += [str(value) for row in cursor.fetchall() for value in row]
    found += [json.dumps(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(found).lower()


def kept() -> list[str]:
    text = everything()
    return [trace for trace in TRACES if trace in text]


def by_letter(user: User, clerk: User, signed_in: Callable[[User], Any]) -> None:
    client = signed_in(user)
    client.post(reverse("my_letter"), {**TYPED, **HOME})
    assert "zwarteveld" in kept()  # until the letter is used: the test can see it
    _batch, letters = print_letters(letters=[Letter.objects.get().pk], by=clerk, now=days(0))
    client.post(reverse("my_verification"), {"code": letters[0].code})


def at_counter(user: User, clerk: User, signed_in: Callable[[User], Any]) -> None:
    number = counter_number(user).replace(" ", "")
    signed_in(clerk).post(reverse("counter_account", args=[number]), {**TYPED, "national_number": NATIONAL_NUMBER})


def without_an_address(user: User, clerk: User, signed_in: Callable[[User], Any]) -> None:
    place = NeighbourhoodFactory()
    form = {**TYPED, "neighbourhood": place.pk, "language": "fr"}
    signed_in(clerk).post(reverse("counter_register"), form)
    signed_in(clerk).post(reverse("counter_register"), form)
    signed_in(clerk).post(reverse("counter_find_by_card"), TYPED)


def by_electronic_identity(user: User, clerk: User, signed_in: Callable[[User], Any]) -> None:
    claims = {"sub": NATIONAL_NUMBER, "family_name": PERSON["family_name"], "given_name": PERSON["given_name"]}
    verify_by_openid(user, {**claims, "birthdate": "1957-03-29", "national_number": NATIONAL_NUMBER})


@pytest.mark.parametrize("way", [by_letter, at_counter, without_an_address, by_electronic_identity])
def test_no_name_no_birthday_and_no_national_number_remains(
    way: Callable[..., None], resident: User, clerk: User, signed_in: Any, caplog: Any
):
    with caplog.at_level(logging.DEBUG):
        way(resident, clerk, signed_in)
    assert "fingerprint" in [field.name for field in apps.get_model("residents.Verification")._meta.fields]
    assert apps.get_model("residents.Verification").objects.count() == 1
    assert kept() == []
    said = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends").lower()
    assert [trace for trace in TRACES if trace in said] == []


def test_what_is_kept_is_when_how_until_when_by_whom_and_a_trace():
    fields = {field.name for field in apps.get_model("residents.Verification")._meta.get_fields()}
    assert fields == {"voter", "method", "verified_at", "valid_until", "verified_by", "fingerprint"}


def test_a_locked_letter_leaves_no_word_either(resident: User, clerk: User, signed_in: Any):
    signed_in(resident).post(reverse("my_letter"), {**TYPED, **HOME})
    print_letters(letters=[Letter.objects.get().pk], by=clerk, now=days(0))
    for _try in range(5):
        enter_code(user=resident, code="BBBBBBBBBB", now=days(1))
    assert kept() == []
