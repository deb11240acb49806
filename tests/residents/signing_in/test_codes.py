"""A code by mail: to sign in, to sign up, a few tries, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from mailing.models import OutgoingMail
from residents.models import Residency, SignInCode, User
from residents.models.sign_in_codes import MOST_TRIES
from residents.signing_in.codes import forget_codes
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.reading import parsed
from tests.residents.signing_in.entering import (
    address,
    ask_for_code,
    code_in,
    is_in,
    last_mail,
    sign_in_by_code,
    type_code,
)

pytestmark = pytest.mark.django_db
in_both_languages = pytest.mark.parametrize("code", ["fr", "nl"])
NEWCOMER = "noor.peeters@voorbeeld.example"


def sign_up(client: Client, code: str = "fr", **fields: object) -> object:
    return client.post(address("account_signup", code), {"email": NEWCOMER, "language": code, **fields})


@in_both_languages
def test_a_newcomer_has_an_account_once_the_code_came_back_and_not_before(client, code):
    place = NeighbourhoodFactory()
    response = sign_up(client, code, neighbourhood=place.pk)
    assert response.url == address("account_confirm_login_code", code)
    assert not User.objects.exists()
    mail = last_mail(NEWCOMER)
    assert (mail.language, mail.private, mail.kind) == (code, True, "sign_in")
    assert code_in(mail) in mail.subject
    assert code_in(mail) in mail.html
    response = type_code(client, code_in(mail), code)
    assert response.url == address("welcome", code)
    user = User.objects.get()
    assert is_in(client, user)
    assert (user.email, user.first_name, user.last_name, user.has_usable_password()) == (NEWCOMER, "", "", False)
    assert UserProfile.get_for_user(user).preferred_language == code
    assert Residency.objects.get(user=user).neighbourhood == place
    assert EmailAddress.objects.get(user=user).verified


@in_both_languages
def test_signing_up_asks_for_three_things_and_the_language_is_that_of_the_page(client, code):
    page = parsed(client.get(address("account_signup", code)))
    asked = {field["name"] for field in page.select("main form [name]")} - {"csrfmiddlewaretoken"}
    assert asked == {"email", "language", "neighbourhood"}
    assert page.select_one("[name=language][checked]")["value"] == code


def test_a_neighbourhood_may_be_chosen_later(client):
    sign_up(client, neighbourhood="")
    type_code(client, code_in(last_mail(NEWCOMER)))
    assert Residency.objects.get().neighbourhood is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "noor"},
        {"email": ""},
        {"language": "de"},
        {"language": ""},
        {"neighbourhood": "999999"},
        {"neighbourhood": "x"},
        {"email": "a" * 250 + "@b.example"},
    ],
)
def test_what_was_typed_wrong_is_said_and_what_was_typed_is_kept(client, wrong):
    response = sign_up(client, **wrong)
    assert response.status_code == 200
    page = parsed(response)
    assert page.select_one(".error-summary")
    assert page.title.get_text().strip().startswith("Erreur")
    kept = page.select_one("[name=email]")["value"] if "email" not in wrong else wrong["email"]
    assert kept == wrong.get("email", NEWCOMER)
    assert not OutgoingMail.objects.exists()


def test_whoever_has_an_account_and_signs_up_again_comes_into_it_and_it_stays_as_it_was(client):
    user = UserFactory(email=NEWCOMER, language="nl")
    assert sign_up(client, "fr").url == address("account_confirm_login_code")
    type_code(client, code_in(last_mail(NEWCOMER)))
    assert is_in(client, user)
    assert User.objects.count() == 1
    assert UserProfile.get_for_user(user).preferred_language == "nl"


def test_two_who_sign_up_with_one_address_at_the_same_time_have_one_account():
    first, second = Client(), Client()
    sign_up(first)
    code = code_in(last_mail(NEWCOMER))
    sign_up(second)
    type_code(second, code_in(last_mail(NEWCOMER)))
    type_code(first, code)
    user = User.objects.get()
    assert is_in(first, user)
    assert is_in(second, user)


@in_both_languages
def test_whoever_has_an_account_signs_in_with_a_code(client, code):
    user = UserFactory()
    response = sign_in_by_code(client, user, code)
    assert response.url == address("my_home", code)
    assert is_in(client, user)
    assert EmailAddress.objects.get(user=user).verified


def test_the_address_is_read_whatever_its_case(client):
    user = UserFactory(email="mixed@auneval.example")
    ask_for_code(client, "Mixed@Auneval.EXAMPLE")
    type_code(client, code_in(last_mail(user.email)))
    assert is_in(client, user)


def test_a_code_may_be_typed_without_its_dash_and_with_blanks(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    type_code(client, f" {code_in(last_mail(user.email)).replace('-', ' ')} ")
    assert is_in(client, user)


def test_a_code_is_tried_five_times_then_one_asks_for_another_and_the_address_is_kept(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    code = code_in(last_mail(user.email))
    for _each in range(MOST_TRIES):
        assert type_code(client, "0000-0000" if code != "0000-0000" else "1111-1111").status_code == 200
    response = type_code(client, code)
    assert response.status_code == 429
    page = parsed(response)
    assert page.select_one("[name=email]")["value"] == user.email
    assert page.select_one(".error-summary")
    assert type_code(client, code).url == address("account_login")
    assert not is_in(client, user)


@in_both_languages
def test_a_wrong_code_is_said_in_the_readers_language(client, code):
    ask_for_code(client, UserFactory().email, code)
    page = parsed(type_code(client, "0000-0000", code))
    assert {"fr": "Ce code n’est pas le bon", "nl": "Deze code klopt niet"}[code] in page.select_one(
        ".error"
    ).get_text()


def test_a_code_that_was_used_signs_nobody_in_again():
    user = UserFactory()
    client, copy = Client(), Client()
    ask_for_code(client, user.email)
    code = code_in(last_mail(user.email))
    copy.cookies.load(client.cookies.output(header="", sep=";"))
    type_code(client, code)
    assert is_in(client, user)
    assert type_code(copy, code).url == address("account_login")
    client.post(address("account_logout"))
    assert type_code(client, code).url == address("account_login")
    assert not is_in(client, user)


def test_a_code_of_a_session_that_was_kept_is_used_once(client):
    """Even where the session could be brought back as it was, its code is used up in the database."""
    user = UserFactory()
    ask_for_code(client, user.email)
    kept = dict(client.session.items())
    code = code_in(last_mail(user.email))
    type_code(client, code)
    other = Client()
    session = other.session
    session.update(kept)
    session.save()
    assert type_code(other, code).status_code == 429
    assert not is_in(other, user)


def test_a_code_works_in_the_browser_that_asked_for_it_alone(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    assert type_code(Client(), code_in(last_mail(user.email))).url == address("account_login")


def test_a_code_that_is_too_old_is_refused(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    SignInCode.objects.update(made_at=timezone.now() - timedelta(minutes=16))
    assert type_code(client, code_in(last_mail(user.email))).status_code == 429
    assert not is_in(client, user)


def test_an_earlier_code_is_refused_once_another_was_asked_for(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    earlier = code_in(last_mail(user.email))
    ask_for_code(client, user.email)
    type_code(client, earlier)
    assert not is_in(client, user)
    type_code(client, code_in(last_mail(user.email)))
    assert is_in(client, user)


def test_the_page_of_the_code_leads_back_where_none_was_asked_for(client):
    assert client.get(address("account_confirm_login_code")).url == address("account_login")


def test_the_database_allows_no_try_more_and_no_use_without_a_try():
    code = SignInCode.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInCode.objects.filter(pk=code.pk).update(tries=MOST_TRIES + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInCode.objects.filter(pk=code.pk).update(used_at=timezone.now())


def test_counts_of_codes_are_removed_after_a_day():
    SignInCode.objects.create(made_at=timezone.now() - timedelta(days=2))
    kept = SignInCode.objects.create()
    assert forget_codes() == 1
    assert list(SignInCode.objects.all()) == [kept]


def test_an_account_without_an_address_cannot_be_signed_in_to(client):
    user = User.objects.create_without_address()
    for email in ("", "None", "null@", "none@auneval.example"):
        ask_for_code(client, email)
    assert not is_in(client, user)
    assert not OutgoingMail.objects.filter(user=user).exists()
    assert sign_in_by_password_without_address(client) == 200


def sign_in_by_password_without_address(client: Client) -> int:
    return client.post(address("account_login_password"), {"login": "", "password": "x" * 20}).status_code


def test_a_code_is_not_told_by_the_page_nor_by_a_signature(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    code = code_in(last_mail(user.email))
    answer = client.get(address("account_confirm_login_code"))
    assert code not in answer.content.decode()
    assert all(code not in cookie.value for cookie in client.cookies.values())
    with pytest.raises(signing.BadSignature):
        signing.loads(client.cookies["sessionid"].value)
