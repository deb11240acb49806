"""Headers that every answer carries, and the cookies that none sets for a visitor."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, NeighbourhoodFactory, readable_news

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/fr/",
    "/nl/",
    "/fr/actualites/",
    "/nl/nieuws/?kind=policy",
    "/fr/quartiers/canal/",
    "/nl/nieuws/molenstraat/",
    "/fr/recherche/?q=moulin",
    "/fr/rien/",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/robots.txt",
    "/fr/actualites/atom/",
]
each_page = pytest.mark.parametrize("address", PUBLIC)


@pytest.fixture
def site(client: Any) -> Any:
    NeighbourhoodFactory(slug="canal")
    readable_news()
    return client


def policy(response: Any) -> dict[str, set[str]]:
    """Return the content security policy by directive."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {part[0]: set(part[1:]) for part in parts if part}


@each_page
def test_a_page_runs_only_the_portals_own_scripts_and_styles(site, address):
    rules = policy(site.get(address))
    assert rules["default-src"] == {"'none'"}
    assert rules["script-src"] == rules["style-src"] == {"'self'"}
    assert rules["base-uri"] == {"'none'"}
    assert rules["form-action"] == rules["frame-ancestors"] == {"'self'"}
    assert rules["frame-src"] == {"https://www.youtube-nocookie.com", "https://player.vimeo.com"}
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"} & (rules["script-src"] | rules["style-src"])


@each_page
def test_no_page_needs_more_than_the_policy_allows(site, address):
    content = site.get(address).content.decode()
    assert " style=" not in content
    assert "<style" not in content
    assert "<script>" not in content
    assert " onclick=" not in content
    assert "javascript:" not in content


def test_the_admin_has_a_wider_policy_and_nobody_else_has(site, desk, signed_in):
    admin = policy(signed_in(desk).get("/admin/"))
    assert "'unsafe-inline'" in admin["script-src"]
    assert admin["frame-ancestors"] == {"'self'"}
    assert "'unsafe-inline'" in policy(site.get("/admin/login/"))["script-src"]
    for address in ("/administration/", "/fr/admin/", "/?next=/admin/", "/documents/1/admin"):
        assert "'unsafe-inline'" not in site.get(address).headers.get("Content-Security-Policy", "")


def test_a_page_of_the_portal_stays_strict_for_somebody_of_the_staff(site, desk, signed_in):
    assert "unsafe" not in signed_in(desk).get("/fr/")["Content-Security-Policy"]


@pytest.mark.parametrize("address", [*PUBLIC, "/admin/login/", "/healthz"])
def test_every_answer_carries_the_security_headers(site, address):
    response = site.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["X-Frame-Options"] in {"SAMEORIGIN", "DENY"}
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    switched_off = response["Permissions-Policy"]
    for feature in ("camera=()", "microphone=()", "payment=()"):
        assert feature in switched_off


@each_page
def test_a_visitor_gets_no_cookie(site, address):
    for _ in range(2):
        response = site.get(address)
        assert not response.cookies
    assert not site.cookies
    assert "sessionid" not in response.headers.get("Set-Cookie", "")


def test_a_visitor_with_htmx_gets_no_cookie_either(site):
    assert not site.get("/fr/actualites/?kind=policy", headers={"hx-request": "true"}).cookies


def test_the_cookies_of_a_session_are_not_readable_by_scripts(client, desk):
    response = client.post(reverse("account_login_password"), {"login": desk.email, "password": PASSWORD})
    assert response.status_code == 302
    session = next(cookie for name, cookie in response.cookies.items() if "session" in name)
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
