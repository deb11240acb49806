"""Results on a phone, on a desk and without JavaScript; a sheet of paper by keyboard; written answers by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit

pytestmark = pytest.mark.browser

MAKE = """
from participation.models import WrittenAnswer
from residents.models import User
from tests.participation.results.conftest import answered_survey, close
clerk = User.objects.get(email="guichet@auneval.example")
running, closed = answered_survey(count=3), close(answered_survey(clerk=clerk))
texts = WrittenAnswer.objects.filter(survey=closed.survey_key, part="")
WrittenAnswer.objects.filter(pk__in=[text.pk for text in texts[:20]]).update(state="shown")
print(closed.results_url, closed.get_translations().get().results_url, closed.survey_key, running.survey_key)
"""


@pytest.fixture(scope="module")
def addresses(portal: Any) -> list[str]:
    """The closed survey's results in French and Dutch, its key, and that of one that runs."""
    return portal.manage("shell", "-c", MAKE).strip().splitlines()[-1].split()


def looked_at(visitor: Visit) -> list[str]:
    page = visitor.page
    wide = page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]
    return [*visitor.accessibility_problems(), *visitor.console, *visitor.strangers, *(["too wide"] if wide else [])]


def test_results_are_read_on_a_phone_in_dutch_and_at_a_desk_in_french(visit: Callable[..., Visit], addresses: Any):
    phone = visit(viewport=PHONE, locale="nl-BE")
    phone.open(addresses[1])
    assert phone.page.locator(".result").count() >= 10
    phone.page.locator(".chart__table summary").first.click()
    assert phone.page.locator("table").first.is_visible()
    assert looked_at(phone) == []
    desk = visit()
    desk.open(f"{addresses[0]}#question-3")
    assert desk.page.locator("#question-3 .bar").count() == 5
    assert looked_at(desk) == []
    desk.page.get_by_role("link", name="réponses écrites").first.click()
    desk.page.wait_for_load_state()
    assert desk.page.locator("li > [lang=nl]").count()
    assert looked_at(desk) == []
    assert desk.page.context.cookies() == []


def test_results_are_filtered_without_javascript(visit: Callable[..., Visit], addresses: Any):
    plain = visit(java_script_enabled=False)
    plain.open(addresses[0])
    plain.page.select_option("#id_neighbourhood", "Q1")
    plain.page.click(".filters button")
    assert "30 réponses de Quartier Q1" in plain.page.inner_text(".count")
    assert plain.accessibility_problems() == []


def test_a_clerk_types_a_sheet_without_a_mouse(staff: Callable[..., Visit], addresses: Any):
    clerk = staff("guichet")
    clerk.open(f"/admin/paper/{addresses[3]}/")
    assert clerk.accessibility_problems() == []
    clerk.page.click(".paper form:not([enctype]) button")
    expect(clerk.page.locator("[name=language]").first).to_be_focused()
    keys = clerk.page.keyboard
    keys.press("Space")
    for typed in ("", "", "2", "13", "", "9", "12,5", "31/5/2026", "1", "2", "1", "2"):
        keys.type(typed)
        keys.press("Enter")
    assert clerk.page.locator("[data-code='1'].is-typed").first.is_visible()
    clerk.page.locator(".paper__sheet button[type=submit]").press("Enter")
    clerk.page.wait_for_selector("#errors")
    expect(clerk.page.locator("[name='3']")).to_be_focused()
    assert clerk.accessibility_problems() == []
    keys.press("Control+a")
    keys.type("4")
    clerk.page.locator(".paper__sheet button[type=submit]").press("Enter")
    clerk.page.wait_for_selector("text=1 feuille encodée.")
    expect(clerk.page.locator("[name='1']")).to_be_focused()
    clerk.page.click("text=Corriger la dernière")
    assert clerk.page.input_value("[name='3']") == "4"
    assert looked_at(clerk) == []


def test_an_officer_decides_over_texts_without_a_mouse(staff: Callable[..., Visit], addresses: Any):
    officer = staff("participation")
    officer.open(f"/admin/survey-results/{addresses[2]}/texts/")
    assert officer.accessibility_problems() == []
    for key in "233":
        officer.page.keyboard.press(key)
    assert officer.page.locator("input[value=shown]:checked").count() == 1
    assert officer.page.locator("input[value=hidden]:checked").count() == 2
    officer.page.click("form[data-screening] button[type=submit]")
    officer.page.wait_for_selector("text=3 textes décidés.")
    officer.open(f"/admin/survey-results/{addresses[2]}/")
    assert looked_at(officer) == []
