"""Building a survey: from a ready-made one, with a question of one's own; and what answers have fixed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, WCAG, Visit, draft_is_saved, editor_is_ready

pytestmark = pytest.mark.browser

SAVED = 30_000  # milliseconds: Wagtail saves half a second after the last sign
OURS = [".survey-state__ways", ".survey-condition", ".copy-questions"]


def problems_of_ours(page: Page) -> list[str]:
    """Return what axe finds in what is ours; Wagtail's own form has findings of its own."""
    options = {"runOnly": {"type": "tag", "values": WCAG}}
    shown = [selector for selector in OURS if page.locator(f"{selector}:visible").count()]
    assert shown
    found = [rule for each in shown for rule in Axe().run(page, context=each, options=options).response["violations"]]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']][:4]}" for rule in found]


def question(page: Page, number: int) -> Locator:
    return page.locator("#id_questions-FORMS > [data-inline-panel-child]:visible").nth(number - 1)


def field(page: Page, number: int, name: str) -> Locator:
    return question(page, number).locator(f"[data-survey-field={name}]")


def begin(page: Page, portal: str) -> None:
    page.goto(f"{portal}/admin/")
    page.get_by_role("link", name="Préparer une enquête en français").click()
    editor_is_ready(page)
    page.locator("#id_title").press_sequentially("Le site, en bref", delay=20)
    page.wait_for_url("**/edit/")


def copy_ready_made(page: Page) -> None:
    page.get_by_role("link", name="Copier des questions de…").click()
    page.select_option("#id_source", label="Quel nouveau site pour la commune ?")
    page.get_by_role("button", name="Montrer ses questions").press("Enter")
    page.get_by_label("Combien de fois consultez-vous le site de la commune ?").wait_for()
    assert problems_of_ours(page) == []
    page.get_by_label("Quelle importance donnez-vous à ces qualités ?").uncheck()
    page.get_by_role("button", name="Copier ces questions").click()
    expect(page.locator(".messages")).to_contain_text("6 questions ont été ajoutées à la fin.")
    editor_is_ready(page)


def add_a_question_that_depends_on_the_first(page: Page) -> None:
    page.locator("#id_questions-ADD").click()
    expect(field(page, 7, "unit")).to_be_hidden()
    question(page, 7).get_by_label("Type").select_option("number")
    expect(field(page, 7, "unit")).to_be_visible()
    expect(field(page, 7, "options")).to_be_hidden()
    page.fill("#id_questions-6-text", "Combien de minutes cherchez-vous ?")
    expect(question(page, 7).locator("h2").first).to_contain_text("Question 7 · Combien de minutes")
    condition = field(page, 7, "shows_when").locator(".survey-condition")
    condition.locator("select").first.select_option(
        label="à qui a répondu à « 1. Combien de fois consultez-vous le site de la commune ? »"
    )
    condition.get_by_label("Chaque semaine").check()
    condition.get_by_label("Chaque mois").check()
    assert problems_of_ours(page) == []


def test_a_survey_is_built_from_a_ready_made_one_with_a_condition_chosen_by_words(
    staff: Callable[..., Visit], portal: str
):
    editor = staff("participation")
    page = editor.page
    begin(page, portal)
    expect(page.locator("[data-advice-for=questions]")).to_contain_text("au moins une question", timeout=SAVED)
    copy_ready_made(page)
    expect(page.locator("[data-other-language]")).to_contain_text("NL")
    add_a_question_that_depends_on_the_first(page)
    draft_is_saved(page)
    page.locator("#id_questions-6-unit").fill("minutes")
    draft_is_saved(page)
    page.reload()
    editor_is_ready(page)
    condition = field(page, 7, "shows_when").locator(".survey-condition")
    expect(condition.get_by_label("Chaque mois")).to_be_checked()
    expect(condition.get_by_label("Jamais")).not_to_be_checked()
    question(page, 1).get_by_role("button", name="Supprimer", exact=True).first.click()
    expect(field(page, 6, "shows_when").locator("select").first).to_contain_text("n’est plus au-dessus de celle-ci")
    hint = page.locator("[data-advice-for^='questions.']").filter(has_text="ne vient pas avant")
    expect(hint.first).to_be_attached(timeout=SAVED)
    expect(page.locator(".advice__note").first).to_be_visible()
    assert editor.console == []


def open_editor_of_the_answered_survey(page: Page, portal: str) -> None:
    page.goto(f"{portal}/admin/pages/search/?q=Votre+avis+sur+la+cour")
    page.get_by_role("link", name=re.compile("Votre avis sur la cour")).first.click()
    page.wait_for_url("**/pages/*/**")
    if "/edit/" not in page.url:
        page.goto(re.sub(r"/admin/pages/(\d+)/.*", r"/admin/pages/\1/edit/", page.url))
    editor_is_ready(page)


def test_once_it_is_answered_the_editor_sees_what_is_fixed_and_corrects_a_text(
    staff: Callable[..., Visit], portal: str
):
    editor = staff("participation")
    page = editor.page
    open_editor_of_the_answered_survey(page, portal)
    expect(page.locator("#main")).to_contain_text("137 personnes ont répondu.")
    expect(page.locator("#id_questions-0-kind")).to_be_disabled()
    expect(page.locator("#id_access")).to_be_disabled()
    expect(page.locator("#id_questions-0-text")).to_be_enabled()
    controls = question(page, 1).locator(".w-panel__controls").first
    expect(controls.get_by_role("button", name="Supprimer")).to_be_hidden()
    expect(controls.get_by_role("button", name="Monter")).to_be_hidden()
    condition = field(page, 3, "shows_when").locator(".survey-condition")
    expect(condition.locator("select").first).to_be_disabled()
    expect(condition.get_by_label("Des ateliers et un café associatif")).to_be_checked()
    assert problems_of_ours(page) == []
    page.fill("#id_questions-0-text", "Connaissez-vous la cour de l’ancienne école communale ?")
    draft_is_saved(page)
    page.locator("#id_questions-ADD").click()
    new = question(page, 7)
    expect(new.get_by_label("Type")).to_be_enabled()
    expect(new.locator("[data-inline-panel-child-move-up]")).to_be_hidden()
    assert editor.console == []


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_load_state("networkidle")


def test_a_draft_is_filled_in_to_try_it(staff: Callable[..., Visit], portal: str):
    builder = staff("participation")
    page = builder.page
    open_editor_of_the_answered_survey(page, portal)
    number = re.search(r"/pages/(\d+)/", page.url)
    assert number
    page.set_viewport_size(PHONE)
    builder.open(f"/admin/surveys/{number[1]}/try/")
    expect(page.locator("main")).to_contain_text("rien n’est gardé ni compté")
    assert builder.accessibility_problems() == []
    go_on(page)
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_role("radio").first.check()
    go_on(page)
    page.get_by_label("Une crèche avec un jardin fermé").check()
    go_on(page)
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.locator("main")).to_contain_text("Vous êtes au bout.")
    expect(page.locator("main")).to_contain_text("sa condition n’est pas remplie")
    assert builder.accessibility_problems() == []
