"""The map of ideas with scripts: it moves by keyboard, the list goes with it, and nobody else's server is asked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit, assert_well
from tests.browser.site.test_ideas import BOARD, NARROW

pytestmark = pytest.mark.browser
ON_THE_MAP = "pins => pins.reduce((sum, pin) => sum + Number(pin.textContent || 1), 0)"


def moved(page: Page, key: str) -> None:
    """Press a key, and wait until the list is that of another part of the map."""
    box = "new URLSearchParams(location.search).get('box')"
    before = page.evaluate(box)
    page.keyboard.press(key)
    page.wait_for_function(f"before => {box} !== before", arg=before)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("code", "size"), [("fr", PHONE), ("nl", NARROW)])
def test_the_map_is_walked_by_keyboard_to_an_idea(code: str, size: dict[str, int], visit: Callable[..., Visit]) -> None:
    reader = visit(viewport=size)
    page = reader.page
    reader.open(f"{BOARD[code]}?view=map")
    assert page.locator(".leaflet-container path.map__place").count() > 1
    assert_well(reader)
    page.locator(".pin--many").first.focus()
    moved(page, "Enter")
    expect(page.locator(".leaflet-container")).to_be_focused()
    listed = re.match(r"\d+", page.locator(".ideas__bar .count").inner_text())
    assert listed
    assert page.locator(".pin").evaluate_all(ON_THE_MAP) == int(listed[0])
    assert_well(reader)
    moved(page, "ArrowRight")
    reader.open(f"{BOARD[code]}?view=map")
    for _time in range(6):
        if page.locator(".pin:not(.pin--many)").count():
            break
        page.locator(".pin--many").first.focus()
        moved(page, "Enter")
    alone = page.locator(".pin:not(.pin--many)").first
    title = alone.get_attribute("aria-label") or ""
    alone.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title.split(". ", 1)[1])
