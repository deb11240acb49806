"""A message that two neighbourhoods read first: what the others find at its address, and what its residents see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from justhtml import JustHTML
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.conftest import sign_in as enter

pytestmark = pytest.mark.browser

MESSAGE = {
    "fr": "/fr/actualites/faites-le-tour-du-quartier-avec-lechevine/",
    "nl": "/nl/nieuws/ga-mee-op-wijkwandeling-met-de-schepen/",
}
LIST = {"fr": "/fr/actualites/", "nl": "/nl/nieuws/"}
PATIENCE = {"fr": "Encore un peu de patience", "nl": "Nog even geduld"}
FIRST = {"fr": "En primeur pour les quartiers", "nl": "Eerst voor de wijken"}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
each_language = pytest.mark.parametrize("code", ["fr", "nl"])
each_size = pytest.mark.parametrize("size", SIZES)


def assert_readable(reader: Visit, width: int) -> None:
    assert reader.accessibility_problems() == []
    assert [line for line in reader.console if "403 (Forbidden)" not in line] == []
    assert reader.strangers == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"


def sign_in(reader: Visit, name: str) -> None:
    enter(reader.page, reader.portal, name, to="/fr/")
    reader.page.wait_for_url("**/fr/")


@each_size
@each_language
def test_a_visitor_reads_from_when_it_is_for_everybody(code: str, size: str, visit: Callable[..., Visit]):
    reader = visit(viewport=SIZES[size], java_script_enabled=size == "desktop")
    response = reader.open(MESSAGE[code])
    assert response.status == 403
    expect(reader.page.locator("h1")).to_have_text(PATIENCE[code])
    assert reader.page.title().startswith(PATIENCE[code])
    assert JustHTML(response.body().decode(), collect_errors=True).errors == []
    if size == "desktop":
        assert_readable(reader, DESKTOP["width"])
    reader.page.locator("main .button").click()
    reader.page.wait_for_url(f"**{LIST[code]}")
    assert MESSAGE[code] not in reader.page.content()


@each_language
def test_a_visitor_on_a_phone_reads_it_as_well(code: str, visit: Callable[..., Visit]):
    reader = visit(viewport=PHONE)
    reader.open(MESSAGE[code])
    assert_readable(reader, PHONE["width"])


@each_size
@each_language
def test_a_resident_sees_until_when_it_is_theirs_first(code: str, size: str, visit: Callable[..., Visit]):
    reader = visit(viewport=SIZES[size])
    sign_in(reader, "habitant")
    for path in (LIST[code], f"/{code}/", MESSAGE[code]):
        reader.open(path)
        expect(reader.page.locator(".reserved").first).to_contain_text(FIRST[code])
        assert_readable(reader, SIZES[size]["width"])
    reader.page.locator(".language-switch a").click()
    reader.page.wait_for_url(f"**{MESSAGE['nl' if code == 'fr' else 'fr']}")


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_label_stays_readable_in_dark_mode_and_with_more_contrast(scheme: str, visit: Callable[..., Visit]):
    reader = visit(color_scheme=scheme, contrast="more")
    sign_in(reader, "habitant")
    reader.open("/nl/")
    assert reader.page.locator(".reserved").count() == 2
    assert reader.accessibility_problems() == []


@each_language
def test_a_resident_from_elsewhere_reads_why_not_yet(code: str, visit: Callable[..., Visit]):
    reader = visit()
    sign_in(reader, "bewoner")
    reader.open(MESSAGE[code])
    expect(reader.page.locator(".notice")).to_be_visible()
    assert_readable(reader, DESKTOP["width"])


def test_the_desk_reads_it_at_its_address(staff: Callable[..., Any]):
    desk = staff("communication")
    desk.open(MESSAGE["fr"])
    expect(desk.page.locator("h1")).not_to_have_text(PATIENCE["fr"])
