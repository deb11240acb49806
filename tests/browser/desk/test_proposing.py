"""The form behind a personal link, as somebody without an account meets it; and what the desk sees of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.prepared import ROOT

pytestmark = pytest.mark.browser

FORMS = {"fr": "/fr/proposer/demo-lien-police/", "nl": "/nl/voorstellen/demo-lien-police/"}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
PICTURE = ROOT / "demo" / "pictures" / "frogs.jpg"
SEND = "form.form button[type=submit]"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", FORMS)
def test_mistakes_are_told_at_the_top_and_at_the_field_and_the_words_stay(
    code: str, size: str, visit: Callable[..., Visit]
):
    sender = visit(viewport=SIZES[size])
    sender.open(FORMS[code])
    assert sender.accessibility_problems() == []
    sender.page.fill("[name=text]", "Samedi, place de la Gare.")
    sender.page.fill("[name=wanted_on]", "2020-01-01")
    sender.page.set_input_files("[name=file_1]", str(PICTURE))
    sender.page.click(SEND)
    sender.page.wait_for_selector(".error-summary")
    assert sender.accessibility_problems() == []
    assert sender.page.evaluate("document.activeElement.className") == "error-summary"
    assert sender.page.input_value("[name=text]") == "Samedi, place de la Gare."
    assert sender.page.locator(".error-summary li").count() == 3
    sender.page.click(".error-summary a >> nth=0")
    assert sender.page.evaluate("document.activeElement.name") == "title"
    assert sender.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    assert sender.console == []
    assert sender.strangers == []


@pytest.mark.parametrize(("code", "size"), [("fr", "phone"), ("nl", "desktop")])
def test_a_text_with_a_picture_is_sent_without_javascript_and_without_a_cookie(
    code: str, size: str, visit: Callable[..., Visit]
):
    sender = visit(viewport=SIZES[size], java_script_enabled=False)
    sender.open(FORMS[code])
    page = sender.page
    page.fill("[name=title]", f"Sans script {code}")
    page.fill("[name=text]", "Un paragraphe.\n\nUn autre.")
    page.check("[name=neighbourhoods] >> nth=0")
    page.set_input_files("[name=file_1]", str(PICTURE))
    page.fill("[name=description_1]", "Des grenouilles.")
    page.click(SEND)
    page.wait_for_url("**?reference=*")
    assert page.url.rsplit("=", 1)[1] in page.inner_text("main")
    assert page.context.cookies() == []


def test_the_form_is_filled_and_sent_by_keyboard_alone(visit: Callable[..., Visit]):
    sender = visit()
    sender.open(FORMS["nl"])
    page = sender.page
    page.focus("[name=title]")
    page.keyboard.type("Met het toetsenbord")
    page.keyboard.press("Tab")
    page.keyboard.type("Een zin.")
    for _stop in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('form.form button[type=submit]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**?reference=*")
    assert sender.accessibility_problems() == []


def test_the_page_tells_no_other_page_its_address(visit: Callable[..., Visit]):
    sender = visit()
    sender.open(FORMS["fr"])
    sender.page.click(".brand")
    sender.page.wait_for_url("**/fr/")
    assert sender.page.evaluate("document.referrer") == ""


def test_the_desk_makes_a_link_that_works_and_revokes_it(visit: Callable[..., Visit], staff: Callable[..., Visit]):
    desk = staff("communication")
    desk.open("/admin/snippets/moderation/sender/")
    desk.page.click("a:has-text('Oostwater') >> nth=0")
    desk.page.wait_for_load_state()
    key = desk.page.url.rstrip("/").rsplit("/", 1)[1]
    desk.open(f"/admin/snippets/moderation/sender/link/{key}/")
    assert desk.accessibility_problems() == []
    desk.page.click("button[value=new]")
    address = desk.page.input_value("#sender-link")
    assert desk.accessibility_problems() == []
    assert visit().page.goto(address).status == 200
    desk.page.click("button[value=revoke]")
    desk.page.wait_for_url("**/sender/")
    assert visit().page.goto(address).status == 404


def test_the_desk_reads_above_the_editor_where_a_text_came_from(staff: Callable[..., Visit]):
    desk = staff("communication")
    desk.open("/admin/to-review/")
    desk.page.click("a:has-text('Gravez votre vélo') >> nth=0")
    desk.page.wait_for_selector(".arrival")
    assert "proximite@police-auneval.example" in desk.page.inner_text(".arrival")
