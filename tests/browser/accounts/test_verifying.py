"""A resident asks for a letter, the clerk prints it, the resident types the code in; and the counter, by keyboard."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit, sign_in

pytestmark = pytest.mark.browser

MINE = {"fr": "/fr/mon-espace/verification/", "nl": "/nl/mijn-omgeving/verificatie/"}
NARROW = {"width": 320, "height": 700}


@pytest.fixture
def resident(visit: Callable[..., Visit], portal: str) -> Callable[..., Visit]:
    """Return a function that opens the site as a demo account."""

    def opened(name: str, **options: Any) -> Visit:
        visitor = visit(**options)
        sign_in(visitor.page, portal, name, to="/fr/")
        return visitor

    return opened


def fits(visit: Visit) -> bool:
    return bool(visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"])


def looked_at(visit: Visit) -> list[str]:
    """Return what is wrong on a screen."""
    return [*visit.accessibility_problems(), *([] if fits(visit) else ["It scrolls sideways."])]


def code_of(page: Page, name: str, folder: Path) -> str:
    """Print everything that waits as a merge file, and return the code in one of the letters."""
    page.check("input[name=kind][value=csv]")
    with page.expect_download() as download:
        page.click("button[form=print]")
    download.value.save_as(folder / "letters.csv")
    with (folder / "letters.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file, delimiter=";")}
    return rows[name]["code"]


def test_a_code_by_letter_from_the_phone_to_the_paper_and_back(
    resident: Callable[..., Visit], staff: Callable[..., Visit], tmp_path: Path
):
    phone = resident("bewoner", viewport=NARROW, locale="nl-BE", java_script_enabled=False)
    phone.open(MINE["nl"])
    assert looked_at(phone) == []
    phone.page.click("a:has-text('Een brief vragen')")
    assert looked_at(phone) == []
    phone.page.fill("[name=given_name]", "Bram")
    phone.page.fill("[name=born_on]", "31/02/1990")
    phone.page.fill("[name=street]", "Stationsplein 3")
    phone.page.click("form.form button[type=submit]")
    assert phone.page.locator(".error-summary li").count() == 2
    assert looked_at(phone) == []
    phone.page.fill("[name=family_name]", "Hellemans")
    phone.page.fill("[name=born_on]", "28/02/1990")
    phone.page.click("form.form button[type=submit]")
    assert "Stationsplein 3" in phone.page.inner_text(".verify-letter")
    assert looked_at(phone) == []

    clerk = staff("guichet")
    clerk.open("/admin/letters/")
    assert clerk.accessibility_problems() == []
    code = code_of(clerk.page, "Bram Hellemans", tmp_path)
    clerk.open("/admin/letters/")
    assert "Bram" not in clerk.page.inner_text("main")
    clerk.page.click("a:has-text('Annuler') >> nth=0")
    assert clerk.accessibility_problems() == []

    phone.open(MINE["nl"])
    phone.page.fill("[name=code]", "BBBBBBBBBB")
    phone.page.click(".verify-letter form button")
    assert "niet de code" in phone.page.inner_text(".error-summary")
    assert looked_at(phone) == []
    phone.page.fill("[name=code]", code.lower())
    phone.page.click(".verify-letter form button")
    assert "U bent een geverifieerde inwoner tot" in phone.page.inner_text("main")
    assert looked_at(phone) == []
    assert phone.console == []
    assert phone.strangers == []


def test_the_counter_by_keyboard_alone(resident: Callable[..., Visit], staff: Callable[..., Visit]):
    theirs = resident("voirie")  # somebody of the staff lives here too
    theirs.open(MINE["fr"])
    number = theirs.page.inner_text(".verify-number__digits")
    clerk = staff("guichet")
    clerk.open("/admin/counter/")
    page = clerk.page
    assert clerk.accessibility_problems() == []
    page.keyboard.type(number)  # the field has the focus already
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=born_on]")
    assert clerk.accessibility_problems() == []
    for words in ("Gillardin", "Thomas", "0304197"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".counter__error")
    assert clerk.accessibility_problems() == []
    page.focus("[name=born_on]")
    page.keyboard.press("Control+a")
    page.keyboard.type("03041971")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=n’est pas conservé")
    assert page.evaluate("document.activeElement.name") == "who"  # ready for the next person
    assert clerk.accessibility_problems() == []
    theirs.open(MINE["fr"])
    assert "est vérifiée jusqu’au" in theirs.page.inner_text("main")
    assert theirs.accessibility_problems() == []


def test_somebody_without_an_address_is_registered_and_found_again(staff: Callable[..., Visit]):
    clerk = staff("guichet")
    page: Any = clerk.page
    card = {"family_name": "Dekoninck", "given_name": "Godelieve", "born_on": "7/9/1938"}
    for address, button in (("/admin/counter/register/", "Inscrire et vérifier"), ("/admin/counter/card/", "Chercher")):
        clerk.open(address)
        assert clerk.accessibility_problems() == []
        for name, words in card.items():
            page.fill(f"[name={name}]", words)
        page.click(f"button:has-text('{button}')")
        page.wait_for_url(re.compile(r"/counter/\d+/$"))
        assert "sans adresse e-mail" in page.inner_text(".review__facts")
        assert "Godelieve" not in page.inner_text("main")
        assert clerk.accessibility_problems() == []


def test_the_page_for_everybody_is_readable_in_both_languages(visit: Callable[..., Visit]):
    reader = visit(viewport=NARROW)
    for address in ("/fr/habitants-verifies/", "/nl/geverifieerde-inwoners/"):
        reader.open(address)
        assert reader.accessibility_problems() == []
        assert fits(reader)
    assert reader.console == []
    assert reader.strangers == []
