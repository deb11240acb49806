"""Accounts: one for each e-mail address, whatever its case."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from residents.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

OTHER_CASES = ["noor@auneval.example", "Noor@Auneval.Example", "NOOR@AUNEVAL.EXAMPLE"]


@pytest.fixture
def noor(db: None) -> User:
    return User.objects.create_user("Noor@Auneval.example", PASSWORD)


def test_an_account_keeps_its_address_in_lower_case(noor):
    assert noor.email == "noor@auneval.example"


@pytest.mark.parametrize("email", OTHER_CASES)
def test_the_database_refuses_a_second_account_whatever_the_case(noor, email):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=email)])


@pytest.mark.parametrize("email", OTHER_CASES)
def test_a_form_says_that_there_is_an_account_whatever_the_case(noor, email):
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            User(email=email, password="x").full_clean()
        said = " ".join(refused.value.messages)
    assert "exists already" in said or "already exists" in said


def test_the_form_of_the_admin_refuses_a_second_account_with_words(noor, administrator, signed_in):
    client = signed_in(administrator)
    client.raise_request_exception = False
    fields = {
        "email": "NOOR@auneval.example",
        "first_name": "Noor",
        "last_name": "Lambert",
        "password1": "een-lang-wachtwoord-voor-noor",
        "password2": "een-lang-wachtwoord-voor-noor",
    }
    response = client.post(reverse("wagtailusers_users:add"), fields)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert User.objects.filter(email__iexact=noor.email).count() == 1


@pytest.mark.parametrize("email", OTHER_CASES)
def test_signing_in_works_whatever_the_case(noor, client, email):
    assert authenticate(None, username=email, password=PASSWORD) == noor
    response = client.post(reverse("wagtailadmin_login"), {"username": email, "password": PASSWORD})
    assert response.status_code in {200, 302}
    assert client.login(username=email, password=PASSWORD)


def test_an_address_stored_in_capitals_signs_in_in_lower_case():
    UserFactory(email="Mixed.Case@Auneval.example")
    assert authenticate(None, username="mixed.case@auneval.example", password=PASSWORD)


@pytest.mark.parametrize("username", ["", None, "nobody@auneval.example", "noor", "%", "_oor@auneval.example"])
def test_nobody_signs_in_with_what_is_not_an_address_of_theirs(noor, username):
    assert authenticate(None, username=username, password=PASSWORD) is None


def test_a_wrong_password_or_a_closed_account_does_not_sign_in(noor):
    assert authenticate(None, username=noor.email, password="wrong") is None
    noor.is_active = False
    noor.save()
    assert authenticate(None, username=noor.email, password=PASSWORD) is None


def test_an_account_is_made_without_any_right(noor):
    assert (noor.is_staff, noor.is_superuser, noor.is_active) == (False, False, True)
    assert not noor.has_perm("wagtailadmin.access_admin")


def test_an_account_without_password_cannot_be_signed_in_to():
    user = User.objects.create_user("quiet@auneval.example")
    assert not user.has_usable_password()


def test_passwords_are_not_stored_as_they_are(noor):
    assert PASSWORD not in noor.password


def test_a_superuser_is_made_in_python():
    user = User.objects.create_superuser("Root@Auneval.example", PASSWORD)
    assert (user.email, user.is_staff, user.is_superuser) == ("root@auneval.example", True, True)


def test_a_superuser_is_made_on_the_command_line(monkeypatch: Any):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Root@Auneval.example", interactive=False, stdout=StringIO())
    user = authenticate(None, username="root@auneval.example", password=PASSWORD)
    assert user.is_superuser
    with pytest.raises((CommandError, IntegrityError)), transaction.atomic():
        call_command("createsuperuser", email="ROOT@auneval.example", interactive=False, stdout=StringIO())
    assert User.objects.filter(is_superuser=True).count() == 1


def test_a_person_is_called_by_their_name_and_else_by_their_address(noor):
    assert str(noor) == "noor@auneval.example"
    noor.first_name, noor.last_name = "Noor", "Lambert"
    assert str(noor) == "Noor Lambert"


@pytest.mark.parametrize("email", ["", None])
def test_an_account_is_not_made_without_an_address(email):
    with pytest.raises(ValueError, match=r"\w"):
        User.objects.create_user(email, PASSWORD)


def test_an_account_without_an_address_has_none_rather_than_an_empty_one():
    first, second = User.objects.create_without_address(), User.objects.create_without_address()
    assert first.email is None
    assert not first.has_usable_password()
    assert str(first) != str(second)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=first.pk).update(email="")


@pytest.mark.parametrize("email", ["noor", "noor@", "@auneval.example", "a b@auneval.example"])
def test_what_is_not_an_address_is_refused_by_a_form(email):
    with pytest.raises(ValidationError) as refused:
        User(email=email, password="x").full_clean()
    assert "email" in refused.value.message_dict


@pytest.mark.parametrize("password", ["short", "password1234", "noor@auneval.example"])
def test_a_weak_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(email="noor@auneval.example"))
