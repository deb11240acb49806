"""A resident finds their neighbourhood, is welcomed, follows and stops following: with JavaScript and without it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.accounts.test_neighbourhood_first import sign_in
from tests.browser.conftest import DESKTOP, PHONE, Visit, assert_well

pytestmark = pytest.mark.browser

FINDER = {"fr": "/fr/trouver-mon-quartier/", "nl": "/nl/mijn-wijk-vinden/"}
PLACE = {"fr": "/fr/quartiers/etangs-vijvers/", "nl": "/nl/wijken/etangs-vijvers/"}
FOLLOWS = {"fr": "/fr/mon-espace/mes-suivis/", "nl": "/nl/mijn-omgeving/wat-ik-volg/"}
MINE = {"fr": "/fr/mon-espace/mon-quartier/", "nl": "/nl/mijn-omgeving/mijn-wijk/"}
HOME = {"fr": "/fr/mon-espace/", "nl": "/nl/mijn-omgeving/"}
NAME = {"fr": "Les Étangs", "nl": "De Vijvers"}
NARROW = {"width": 320, "height": 640}
each_way = pytest.mark.parametrize(("code", "size", "scripts"), [("fr", PHONE, True), ("nl", NARROW, False)])


def checked(reader: Visit, scripts: bool) -> None:
    """axe runs as a script, so a page without scripts is only measured by what it shows."""
    if scripts:
        assert_well(reader)


@each_way
def test_a_visitor_finds_their_neighbourhood_by_their_street(
    code: str, size: dict[str, int], scripts: bool, visit: Callable[..., Visit]
):
    reader = visit(viewport=size, java_script_enabled=scripts)
    reader.open(FINDER[code])
    checked(reader, scripts)
    reader.page.fill("#id_street", {"fr": "source", "nl": "bronstr"}[code])
    reader.page.press("#id_street", "Enter")
    reader.page.wait_for_url("**street=*")
    expect(reader.page.locator(".found-street")).to_have_count(1)
    checked(reader, scripts)
    reader.page.fill("#id_number", "12 bte 3")
    reader.page.press("#id_number", "Enter")
    expect(reader.page.locator(".found-street strong")).to_have_text(NAME[code])
    checked(reader, scripts)
    reader.page.click(".found-street a")
    reader.page.wait_for_url(f"**{PLACE[code]}")
    expect(reader.page.locator("h1")).to_have_text(NAME[code])


@pytest.mark.parametrize("code", FINDER)
def test_a_mistake_is_told_at_its_field(code: str, visit: Callable[..., Visit]):
    reader = visit(viewport=PHONE)
    reader.open(f"{FINDER[code]}?street=&number=x")
    assert_well(reader)
    assert reader.page.evaluate("document.activeElement.className") == "error-summary"
    reader.page.click(".error-summary a >> nth=1")
    expect(reader.page.locator("#id_number")).to_be_focused()
    reader.open(f"{FINDER[code]}?street=moulinn&number=2")
    assert_well(reader)
    expect(reader.page.locator(".found-street").first).to_be_visible()


def test_with_javascript_the_streets_come_without_a_new_page(visit: Callable[..., Visit]):
    reader = visit(viewport=DESKTOP)
    reader.open(FINDER["fr"])
    reader.page.evaluate("window.stayed = true")
    reader.page.fill("#id_street", "moulin")
    reader.page.press("#id_street", "Tab")
    expect(reader.page.locator(".found-street")).to_have_count(2)
    assert reader.page.evaluate("window.stayed")
    assert_well(reader)


@each_way
def test_a_resident_moves_and_moves_back(code: str, size: dict[str, int], scripts: bool, visit: Callable[..., Visit]):
    reader = visit(viewport=size, java_script_enabled=scripts)
    sign_in(reader, "bewoner")
    reader.open(MINE[code])
    checked(reader, scripts)
    label = NAME[code]
    reader.page.focus(f'svg.map a[aria-label="{label}"]')
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**neighbourhood=etangs-vijvers*")
    expect(reader.page.locator('input[value="etangs-vijvers"]')).to_be_checked()
    checked(reader, scripts)
    reader.page.click("#choice button[type=submit]")
    reader.page.wait_for_url(f"**{HOME[code]}")
    expect(reader.page.locator("h1")).to_have_text(label)
    checked(reader, scripts)
    reader.open(f"{MINE[code]}?street={'gare' if code == 'fr' else 'stationsplein'}")
    checked(reader, scripts)
    reader.page.click(".found-street button")
    reader.page.wait_for_url(f"**{HOME[code]}")
    expect(reader.page.locator("h1")).to_have_text({"fr": "Gare", "nl": "Station"}[code])


@each_way
def test_a_resident_follows_and_stops(code: str, size: dict[str, int], scripts: bool, visit: Callable[..., Visit]):
    reader = visit(viewport=size, java_script_enabled=scripts)
    sign_in(reader, "habitant")
    reader.open(PLACE[code])
    button = reader.page.locator(".place-head .follow button")
    expect(button).to_have_attribute("name", "follow")
    button.focus()
    reader.page.keyboard.press("Enter")
    expect(button).to_have_attribute("name", "stop")
    expect(reader.page.locator(".place-head .follow__state")).to_contain_text(NAME[code])
    if scripts:
        assert reader.page.evaluate("document.activeElement.name") == "stop"
    checked(reader, scripts)
    reader.open(FOLLOWS[code])
    checked(reader, scripts)
    item = reader.page.locator(".follows__item", has_text=NAME[code])
    item.locator("button").click()
    reader.page.wait_for_url(f"**{FOLLOWS[code]}")
    expect(reader.page.locator(".follows__item", has_text=NAME[code])).to_have_count(0)
    expect(reader.page.locator(".message-note")).to_contain_text(NAME[code])
    checked(reader, scripts)


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_ones_own_pages_are_readable_in_the_dark_and_with_more_contrast(scheme: str, visit: Callable[..., Visit]):
    reader = visit(viewport=DESKTOP, color_scheme=scheme, contrast="more")
    sign_in(reader, "habitant")
    for path in (
        HOME["nl"],
        FOLLOWS["fr"],
        MINE["nl"],
        "/fr/mon-espace/bienvenue/",
        "/nl/volgen/?follow=department:roads",
    ):
        reader.open(path)
        assert_well(reader)


def test_a_visitor_reads_that_following_begins_with_signing_in(visit: Callable[..., Visit]):
    reader = visit(viewport=PHONE)
    reader.open(PLACE["nl"])
    expect(reader.page.locator(".place-head .follow__note")).to_be_visible()
    link = reader.page.locator(".place-head .follow a").get_attribute("href")
    assert link.startswith("/nl/volgen/?follow=neighbourhood")
    assert reader.page.context.cookies() == []


def test_a_clerk_makes_a_postcard(staff: Callable[..., Visit]):
    clerk = staff("guichet")
    clerk.open("/admin/snippets/home/neighbourhood/")
    clerk.page.click("tr:has-text('Canal') .w-dropdown button")
    clerk.page.click("a[href*='/neighbourhood/print/'] >> visible=true")
    clerk.page.wait_for_url("**/print/**")
    assert clerk.accessibility_problems() == []
    with clerk.page.expect_download() as download:
        clerk.page.click("form.print-form button[type=submit]")
    assert download.value.suggested_filename.startswith("postcard-")
