"""The desk's queue on a screen: what stands out, both languages side by side, and decisions with and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit

pytestmark = pytest.mark.browser

ENERGY = "Facture trop lourde ? Une conseillère énergie passe chez vous"


def open_review(desk: Visit, title: str = ENERGY) -> Page:
    desk.open("/admin/to-review/")
    desk.page.get_by_role("link", name=title).click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text(title)
    return desk.page


def way(page: Page, label: str) -> None:
    """Open one of the decisions by keyboard."""
    summary = page.locator("summary", has_text=label)
    summary.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["desktop", "phone"])
def test_the_queue_says_what_waits_and_what_presses(options, staff: Callable[..., Visit]):
    desk = staff("communication", **options)
    desk.open("/admin/")
    expect(desk.page.locator("#to-review, [id*='to-review']").first).to_be_visible()
    desk.open("/admin/to-review/")
    table = desk.page.locator("table.queue")
    urgent = table.locator("tr", has_text="Rue du Dépôt")
    expect(urgent).to_contain_text("Urgent")
    expect(urgent).to_contain_text("attend trop longtemps")
    expect(urgent).to_contain_text("à vérifier après coup")
    expect(table.locator("tr", has_text="Un lieu chaud")).to_contain_text("manquant")
    assert desk.accessibility_problems() == []
    desk.page.get_by_label("Urgence").select_option("urgent")
    desk.page.get_by_role("button", name="Afficher", exact=True).click()
    expect(table.locator("tr", has_text="Un lieu chaud")).to_have_count(0)
    expect(urgent).to_be_visible()
    assert desk.accessibility_problems() == []
    desk.open("/admin/to-review/?department=404")
    expect(desk.page.locator(".queue__error")).to_be_visible()
    assert desk.accessibility_problems() == []
    assert desk.strangers == []


def test_both_languages_stand_side_by_side(staff: Callable[..., Visit]):
    desk = staff("communication")
    page = open_review(desk)
    french, dutch = page.frame_locator("iframe").nth(0), page.frame_locator("iframe").nth(1)
    expect(french.get_by_role("heading", level=1)).to_contain_text("Facture trop lourde")
    page.locator("iframe").nth(1).scroll_into_view_if_needed()
    expect(dutch.get_by_role("heading", level=1)).to_contain_text("Te hoge factuur")
    expect(page.locator(".sides")).to_contain_text("prêt")
    for label in ("Demander des modifications", "Autre canal", "Approuver pour une date"):
        way(page, label)
        assert desk.accessibility_problems() == []
    assert desk.console == []


def test_asking_for_changes_without_a_word_is_told_and_decides_nothing(staff: Callable[..., Visit]):
    desk = staff("communication", java_script_enabled=False)
    page = open_review(desk)
    form = page.locator("details", has_text="Demander des modifications")
    form.locator("summary").click()
    form.get_by_role("button").click()
    expect(page.locator(".review__error")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Facture trop lourde")


def test_a_time_in_the_past_keeps_what_was_typed(staff: Callable[..., Visit]):
    desk = staff("communication", java_script_enabled=False)
    page = open_review(desk)
    form = page.locator("details", has_text="Approuver pour une date")
    form.locator("summary").click()
    form.locator("[name=schedule-at]").fill("2020-01-01 08:00")
    form.locator("[name=schedule-comment]").fill("Pour lundi, comme convenu.")
    form.get_by_role("button").click()
    expect(page.locator(".review__error")).to_contain_text("à venir")
    expect(page.locator("[name=schedule-comment]")).to_have_value("Pour lundi, comme convenu.")


def test_a_text_for_another_channel_is_closed_with_a_word_and_taken_up_again(staff: Callable[..., Visit]):
    desk, proposer = staff("communication"), staff("social")
    page = open_review(desk)
    way(page, "Autre canal")
    form = page.locator("details", has_text="Autre canal")
    form.locator("select").select_option(label="Bulletin communal")
    form.locator("textarea").fill(f"Pour le numéro de {datetime.now():%B}.")
    form.get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/admin/to-review/$"))
    proposer.open("/admin/")
    mine = proposer.page.locator(".proposals")
    expect(mine).to_contain_text("Bulletin communal")
    expect(mine).to_contain_text("Pour le numéro de")
    desk.open("/admin/to-review/other-channels/")
    assert desk.accessibility_problems() == []
    page.get_by_role("button", name=re.compile(ENERGY[:18])).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Facture trop lourde")


def test_who_used_the_fast_track_cannot_check_it_and_the_desk_can(staff: Callable[..., Visit]):
    desk = staff("communication")
    desk.open("/admin/to-review/")
    desk.page.get_by_role("link", name="Rue du Dépôt").click()
    expect(desk.page.get_by_role("button", name="Je l’ai vérifié")).to_be_visible()
    assert desk.accessibility_problems() == []
    editor = staff("voirie")
    editor.page.goto(desk.page.url)
    expect(editor.page).to_have_url(re.compile(r"/admin/$"))


def test_the_report_on_equal_treatment_says_which_language_is_owed(staff: Callable[..., Visit]):
    desk = staff("communication")
    desk.open("/admin/reports/equal-treatment/?alone=on")
    if desk.page.locator("tr.queue__late").count() == 0:  # on the first of a month it went live in the month before
        yesterday = datetime.now().replace(day=1)
        month = f"{yesterday.year - (yesterday.month == 1)}-{(yesterday.month - 2) % 12 + 1:02}"
        desk.open(f"/admin/reports/equal-treatment/?alone=on&month={month}")
    expect(desk.page.locator("tr.queue__late")).to_contain_text("La traductrice est absente")
    assert desk.accessibility_problems() == []


def test_a_department_has_no_door_to_the_queue(staff: Callable[..., Visit]):
    editor = staff("voirie")
    editor.open("/admin/to-review/")
    expect(editor.page).to_have_url(re.compile(r"/admin/$"))
