"""Sessions: none for reading, ended when an account is blocked, everywhere, whoever blocks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mailing.models import OutgoingMail
from residents.models import User
from tests.factories import PASSWORD, UserFactory
from tests.residents.signing_in.entering import address, is_in, let_time_pass, sign_in_by_code, sign_in_by_password

pytestmark = pytest.mark.django_db


def by_saving(user: User) -> None:
    user.is_active = False
    user.save()


def by_saving_one_field(user: User) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])


def by_updating(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def by_updating_many(user: User) -> None:
    user.is_active = False
    User.objects.bulk_update([user], ["is_active"])


def in_the_admin(user: User) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root@auneval.example", PASSWORD))
    fields = {"email": user.email, "first_name": "N", "last_name": "L"}
    assert client.post(reverse("wagtailusers_users:edit", args=[user.pk]), fields).status_code == 302


def with_others_in_the_admin(user: User) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root@auneval.example", PASSWORD))
    path = reverse("wagtail_bulk_action", args=["residents", "user", "set_active_state"])
    assert client.post(f"{path}?id={user.pk}", {"mark_as_active": "False"}).status_code == 302


WAYS = [by_saving, by_saving_one_field, by_updating, by_updating_many, in_the_admin, with_others_in_the_admin]


@pytest.mark.parametrize("block", WAYS)
def test_sessions_end_when_an_account_is_blocked_and_do_not_come_back(block: Callable[[User], None]):
    user = UserFactory()
    phone, computer = Client(), Client()
    sign_in_by_code(phone, user)
    sign_in_by_password(computer, user)
    assert computer.session.get_expiry_age() > 24 * 60 * 60
    block(user)
    assert not User.objects.get(pk=user.pk).is_active
    assert phone.get(address("my_security")).status_code == 302
    assert "_auth_user_id" not in phone.session
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert computer.get(address("my_security")).status_code == 302, "a session that slept through the blocking"
    sign_in_by_code(phone, User.objects.get(pk=user.pk))
    assert is_in(phone, user)


def test_a_blocked_account_signs_in_by_nothing(client):
    user = UserFactory(is_active=False)
    sign_in_by_code(client, user)
    sign_in_by_password(client, user)
    assert "_auth_user_id" not in client.session


def test_one_signs_out_everywhere_else(client):
    user, other = UserFactory(), Client()
    sign_in_by_code(client, user)
    sign_in_by_code(other, user)
    assert client.get(address("sign_out_elsewhere")).status_code == 405
    client.post(address("sign_out_elsewhere"))
    assert is_in(client, user)
    assert not is_in(other, user)


def test_a_password_is_set_changed_and_removed_and_each_is_told_by_mail(client):
    user, other = User.objects.create_user("quiet@auneval.example"), Client()
    sign_in_by_code(client, user)
    sign_in_by_code(other, user)
    for password in ("een-lang-wachtwoord", "un-autre-mot-de-passe"):
        assert client.post(address("account_set_password"), {"password": password}).url == address("my_security")
        user.refresh_from_db()
        assert user.check_password(password)
    assert is_in(client, user)
    assert not is_in(other, user)
    client.post(address("account_remove_password"))
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert is_in(client, user)
    assert OutgoingMail.objects.filter(kind="account_security", to=user.email).count() == 3


@pytest.mark.parametrize("weak", ["short", "123456789012", "quiet@auneval.example", ""])
def test_a_weak_password_is_refused_with_words(client, weak):
    user = User.objects.create_user("quiet@auneval.example")
    sign_in_by_code(client, user)
    response = client.post(address("account_set_password"), {"password": weak})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    user.refresh_from_db()
    assert not user.has_usable_password()


FRESH_ONLY = [
    "account_set_password",
    "account_change_password",
    "account_remove_password",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "unlink_identity",
]


@pytest.mark.parametrize("name", FRESH_ONLY)
def test_what_changes_how_one_signs_in_asks_to_sign_in_again_after_a_while(client, settings, name):
    user = UserFactory()
    sign_in_by_code(client, user)
    settings.FRESH_SIGN_IN_SECONDS = 0
    for response in (client.get(address(name)), client.post(address(name), {"password": "een-lang-wachtwoord"})):
        assert response.url.startswith(address("account_reauthenticate"))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    response = client.post(address("account_logout"), {"next": f"{address('account_login')}?next={address(name)}"})
    let_time_pass()
    assert response.url.startswith(address("account_login"))


@pytest.mark.parametrize("name", [*FRESH_ONLY, "my_security", "my_second_factor", "account_reauthenticate"])
@pytest.mark.parametrize("code", ["fr", "nl"])
def test_the_pages_of_a_residents_own_open_to_nobody_else(client, name, code):
    assert client.get(address(name, code)).url.startswith(address("account_login", code))


ENTRANCES = [
    "account_login",
    "account_login_password",
    "account_signup",
    "account_reset_password",
    "account_inactive",
    "socialaccount_login_cancelled",
]


@pytest.mark.parametrize("name", ENTRANCES)
@pytest.mark.parametrize("code", ["fr", "nl"])
def test_the_way_in_makes_no_session_before_something_is_typed(client, name, code):
    response = client.get(address(name, code))
    assert "sessionid" not in client.cookies
    assert response["X-Robots-Tag"] if "X-Robots-Tag" in response else "noindex" in response.content.decode()


def test_what_belongs_to_a_person_is_kept_by_no_shared_cache(client):
    sign_in_by_code(client, UserFactory())
    for path in (address("my_security"), "/fr/", "/nl/"):
        assert "private" in client.get(path)["Cache-Control"]


def test_the_header_leads_a_visitor_in_and_a_resident_to_their_page(client):
    assert f'href="{address("account_login")}"' in client.get("/fr/").content.decode()
    sign_in_by_code(client, UserFactory())
    page = client.get("/fr/").content.decode()
    assert f'href="{address("account_login")}"' not in page
    assert address("my_home") in page


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_the_page_of_signing_in_says_what_is_set_up_with_few_queries(client, code, django_assert_max_num_queries: Any):
    user = UserFactory()
    sign_in_by_code(client, user, code)
    client.get(address("my_security", code))
    with django_assert_max_num_queries(7):
        response = client.get(address("my_security", code))
    assert user.email in response.content.decode()


@pytest.mark.parametrize("name", ["account_email", "mfa_index", "mfa_list_webauthn", "socialaccount_connections"])
def test_pages_of_allauth_that_the_portal_does_not_need_lead_on(client, name):
    sign_in_by_code(client, UserFactory())
    assert client.get(address(name)).url == address("my_security")


def test_an_address_that_an_administrator_corrects_is_the_only_one_that_signs_in(client):
    user = UserFactory(email="wrong@auneval.example")
    sign_in_by_code(Client(), user)
    user.email = "right@auneval.example"
    user.save()
    assert list(user.emailaddress_set.all()) == []
    sign_in_by_code(client, user)
    assert is_in(client, user)
    assert list(user.emailaddress_set.values_list("email", "verified")) == [("right@auneval.example", True)]
