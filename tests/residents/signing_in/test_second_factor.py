"""The second factor: staff have one before anything opens to them, residents may."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from mailing.models import OutgoingMail
from moderation.roles import DESK
from residents.models import User
from residents.signing_in.adapters import SecondFactorAdapter
from tests.factories import UserFactory
from tests.reading import parsed
from tests.residents.signing_in.entering import (
    address,
    code_of_app,
    is_in,
    let_time_pass,
    second_step,
    set_up_app,
    sign_in_by_code,
    sign_in_by_password,
)

pytestmark = pytest.mark.django_db
SET_UP = "/fr/mon-espace/connexion/deuxieme-etape/"


@pytest.fixture(autouse=True)
def _staff_need_it(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def member(db: None) -> User:
    return UserFactory(groups=[DESK.group])


def key_shown(client: Client) -> str:
    return str(parsed(client.get(address("mfa_activate_totp"))).select_one(".secret").get_text())


def set_up(client: Client, user: User) -> Any:
    """Set up an app as a person does: type the code that goes with the key on the page."""
    app = Authenticator(user=user, type="totp", data={"secret": SecondFactorAdapter().encrypt(key_shown(client))})
    app.save()
    code = code_of_app(user)
    app.delete()
    return client.post(address("mfa_activate_totp"), {"code": code})


@pytest.mark.parametrize("way", [sign_in_by_code, sign_in_by_password])
def test_at_their_first_sign_in_staff_are_led_to_set_one_up(client, member, way):
    way(client, member, next="/admin/")
    assert client.get("/admin/").url == SET_UP
    page = parsed(client.get(SET_UP))
    assert {address("mfa_activate_totp"), address("mfa_add_webauthn")} <= {a["href"] for a in page.select("main a")}


def test_once_it_is_set_up_the_admin_opens_and_recovery_codes_are_shown(client, member):
    sign_in_by_code(client, member)
    response = set_up(client, member)
    assert response.url == address("mfa_view_recovery_codes")
    assert len(parsed(client.get(response.url)).select(".recovery-codes li")) == 10
    assert client.get("/admin/").status_code == 200
    assert client.get(SET_UP).url == "/admin/"


@pytest.mark.parametrize("way", [sign_in_by_code, sign_in_by_password])
def test_from_then_on_each_sign_in_asks_for_it(client, member, way):
    set_up_app(member)
    assert way(client, member).url == address("mfa_authenticate")
    assert not is_in(client, member)
    assert client.get("/admin/").url.startswith(address("account_login"))
    assert second_step(client, "000000").status_code == 200
    assert not is_in(client, member)
    second_step(client, code_of_app(member))
    assert client.get("/admin/").status_code == 200


def test_a_code_of_the_app_is_used_once(client, member):
    set_up_app(member)
    code = code_of_app(member)
    sign_in_by_code(client, member)
    second_step(client, code)
    assert client.get("/admin/").status_code == 200
    other = Client()
    sign_in_by_code(other, member)
    assert second_step(other, code).status_code == 200
    assert other.get("/admin/").status_code == 302


def test_a_recovery_code_stands_in_for_it_once(client, member):
    sign_in_by_code(client, member)
    set_up(client, member)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for turn, expected in enumerate((200, 302)):
        other = Client()
        sign_in_by_code(other, member)
        second_step(other, codes[0])
        assert other.get("/admin/").status_code == expected, turn


def test_residents_need_none(client):
    user = UserFactory()
    sign_in_by_code(client, user)
    assert is_in(client, user)
    assert client.get("/fr/").status_code == 200


def test_a_resident_who_set_one_up_is_asked_for_it(client):
    user = UserFactory()
    set_up_app(user)
    assert sign_in_by_code(client, user).url == address("mfa_authenticate")


def test_a_resident_who_becomes_staff_meanwhile_is_stopped_at_once(client, member):
    member.groups.clear()
    sign_in_by_code(client, member)
    assert client.get("/fr/").status_code == 200
    member.groups.add(UserFactory(groups=[DESK.group]).groups.get())
    assert client.get("/fr/").url == SET_UP


def test_a_session_from_before_it_was_set_up_signs_in_again_and_adds_no_other(client, member):
    sign_in_by_code(client, member)
    set_up_app(member)
    assert client.get("/admin/").url == SET_UP
    assert "account_reauthenticate" not in parsed(client.get(SET_UP)).get_text()
    assert not parsed(client.get(SET_UP)).select(f'a[href="{address("mfa_activate_totp")}"]')
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(address(name)).url.startswith(address("account_reauthenticate"))
        assert client.post(address(name), {"code": "000000"}).url.startswith(address("account_reauthenticate"))


def test_who_takes_their_last_factor_away_sets_up_another_at_once(client, member):
    sign_in_by_code(client, member)
    set_up(client, member)
    assert client.get("/admin/").status_code == 200
    client.post(address("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert client.get("/admin/").url == SET_UP


def test_setting_one_up_ends_the_sessions_elsewhere(client, member):
    other = Client()
    sign_in_by_code(other, member)
    sign_in_by_code(client, member)
    set_up(client, member)
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").url.startswith(address("account_login"))


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_key(client, member):
    sign_in_by_code(client, member)
    key = key_shown(client)
    response = client.post(address("mfa_activate_totp"), {"code": "000000"})
    assert response.status_code == 200
    assert parsed(response).select_one(".secret").get_text() == key
    assert not Authenticator.objects.exists()


def test_the_key_of_an_app_is_stored_encrypted(member, settings):
    app = set_up_app(member)
    secret = SecondFactorAdapter().decrypt(app.data["secret"])
    assert secret not in app.data["secret"]
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another " * 8
    assert SecondFactorAdapter().decrypt(app.data["secret"]) == secret
    settings.SECRET_KEY_FALLBACKS = []
    lost = {SecondFactorAdapter().decrypt(app.data["secret"]) for _twice in range(2)}
    assert len(lost) == 2
    assert not lost & {secret, ""}


def test_a_change_is_told_by_mail_in_the_persons_language(client, django_capture_on_commit_callbacks):
    member = UserFactory(groups=[DESK.group], language="nl")
    sign_in_by_code(client, member)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client, member)
    mail = OutgoingMail.objects.get(kind="account_security")
    assert (mail.language, mail.private) == ("nl", False)
    assert "Eenmalige codes van een app werden toegevoegd" in mail.text
    assert "/nl/mijn-omgeving/aanmelden/" in mail.text


def test_who_lost_everything_has_it_taken_away_by_the_administrator(client, member, capsys):
    sign_in_by_code(client, member)
    set_up(client, member)
    call_command("remove_second_factor", member.email, "--dry-run")
    assert Authenticator.objects.filter(user=member).count() == 2
    call_command("remove_second_factor", member.email.upper())
    assert not Authenticator.objects.exists()
    assert client.get("/admin/").url.startswith(address("account_login"))
    assert OutgoingMail.objects.filter(kind="account_security").count() == 1
    with pytest.raises(CommandError):
        call_command("remove_second_factor", "nobody@auneval.example")
    let_time_pass()
    sign_in_by_code(client, member)
    assert client.get("/admin/").url == SET_UP


def test_a_colleague_whose_account_an_administrator_makes_needs_no_password_and_sets_one_up(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    administrator = Client()
    administrator.force_login(User.objects.create_superuser("root@auneval.example"))
    group = UserFactory(groups=[DESK.group]).groups.get()
    fields = {"email": "new@auneval.example", "first_name": "N", "last_name": "L", "groups": [group.pk]}
    assert administrator.post(reverse("wagtailusers_users:add"), fields).status_code == 302
    colleague = User.objects.get(email="new@auneval.example")
    assert not colleague.has_usable_password()
    settings.STAFF_SECOND_FACTOR = True
    sign_in_by_code(client, colleague, next="/admin/")
    assert client.get("/admin/").url == SET_UP


def test_in_development_it_is_off(client, member, settings):
    settings.STAFF_SECOND_FACTOR = False
    sign_in_by_code(client, member)
    assert client.get("/admin/").status_code == 200


def test_the_names_of_recovery_codes_are_not_shown_without_signing_in(client):
    assert client.get(address("mfa_view_recovery_codes")).url.startswith(address("account_login"))
