"""Residents on an idea board: propose, support, comment, report; by finger, by keyboard, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visit, assert_well
from tests.browser.conftest import sign_in as sign_in_to

pytestmark = pytest.mark.browser

BOARD = {"fr": "/fr/consultations/la-boite-a-idees/", "nl": "/nl/raadplegingen/de-ideeenbus/"}
PERSON = {"fr": "habitant", "nl": "bewoner"}
NARROW = {"width": 320, "height": 640}
each_way = pytest.mark.parametrize(("code", "size", "scripts"), [("fr", PHONE, True), ("nl", NARROW, False)])


@pytest.fixture
def resident(visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """Return a function that opens the board as somebody who lives in the commune."""

    def begin(code: str, size: dict[str, int], scripts: bool) -> Visit:
        reader = visit(viewport=size, java_script_enabled=scripts)
        sign_in_to(reader.page, reader.portal, PERSON[code], to=BOARD[code])
        return reader

    return begin


def fill_if_asked(reader: Visit, begin: str) -> None:
    """Agree with the charter and give a name, which are asked only the first time."""
    if reader.page.locator(f"#{begin}accepts_charter").count():
        reader.page.check(f"#{begin}accepts_charter")
    if reader.page.locator(f"#{begin}author_name").count():
        reader.page.fill(f"#{begin}author_name", "Dominique V.")


@each_way
def test_a_resident_proposes_an_idea(
    code: str, size: dict[str, int], scripts: bool, resident: Callable[..., Visit]
) -> None:
    reader = resident(code, size, scripts)
    page = reader.page
    page.click(".now a.button")
    page.wait_for_url("**/idee/")
    assert_well(reader)
    page.fill("#id_title", {"fr": "Une piste cyclable au Plateau", "nl": "Een fietspad op het Plateau"}[code])
    if scripts:
        expect(page.locator(".similar__found")).to_be_visible()
    page.click("[name=preview]")
    expect(page.locator(".error-summary")).to_be_visible()
    assert_well(reader)
    page.fill("#id_text", "Entre l’école et le parc.")
    fill_if_asked(reader, "id_")
    page.click("[name=preview]")
    page.wait_for_url("**/preview/")
    expect(page.locator(".similar__found")).to_be_visible()
    assert_well(reader)
    page.click("main form button")
    expect(page.locator(".ideas__message")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("Plateau")
    assert_well(reader)


@each_way
def test_a_support_is_given_and_taken_back(
    code: str, size: dict[str, int], scripts: bool, resident: Callable[..., Visit]
) -> None:
    reader = resident(code, size, scripts)
    page = reader.page
    reader.open(f"{BOARD[code]}2/")
    count = page.locator(".support__figures dd").first
    before = int(count.inner_text())
    page.click(".support form button")
    expect(page.locator(".support__said")).to_be_visible()
    expect(count).to_have_text(str(before + 1))
    assert_well(reader)
    page.click(".support form button")
    expect(count).to_have_text(str(before))
    assert_well(reader)


def test_a_support_is_given_by_keyboard_and_the_focus_stays(resident: Callable[..., Visit]) -> None:
    reader = resident("fr", DESKTOP, scripts=True)
    reader.open(f"{BOARD['fr']}3/")
    reader.page.focus(".support form button")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator(".support [value=take]")).to_have_count(1)
    expect(reader.page.locator(".support form button")).to_be_focused()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator(".support [value=give]")).to_have_count(1)


@each_way
def test_a_resident_comments_and_replies(
    code: str, size: dict[str, int], scripts: bool, resident: Callable[..., Visit]
) -> None:
    reader = resident(code, size, scripts)
    page = reader.page
    reader.open(f"{BOARD[code]}3/")
    page.click("#comment-form button")
    expect(page.locator(".error-summary")).to_be_visible()
    assert_well(reader)
    page.fill("#comment-text", f"À l’ombre, volontiers ({code}).")
    fill_if_asked(reader, "comment-")
    page.click("#comment-form button")
    expect(page.locator("#comments .notice").first).to_contain_text(f"volontiers ({code})")
    assert_well(reader)
    page.locator(".comment__deeds a").first.click()
    expect(page.locator("#reply form")).to_be_visible()
    assert_well(reader)


@each_way
def test_a_resident_reports_an_idea_once(
    code: str, size: dict[str, int], scripts: bool, resident: Callable[..., Visit]
) -> None:
    reader = resident(code, size, scripts)
    page = reader.page
    for time in range(2):
        reader.open(f"{BOARD[code]}6/")
        page.click(".idea__report a")
        page.wait_for_url("**/report/")
        assert_well(reader)
        page.locator("[name=reason]").first.check()
        page.click("main form button")
        expect(page.locator(".error-summary" if time else ".ideas__message")).to_be_visible()
        assert_well(reader)


def test_the_map_without_scripts_opens_what_stands_near(visit: Callable[..., Visit]) -> None:
    code = "nl"
    reader = visit(viewport=NARROW, java_script_enabled=False)
    reader.open(f"{BOARD[code]}?view=map")
    assert_well(reader)
    many = reader.page.locator(".marker--many").first
    count = int(many.locator("text").text_content() or "")
    reader.open(many.get_attribute("href").removeprefix(reader.portal))  # type: ignore[union-attr]
    expect(reader.page.locator(".idea-card")).to_have_count(count)
    assert_well(reader)
