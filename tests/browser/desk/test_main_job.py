"""The main job, end to end: a department's draft becomes a message on a resident's screen, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit, draft_is_saved, editor_is_ready

pytestmark = pytest.mark.browser

WORDS = {
    "title": ("Passage piéton rue du Port", "Zebrapad in de Havenstraat"),
    "introduction": (
        "Lundi, nous traçons un passage piéton devant la boulangerie.",
        "Maandag schilderen we een zebrapad voor de bakkerij.",
    ),
    "adjusted": (
        "Lundi matin, nous traçons un passage piéton devant la boulangerie.",
        "Maandagvoormiddag schilderen we een zebrapad voor de bakkerij.",
    ),
    "body": ("Le stationnement est interdit de 7 h à 12 h.", "Parkeren is verboden van 7 tot 12 uur."),
}
DUTCH = "/nl/nieuws/zebrapad-in-de-havenstraat/"
MORE = re.compile("Plus d.actions|Meer acties")


def choose_action(page: Page, name: re.Pattern[str]) -> None:
    """Open the menu beside "save draft", and press one of its buttons."""
    page.get_by_role("button", name=MORE).click()
    page.get_by_role("button", name=name).click()


def write_message(page: Page, portal: str) -> None:
    """As a department's editor, from the first screen: a message for two neighbourhoods, in French."""
    page.goto(f"{portal}/admin/")
    page.get_by_role("link", name="Rédiger un message en français").click()
    page.wait_for_url("**/admin/pages/add/neighbourhood_news/newspage/*/")
    editor_is_ready(page)
    expect(page.locator("#id_department")).to_contain_text("Travaux publics")
    assert page.locator("#id_department option").count() == 1
    page.select_option("#id_kind", "policy")
    page.get_by_label("Canal", exact=True).check()
    page.get_by_label("Gare", exact=True).check()
    page.fill("#id_title", WORDS["title"][0])
    page.fill("#id_introduction", WORDS["introduction"][0])
    page.locator("[data-streamfield-block-list], [data-contentpath=body]").first.scroll_into_view_if_needed()
    page.locator("[data-contentpath=body] button[title]").first.click()
    page.get_by_role("option", name=re.compile("^Texte")).first.click()
    page.locator("[data-contentpath=body] [contenteditable=true]").first.click()
    page.keyboard.type(WORDS["body"][0])
    # Wagtail saves the draft by itself, and from then on the address is that of the draft.
    page.wait_for_url("**/edit/")
    draft_is_saved(page)


def translate(page: Page, words: list[str]) -> None:
    """As the desk: give each text of the translation editor its Dutch."""
    for text in words:
        page.get_by_role("button", name="Traduire").first.click()
        box = page.locator("textarea, [contenteditable=true]").first
        box.fill(text)
        with page.expect_response(lambda response: "/strings/" in response.url):
            page.get_by_role("button", name="Enregistrer").first.click()


def propose(page: Page, portal: str) -> None:
    """As the editor: submit what was written; there is no button that publishes."""
    expect(page.locator("[name=action-publish]")).to_have_count(0)
    choose_action(page, re.compile("Proposer|Soumettre"))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    page.goto(f"{portal}/admin/")
    expect(page.locator("#main")).to_contain_text(WORDS["title"][0])


def adjust_and_translate(page: Page, portal: str) -> str:
    """As the desk: find the text in the queue, adjust it, and complete the Dutch; return the original's address."""
    page.goto(f"{portal}/admin/")
    page.get_by_role("link", name="Tout ce qui est à relire").click()  # the first screen has what waits longest
    page.get_by_role("link", name=WORDS["title"][0]).first.click()
    page.wait_for_url(re.compile(r"/admin/to-review/\d+/"))
    page.get_by_role("link", name="Adapter").first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    original = page.url
    expect(page.locator(".messages")).to_contain_text("Néerlandais")
    editor_is_ready(page)
    page.fill("#id_introduction", WORDS["adjusted"][0])
    draft_is_saved(page)
    choose_action(page, re.compile("Traduire"))
    page.wait_for_url(lambda url: "/edit/" in url and url != original)
    translate(page, [WORDS["title"][1], WORDS["adjusted"][1], WORDS["body"][1]])
    return original


def approve(page: Page, original: str) -> None:
    page.goto(original)
    choose_action(page, re.compile("Approuver dans les deux langues"))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    expect(page.locator(".messages")).to_contain_text("deux langues")


def read_everywhere(resident: Visit) -> None:
    """As a resident, on a phone: on the home page, the list and both neighbourhoods' pages, in both languages."""
    for path in ("/fr/", "/fr/quartiers/canal-kanaal/", "/fr/quartiers/gare-station/", "/fr/actualites/"):
        resident.open(path)
        expect(resident.page.get_by_role("link", name=WORDS["title"][0]).first).to_be_visible()
    resident.open("/fr/quartiers/plateau/")
    expect(resident.page.get_by_role("link", name=WORDS["title"][0])).to_have_count(0)
    resident.open("/fr/actualites/")
    resident.page.get_by_role("link", name=WORDS["title"][0]).click()
    expect(resident.page.locator("h1")).to_have_text(WORDS["title"][0])
    for words in (WORDS["adjusted"][0], "Travaux publics"):
        expect(resident.page.locator("main")).to_contain_text(words)
    assert resident.accessibility_problems() == []
    resident.page.locator(".language-switch a").click()
    resident.page.wait_for_url(f"**{DUTCH}")
    expect(resident.page.locator("h1")).to_have_text(WORDS["title"][1])
    expect(resident.page.locator("main")).to_contain_text(WORDS["body"][1])
    assert resident.accessibility_problems() == []


def test_from_a_departments_draft_to_a_residents_screen(
    staff: Callable[..., Visit], visit: Callable[..., Visit], portal: str
):
    editor, desk, resident = staff("voirie"), staff("communication"), visit(viewport=PHONE)
    write_message(editor.page, portal)
    propose(editor.page, portal)
    original = adjust_and_translate(desk.page, portal)
    assert resident.open(DUTCH).status == 404
    approve(desk.page, original)
    read_everywhere(resident)
    editor.page.goto(f"{portal}/admin/")
    row: Any = editor.page.locator(".proposals tr").filter(has_text=WORDS["title"][0])
    expect(row).to_contain_text("publié")
