"""No side door: whatever opens to staff opens after one and the same way in, with the second factor at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import PageViewRestriction

from moderation.roles import DESK
from residents.models import User
from tests.factories import PASSWORD, UserFactory, published_news
from tests.reading import parsed
from tests.residents.signing_in.entering import (
    address,
    code_of_app,
    is_in,
    second_step,
    set_up_app,
    sign_in_by_code,
    sign_in_by_password,
)

pytestmark = pytest.mark.django_db
SET_UP = "/fr/mon-espace/connexion/deuxieme-etape/"
IN = address("account_login")
DOORS = (IN, "/admin/login/")


@pytest.fixture(autouse=True)
def _staff_need_a_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def member(db: None) -> User:
    return UserFactory(groups=[DESK.group])


def patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, before + str(each.pattern))
        else:
            yield before + str(each.pattern), each


def addresses_of_the_admin() -> list[str]:
    """Return an address of each view under /admin/, its parts filled in with something of their kind."""
    found = set()
    for route, _pattern in patterns(get_resolver()):
        if not route.startswith("admin/") or "password_reset" in route:
            continue
        found.add("/" + filled(route))
    return sorted(found - {"/admin/login/", "/admin/logout/"})


FILLINGS = (
    ("int", "1"),
    ("str", "1"),
    ("slug", "home"),
    ("unquoted_uuid", "a"),
    ("uuid", "11111111-1111-4111-8111-111111111111"),
    ("path", "x"),
)


def filled(route: str) -> str:

    route = re.sub(r"<(?:(\w+):)?\w+>", lambda part: dict(FILLINGS).get(part[1] or "str", "1"), route)
    route = re.sub(r"\(\?P<\w+>([^()]*|\([^()]*\))*\)", "1", route)
    route = re.sub(r"\(([^()|]+)\|[^()]*\)", r"\1", route)
    return re.sub(r"[\^$?\\]|\(:", "", route.replace("(?:", ""))


def test_every_address_of_the_admin_leads_to_the_second_factor_first(client, member):
    """Walked one by one, JSON, previews and autosave among them, by GET and by POST, as scripts ask and as people do."""
    sign_in_by_password(client, member)
    addresses = addresses_of_the_admin()
    assert len(addresses) > 200
    opened = []
    for path in addresses:
        for ask in (client.get, client.post):
            for headers in ({}, {"x-requested-with": "XMLHttpRequest", "accept": "application/json"}):
                response = ask(path, headers=headers)
                if response.status_code != 404 and response.headers.get("Location") != SET_UP:
                    opened.append((path, ask.__name__, response.status_code))
    assert opened == []


def test_every_address_of_the_admin_leads_a_visitor_to_signing_in(client):
    opened = []
    for path in addresses_of_the_admin():
        response = client.get(path)
        if response.status_code not in {403, 404} and not response.headers.get("Location", "").startswith(DOORS):
            opened.append((path, response.status_code, response.headers.get("Location")))
    assert {path for path, _status, _to in opened} <= {"/admin/jsi18n/", "/admin/sprite/"}, opened  # words and icons


def test_what_is_kept_for_staff_elsewhere_stays_shut_too(client, member):
    page = published_news()
    sign_in_by_password(client, member)
    for path in (page.url, "/fr/", "/nl/", "/fr/recherche/?q=a", "/fr/mon-espace/connexion/", "/documents/1/x/"):
        response = client.get(path)
        assert response.status_code == 302, path
        assert response.url.endswith(("deuxieme-etape/", "tweede-stap/")), path


def test_the_way_there_and_out_is_open(client, member):
    sign_in_by_password(client, member)
    assert client.get(SET_UP).status_code == 200
    assert client.get(address("mfa_activate_totp")).status_code == 200
    assert client.get(address("mfa_add_webauthn")).status_code == 200
    assert client.post(address("account_logout")).status_code == 302
    assert client.get("/fr/").status_code == 200


@pytest.mark.parametrize("path", ["/admin/login/", "/fr/_util/login/", "/nl/_util/login/"])
def test_wagtails_own_sign_in_pages_lead_to_the_one_way_in_and_take_no_password(client, member, path):
    for response in (client.get(path), client.post(path, {"username": member.email, "password": PASSWORD})):
        assert response.status_code == 302
        assert "/connexion/" in response.url or "/aanmelden/" in response.url
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path",
    [
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/password_reset/confirm/MQ/set-password/",
        "/admin/password_reset/complete/",
    ],
)
def test_wagtails_own_password_reset_resets_nothing(client, member, path):
    path = f"/admin/password_reset/{path}"
    for response in (client.get(path), client.post(path, {"email": member.email, "new_password1": "x" * 20})):
        assert response.url == address("account_reset_password")
    assert parsed(client.get(address("account_reset_password"))).select(f'main a[href="{IN}"]')


def test_a_password_is_reset_by_signing_in_and_the_second_factor_is_asked(client, member):
    set_up_app(member)
    assert sign_in_by_code(client, member).url == address("mfa_authenticate")
    assert client.get(address("account_set_password")).url.startswith(IN)
    second_step(client, code_of_app(member))
    client.post(address("account_set_password"), {"password": "a-new-and-long-password"})
    other = Client()
    assert sign_in_by_password(other, member, "a-new-and-long-password").url == address("mfa_authenticate")


def test_signing_out_in_the_admin_is_signing_out(client, member, settings):
    settings.STAFF_SECOND_FACTOR = False
    sign_in_by_password(client, member)
    assert client.get("/admin/logout/").url == address("account_logout")
    assert is_in(client, member)
    assert client.post("/admin/logout/").url == IN
    assert "_auth_user_id" not in client.session


def test_djangos_admin_is_not_there(client):
    assert not apps.is_installed("django.contrib.admin")
    assert not any(path.startswith("django-admin") for path, _pattern in patterns(get_resolver()))


def test_the_account_page_of_the_admin_changes_neither_password_nor_address(client, member, settings):
    settings.STAFF_SECOND_FACTOR = False
    sign_in_by_password(client, member)
    page = parsed(client.get("/admin/account/"))
    assert not page.select("[type=password]")
    assert not page.select("[name=name_email-email]")
    fields = {
        "password-old_password": PASSWORD,
        "password-new_password1": "a-new-and-long-password",
        "password-new_password2": "a-new-and-long-password",
        "name_email-email": "other@auneval.example",
        "name_email-first_name": "N",
        "name_email-last_name": "L",
    }
    client.post("/admin/account/", fields)
    email = member.email
    member.refresh_from_db()
    assert member.check_password(PASSWORD)
    assert member.email == email


EVIL = [
    "https://evil.example/",
    "//evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "http://testserver.evil.example/",
    "evil:",
    "evil",
]


@pytest.mark.parametrize("evil", EVIL)
def test_nobody_is_led_out_of_the_portal_after_signing_in(client, evil, settings):
    settings.STAFF_SECOND_FACTOR = False
    user = UserFactory()
    assert sign_in_by_code(client, user, next=evil).url == address("my_home")
    assert client.post(address("account_logout"), {"next": evil}).url == "/"
    assert sign_in_by_password(client, user, next=evil).url == address("my_home")
    assert client.get(f"/admin/login/?next={evil}").url == "/admin/"
    client.logout()
    assert "evil" not in client.get(f"/admin/login/?next={evil}").url


def test_one_goes_on_where_one_was_going(client):
    user = UserFactory()
    assert sign_in_by_code(client, user, next="/fr/recherche/").url == "/fr/recherche/"


def test_a_page_for_who_is_signed_in_leads_to_the_one_way_in(client):

    page = published_news()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(page.url).url == f"{IN}?next={page.url}"


def test_the_settings_name_one_way_in():
    names = (
        django_settings.LOGIN_URL,
        django_settings.WAGTAILADMIN_LOGIN_URL,
        django_settings.WAGTAIL_FRONTEND_LOGIN_URL,
    )
    assert set(names) == {"account_login"}
