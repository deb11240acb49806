"""Error pages: in the reader's language, with a way on, and without asking for what may be what fails."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.translation import gettext, override

from home.models import CommuneSettings
from portal import views
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urlpatterns

pytestmark = pytest.mark.django_db

TITLES = {
    400: "We could not read this request",
    403: "This page is not open to you",
    404: "This page does not exist",
    500: "Something went wrong on our side",
}


def fail(request: HttpRequest, status: int) -> HttpResponse:
    if status == 500:
        raise ZeroDivisionError("the secret of the commune")
    raise {400: SuspiciousOperation, 403: PermissionDenied}[status]("the secret of the commune")


urlpatterns = [
    path("fr/echec/<int:status>/", fail),
    path("nl/mislukt/<int:status>/", fail),
    path("neutral/<int:status>/", fail),
    *portal_urlpatterns,
]
# `from portal.urls import handler…` above names these for Django, which looks for them in the module of the URLs.
__all__ = ["handler400", "handler403", "handler404", "handler500"]


def said(language: str, status: int) -> str:
    with override(language):
        return gettext(TITLES[status])


def parsed(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode(), "html.parser")


@pytest.fixture
def failing(settings: Any) -> Client:
    """A client of a portal that has views that fail."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "language"),
    [("/fr/rien/", "fr"), ("/nl/niets/", "nl"), ("/nl/nieuws/niets/", "nl"), ("/fr/a.php", "fr")],
)
@pytest.mark.parametrize("browser", ["fr", "nl"])
def test_a_page_that_does_not_exist_is_said_in_the_language_of_its_address(client, address, language, browser):
    response = client.get(address, headers={"accept-language": browser})
    assert response.status_code == 404
    page = parsed(response)
    assert page.html["lang"] == language
    assert page.h1.get_text() == said(language, 404)
    assert said("nl" if language == "fr" else "fr", 404) not in page.get_text()


@pytest.mark.parametrize(("address", "home"), [("/fr/rien/", "/fr/"), ("/nl/niets/", "/nl/")])
def test_whoever_is_lost_can_search_and_go_home(client, address, home):
    page = parsed(client.get(address))
    assert page.main.select_one('form[role="search"] input[name="q"]')
    assert page.main.select_one(f'a.button[href="{home}"]')


@pytest.mark.parametrize("address", ["/documents/999/nothing.pdf", "/nothing.php", "/media/nothing.jpg"])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_an_address_without_language_that_does_not_exist_is_answered_in_the_browsers(client, address, language):
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == 404
    page = parsed(response)
    assert page.html["lang"] == language
    assert page.h1.get_text() == said(language, 404)
    assert "Accept-Language" in response["Vary"]


def check_both(page: BeautifulSoup, status: int) -> None:
    for language in ("fr", "nl"):
        part = page.select_one(f'main [lang="{language}"]')
        assert said(language, status) in part.get_text()
        assert part.select_one(f'a[href="/{language}/"]')


@pytest.mark.parametrize("status", [400, 403, 500])
@pytest.mark.parametrize(("address", "language"), [("/fr/echec/", "fr"), ("/nl/mislukt/", "nl")])
def test_an_error_is_said_in_the_language_of_the_address_and_tells_nothing_else(failing, address, language, status):
    response = failing.get(f"{address}{status}/")
    assert response.status_code == status
    page = parsed(response)
    assert page.html["lang"] == language
    assert page.h1.get_text() == said(language, status) != TITLES[status]
    assert page.main.select_one(f'a[href="/{language}/"]')
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 500])
def test_an_error_at_an_address_without_language_is_said_in_both(failing, status):
    response = failing.get(f"/neutral/{status}/", headers={"accept-language": "nl"})
    assert response.status_code == status
    check_both(parsed(response), status)


@pytest.mark.parametrize(
    "handler", [views.bad_request, views.permission_denied, views.server_error, views.csrf_failure]
)
def test_an_error_page_is_shown_when_the_database_is_what_fails(handler, monkeypatch):
    def down(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("the database does not answer")

    monkeypatch.setattr(CommuneSettings, "load", down)
    with override("fr"):
        response = handler(RequestFactory().get("/nl/x/"))
    assert response.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.INTERNAL_SERVER_ERROR}
    assert parsed(response).html["lang"] == "nl"


def test_a_database_that_is_down_is_answered_with_the_portals_own_page(failing, monkeypatch):
    def down(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("the database does not answer")

    monkeypatch.setattr(CommuneSettings, "load", down)
    response = failing.get("/nl/")
    assert response.status_code == 500
    assert parsed(response).h1.get_text() == said("nl", 500)


CSRF = "This form was open for too long"


@pytest.mark.parametrize(("address", "language"), [("/fr/", "fr"), ("/nl/", "nl")])
def test_a_form_that_was_open_for_too_long_is_said_to_be_so(address, language):
    response = Client(enforce_csrf_checks=True).post(address)
    assert response.status_code == 403
    with override(language):
        expected = gettext(CSRF)
    page = parsed(response)
    assert expected != CSRF
    assert (page.html["lang"], page.h1.get_text()) == (language, expected)


def test_a_form_of_the_admin_that_was_open_for_too_long_is_said_to_be_so_in_both_languages():
    response = Client(enforce_csrf_checks=True).post("/admin/login/")
    assert response.status_code == 403
    for language in ("fr", "nl"):
        with override(language):
            assert gettext(CSRF) in response.content.decode()


def test_error_pages_carry_the_strict_policy_and_no_cookie(failing):
    for address in ("/fr/echec/500/", "/nl/mislukt/403/", "/fr/rien/"):
        response = failing.get(address)
        assert "script-src 'self'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
        assert not response.cookies
