"""My data in a browser, from the first look to the last page: on a phone, in both languages, without JavaScript too."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.browser.conftest import PHONE, Visit
from tests.browser.server import Served

pytestmark = pytest.mark.browser

MAKE = """
from residents.models import Residency, User
from home.models import Neighbourhood
from wagtail.users.models import UserProfile
from tests.residents.my_data.filling import session_of
user = User.objects.create_user("{email}")
UserProfile.objects.create(user=user, preferred_language="{code}")
Residency.objects.create(user=user, neighbourhood=Neighbourhood.objects.first())
print(session_of(user))
"""


@dataclass(frozen=True)
class Way:
    """Where the pages stand, and what they say, in one language."""

    code: str
    data: str
    correct: str
    address: str
    close: str
    confirm: str
    corrected: str
    changed: str
    closed: str


WAYS = {
    "fr": Way(
        "fr",
        "/fr/mon-espace/donnees/",
        "/fr/mon-espace/donnees/corriger/",
        "/fr/mon-espace/donnees/adresse/",
        "/fr/mon-espace/donnees/fermer/",
        "confirmer-adresse",
        "Vos données sont corrigées",
        "L’adresse est changée",
        "Votre compte est fermé",
    ),
    "nl": Way(
        "nl",
        "/nl/mijn-omgeving/gegevens/",
        "/nl/mijn-omgeving/gegevens/verbeteren/",
        "/nl/mijn-omgeving/gegevens/adres/",
        "/nl/mijn-omgeving/gegevens/sluiten/",
        "adres-bevestigen",
        "Uw gegevens zijn verbeterd",
        "Het adres is gewijzigd",
        "Uw account is gesloten",
    ),
}
SEND = "main form.form button[type=submit]"


class Resident:
    """Somebody at their own pages; each step is looked at by axe where scripts run."""

    def __init__(self, visit: Visit, way: Way, *, scripts: bool) -> None:
        self.visit, self.page, self.way, self.scripts = visit, visit.page, way, scripts

    def look(self) -> None:
        if self.scripts:
            assert self.visit.accessibility_problems() == []
            assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    def open(self, path: str) -> None:
        self.visit.open(path)
        self.look()

    def send(self) -> None:
        self.page.click(SEND)
        self.page.wait_for_load_state("networkidle")
        self.look()

    def says(self, words: str) -> bool:
        return words in self.page.inner_text("main")


@pytest.mark.parametrize(("code", "scripts"), [("fr", False), ("nl", True)])
def test_a_resident_sees_takes_along_corrects_moves_and_closes(
    code: str, scripts: bool, visit: Callable[..., Visit], portal: Served
):
    way, email, new = WAYS[code], f"depart-{code}@auneval.example", f"nouveau-{code}@auneval.example"
    session = portal.manage("shell", "-v0", "-c", MAKE.format(email=email, code=code)).split()[-1]
    opened = visit(viewport=PHONE, java_script_enabled=scripts)
    opened.page.context.add_cookies([{"name": "sessionid", "value": session, "url": str(portal)}])
    resident = Resident(opened, way, scripts=scripts)
    _sees_and_takes_along(resident, email)
    _corrects(resident)
    _moves(resident, portal, email, new)
    _closes(resident, new)
    assert opened.strangers == []
    assert [line for line in opened.console if "404" not in line] == []


def _sees_and_takes_along(resident: Resident, email: str) -> None:
    resident.open(resident.way.data)
    assert resident.says(email)
    for form in ("html", "json"):
        with resident.page.expect_download() as told:
            resident.page.click(f".tasks a[href$='/{form}/']")
        text = told.value.path().read_text()
        assert email in text
        assert form != "json" or json.loads(text)["language"] == resident.way.code


def _corrects(resident: Resident) -> None:
    page = resident.page
    resident.open(resident.way.correct)
    page.fill("[name=display_name]", "x@y.example")
    resident.send()
    assert page.locator(".error-summary").is_visible()
    assert page.input_value("[name=display_name]") == "x@y.example"
    page.fill("[name=display_name]", "Camille")
    resident.send()
    assert resident.says(resident.way.corrected)
    assert resident.says("Camille")


def _moves(resident: Resident, portal: Served, email: str, new: str) -> None:
    page = resident.page
    resident.open(resident.way.address)
    page.fill("[name=email]", new)
    resident.send()
    assert page.locator(".pending").is_visible()
    portal.manage("run_worker", "--once")
    links = re.findall(rf"{portal}(/\S+/{resident.way.confirm}/[\w-]+/)", portal.mails())
    ours = list(dict.fromkeys(links))[-2:]
    assert len(ours) == 2
    for link in ours:
        resident.open(link)
        page.click("main form button[type=submit]")
        page.wait_for_load_state("networkidle")
        resident.look()
    assert resident.says(resident.way.changed)
    resident.open(ours[0])
    assert page.locator("main form").count() == 0


def _closes(resident: Resident, address: str) -> None:
    page = resident.page
    resident.open(resident.way.close)
    page.check("[value=keep]")
    page.fill("[name=address]", "somebody@else.example")
    resident.send()
    assert page.locator(".error-summary").is_visible()
    assert page.is_checked("[value=keep]")
    page.fill("[name=address]", address)
    resident.send()
    assert resident.says(resident.way.closed)
    resident.visit.open(resident.way.data)
    assert "?next=" in page.url, "somebody is still signed in"
