"""A survey with every kind of question is answered: on a phone, by keyboard alone, without JavaScript, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit, assert_well
from tests.browser.server import Served
from tests.participation.answering.visiting import field
from tests.participation.surveys.making import key_of

pytestmark = pytest.mark.browser

MAKE = """
import json
from participation.models import SurveyPage
from tests.participation.answering.all_kinds import long_survey, poll
made = {name: make() for name, make in (("long", long_survey), ("poll", poll))}
print(json.dumps({name: {page.locale.language_code: page.url
      for page in SurveyPage.objects.filter(translation_key=first.translation_key)} for name, first in made.items()}))
"""
TOLD = """
import json
from participation.models import Ballot, SurveyPage
page = SurveyPage.objects.get(url_path__endswith="{slug}/")
print(json.dumps([ballot.answers for ballot in Ballot.objects.filter(survey=page.translation_key)]))
"""


def told(portal: Served, code: str) -> Any:
    return json.loads(portal.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1])


@pytest.fixture(scope="module")
def surveys(portal: Served) -> dict[str, dict[str, str]]:
    """The addresses of a long survey and of a poll, by language."""
    return told(portal, MAKE)


def answers_to(portal: Served, url: str) -> list[dict[str, Any]]:
    return told(portal, TOLD.format(slug=url.rstrip("/").rsplit("/", 1)[-1]))


def named(number: int, part: str = "", *, value: str = "") -> str:
    return f'[name="{field(number, part)}"]' + (f'[value="{value}"]' if value else "")


def press(page: Page, do: str) -> None:
    page.click(f"button[value={do}]:not([aria-hidden])")  # the hidden one is what Enter presses
    page.wait_for_load_state("networkidle")


def correct_the_first_step(reader: Visit) -> None:
    """A question comes out with the answer above it, is forgotten, and is led to from the summary."""
    page = reader.page
    page.click(".now__go")
    expect(page.locator(f'[data-ask="{key_of(2)}"]')).to_be_hidden()
    page.check(named(1, value="c1-1"))
    expect(page.locator(f'[data-ask="{key_of(2)}"]')).to_be_visible()
    press(page, "next")
    expect(page.locator(".error-summary")).to_be_focused()
    assert_well(reader)
    page.click(".error-summary a")
    expect(page.locator(named(2))).to_be_focused()
    page.keyboard.type("12")
    press(page, "next")


def test_on_a_phone_in_dutch_from_the_terms_to_the_thanks(
    surveys: dict[str, dict[str, str]], portal: Served, visit: Callable[..., Visit]
):
    reader, url = visit(viewport=PHONE, locale="nl-BE"), surveys["long"]["nl"]
    page = reader.page
    reader.open(url)
    assert page.context.cookies() == []
    assert_well(reader)
    correct_the_first_step(reader)
    page.check(named(5, value="4"))
    page.get_by_role("radio", name="Choix 1 5 excellent").check()
    expect(page.locator(named(6, "c6-1", value="5"))).to_be_checked()
    page.locator(".ask__rank").nth(2).get_by_role("button").first.click()
    page.locator(".ask__rank").nth(1).get_by_role("button").first.click()
    assert_well(reader)
    press(page, "next")
    page.locator(".ask__map svg").click(position={"x": 120, "y": 120})
    assert float(page.input_value(named(10, "lat"))) == pytest.approx(50, abs=2)
    before = page.input_value(named(10, "lon"))
    page.locator(".ask__map svg").press("ArrowRight")
    assert float(page.input_value(named(10, "lon"))) > float(before)
    expect(page.locator("[data-pointed]")).to_contain_text("plaats gekozen")
    assert_well(reader)
    page.go_back(wait_until="networkidle")
    expect(page.locator(named(5, value="4"))).to_be_checked()
    page.go_forward(wait_until="networkidle")
    page.fill(named(11), "Een bank, graag.")
    press(page, "send")
    page.wait_for_url("**/bedankt/")
    assert_well(reader)
    reader.open(surveys["long"]["fr"])
    expect(page.locator("form.survey__questions")).to_have_count(0)
    assert_well(reader)
    (kept,) = answers_to(portal, url)
    assert kept[key_of(7)] == {"ranking": ["c7-2", "c7-0", "c7-1"]}
    assert kept[key_of(2)] == kept[key_of(11)] == {"written": True}


def test_by_keyboard_alone(surveys: dict[str, dict[str, str]], visit: Callable[..., Visit]):
    reader = visit(viewport=DESKTOP)
    page = reader.page
    reader.open(surveys["poll"]["fr"])
    page.locator(named(1, value="south")).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(named(1, value="north"))).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("button[value=send]:not([aria-hidden])")).to_be_focused()
    assert_well(reader)
    page.keyboard.press("Enter")
    page.wait_for_url("**/merci/")
    assert_well(reader)


def test_without_javascript_the_server_brings_questions_out_and_a_form_waits(
    surveys: dict[str, dict[str, str]], portal: Served, visit: Callable[..., Visit]
):
    reader, url = visit(viewport=PHONE, java_script_enabled=False), surveys["long"]["fr"]
    page, before = reader.page, len(answers_to(portal, surveys["long"]["fr"]))
    reader.open(f"{url}?step=1")
    page.check(named(1, value="c1-1"))
    press(page, "next")
    expect(page.locator(named(2))).to_be_visible()
    assert reader.accessibility_problems() == []
    page.fill(named(2), "W")
    press(page, "next")
    for option, rank in (("c7-0", "3"), ("c7-1", "1"), ("c7-2", "2")):
        page.select_option(named(7, option), rank)
    for code in ("nl", "fr"):
        press(page, "switch")
        assert page.url == f"{portal}{surveys['long'][code]}?step=2#form"
        expect(page.locator(named(7, "c7-1"))).to_have_value("1")
    press(page, "next")
    page.select_option(named(10, "near"), index=1)
    page.fill(named(9), "31/05/2026")
    press(page, "send")
    expect(page.locator(".survey__notice")).to_be_visible()
    expect(page.locator(named(9))).to_have_value("31/05/2026")
    assert reader.accessibility_problems() == []
    page.wait_for_timeout(16_000)
    press(page, "send")
    page.wait_for_url("**/merci/")
    kept = answers_to(portal, url)
    assert len(kept) == before + 1
    assert {"ranking": ["c7-1", "c7-2", "c7-0"]} in [each.get(key_of(7)) for each in kept]
