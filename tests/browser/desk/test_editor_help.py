"""Beside the editor's form: the rules of the game, hints that follow what is typed, the history, and who else is there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import WCAG, Visit, draft_is_saved, editor_is_ready

pytestmark = pytest.mark.browser

DRAFT = "Six box à vélos de plus"
SAVED = 30_000  # milliseconds: Wagtail saves half a second after the last sign


def problems_of(page: Page, panel: str) -> list[str]:
    """Return what axe finds in one of our panels; Wagtail's own form has findings of its own."""
    options = {"runOnly": {"type": "tag", "values": WCAG}}
    found = Axe().run(page, context=f"[data-side-panel='{panel}']", options=options).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']][:4]}" for rule in found]


def opened(page: Page, panel: str) -> None:
    """Open one of the panels beside the form, by keyboard."""
    toggle = page.locator(f"[data-side-panel-toggle={panel}]")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.focus()
        page.keyboard.press("Enter")
    expect(page.locator(f"[data-side-panel={panel}]")).to_be_visible()


def test_hints_follow_what_is_typed(staff: Callable[..., Visit], portal: str):
    editor = staff("voirie")
    page = editor.page
    page.goto(f"{portal}/admin/")
    page.get_by_role("link", name="Rédiger un message en français").click()
    editor_is_ready(page)
    opened(page, "guide")
    expect(page.locator("[data-side-panel=guide]")).to_contain_text("Écrire pour les quartiers")
    assert problems_of(page, "guide") == []
    page.select_option("#id_kind", "policy")
    page.locator("#id_title").press_sequentially("TRAVAUX URGENTS rue du Moulin", delay=20)
    page.wait_for_url("**/edit/")
    page.locator("#id_introduction").press_sequentially("Dès lundi.", delay=20)
    hint = page.locator("[data-advice-for=title]")
    expect(hint).to_contain_text("TRAVAUX URGENTS", timeout=SAVED)
    note = page.locator(".advice__note")
    expect(note).to_have_count(1)
    described = page.get_attribute("#id_title", "aria-describedby") or ""
    assert note.get_attribute("id") in described.split()
    badge = page.locator("[data-side-panel-toggle=guide] [data-side-panel-toggle-counter]")
    expect(badge).to_have_text("1")
    assert problems_of(page, "guide") == []
    draft_is_saved(page)  # Wagtail 7.4 overlooks what is typed in the moment in which it saved
    page.fill("#id_title", "Travaux rue du Moulin")
    expect(hint).to_have_count(0, timeout=SAVED)
    expect(note).to_have_count(0)
    expect(badge).to_be_hidden()
    expect(page.locator("[data-edit-form] [role=status]")).to_have_text("Plus rien à signaler.")
    page.fill("#id_expires_on", "2020-01-01")
    page.keyboard.press("Tab")
    expect(page.locator("[data-advice-for=expires_on]")).to_have_count(1, timeout=SAVED)
    assert editor.console == []


def test_the_counter_counts_at_once_and_tells_a_screen_reader_when_one_pauses(staff: Callable[..., Visit], portal: str):
    editor = staff("voirie")
    page = editor.page
    page.goto(f"{portal}/admin/")
    page.get_by_role("link", name="Rédiger un message en néerlandais").click()
    editor_is_ready(page)
    counter = page.locator("#introduction-counter")
    page.fill("#id_introduction", "Lundi, nous plantons.")
    expect(counter).to_have_text("21 signes sur 200 conseillés")
    expect(page.locator("[data-edit-form] [role=status]")).to_have_text("21 signes sur 200 conseillés")
    page.fill("#id_introduction", "x" * 201)
    expect(counter).to_have_class(re.compile("counter--over"))
    expect(counter).to_contain_text("300 au plus")
    assert "introduction-counter" in (page.get_attribute("#id_introduction", "aria-describedby") or "")


def test_two_people_at_one_text_see_each_other_and_one_takes_it_over(staff: Callable[..., Visit], portal: str):
    first, second = staff("voirie"), staff("admin")
    first.page.goto(f"{portal}/admin/")
    first.page.get_by_role("link", name=DRAFT).first.click()
    first.page.wait_for_url("**/edit/")
    address = first.page.url
    second.page.goto(address)
    expect(second.page.locator(".messages")).to_contain_text("Thomas Gillardin")
    expect(first.page.locator("#w-editing-sessions li")).to_have_count(1, timeout=15_000)
    opened(second.page, "story")
    story = second.page.locator("[data-side-panel=story]")
    expect(story).to_contain_text("Sofie Declerck a demandé des modifications")
    assert problems_of(second.page, "story") == []
    story.get_by_role("button", name="Reprendre").click()
    expect(second.page.locator(".messages")).to_contain_text("C’est vous qui suivez désormais")
    opened(second.page, "story")
    expect(story.locator("li").first).to_contain_text("a repris le texte de Thomas Gillardin")
    first.page.goto(f"{portal}/admin/")
    row = first.page.locator("#panel-department-drafts-content, [data-panel]").filter(has_text=DRAFT).last
    row.get_by_role("button", name="Reprendre").click()
    expect(first.page.locator(".messages")).to_contain_text("C’est vous qui suivez désormais")
    assert first.console == second.console == []


def test_the_desk_has_its_own_rules_beside_a_text_that_it_adjusts(staff: Callable[..., Visit], portal: str):
    desk = staff("communication")
    desk.page.goto(f"{portal}/admin/")
    desk.page.get_by_role("link", name="Un compost de quartier").first.click()
    desk.page.get_by_role("link", name="Adapter").first.click()
    desk.page.wait_for_url("**/edit/")
    opened(desk.page, "guide")
    assert problems_of(desk.page, "guide") == []
    expect(desk.page.locator("[data-side-panel=guide]")).to_contain_text("Relire et publier")
