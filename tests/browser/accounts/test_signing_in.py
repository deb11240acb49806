"""Signing up and in, in a browser: both languages, with and without JavaScript, on a phone and a desktop."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.server import Served

pytestmark = pytest.mark.browser

SMALL = {"width": 320, "height": 640}
WORDS: dict[str, dict[str, Any]] = {
    "fr": {
        "sign in": "/fr/compte/connexion/",
        "sign up": "/fr/compte/inscription/",
        "security": "/fr/mon-espace/connexion/",
        "code": "Envoyez-moi un code",
        "make": "Créer mon compte",
        "enter": "Se connecter",
        "wrong": "Ce code n’est pas le bon",
        "out": "Se déconnecter ici",
        "save": "Enregistrer",
        "app": "/application/",
        "add": "Ajouter",
    },
    "nl": {
        "sign in": "/nl/account/aanmelden/",
        "sign up": "/nl/account/registreren/",
        "security": "/nl/mijn-omgeving/aanmelden/",
        "code": "Stuur mij een code",
        "make": "Mijn account maken",
        "enter": "Aanmelden",
        "wrong": "Deze code klopt niet",
        "out": "Hier afmelden",
        "save": "Opslaan",
        "app": "/app/",
        "add": "Toevoegen",
    },
}
CODE = re.compile(r"\b\d{4}-\d{4}\b")


def well(person: Visit) -> None:
    """The screen is readable by all, fits, and asked nobody else."""
    assert person.accessibility_problems() == []
    assert person.strangers == []
    assert person.page.evaluate("document.documentElement.scrollWidth") <= person.page.viewport_size["width"]


def button(person: Visit, name: str) -> Any:
    return person.page.locator("main").get_by_role("button", name=name, exact=True)


def press(person: Visit, name: str) -> None:
    button(person, name).click()
    person.page.wait_for_load_state()
    well(person)


def type_code(person: Visit, portal: Served, email: str, name: str) -> None:
    person.page.fill("#id_code", CODE.search(portal.last_mail_to(email)).group())  # type: ignore[union-attr]
    button(person, name).click()


def sign_in_by_code(person: Visit, portal: Served, email: str, words: dict[str, Any]) -> None:
    person.open(words["sign in"])
    well(person)
    person.page.fill("#id_email", email)
    press(person, words["code"])
    type_code(person, portal, email, words["enter"])


@pytest.mark.parametrize(
    ("code", "options"),
    [("fr", {"viewport": DESKTOP}), ("nl", {"viewport": SMALL, "java_script_enabled": False})],
    ids=["fr, desktop", "nl, small, without JavaScript"],
)
def test_a_newcomer_has_an_account_in_a_minute_and_signs_in_again(
    visit: Callable[..., Visit], portal: Served, code: str, options: dict[str, Any]
):
    words, email = WORDS[code], f"newcomer.{code}@voorbeeld.example"
    person = visit(**options)
    person.open(f"/{code}/")
    person.page.locator(".site-header").get_by_role("link", name=words["enter"]).click()
    expect(person.page).to_have_url(re.compile(words["sign in"]))
    person.page.locator(f'main a[href^="{words["sign up"]}"]').click()
    well(person)
    person.page.fill("#id_email", "not an address")
    button(person, words["code"]).click()
    expect(person.page.locator(".error-summary")).to_be_visible()
    expect(person.page.locator("#id_email")).to_have_value("not an address")
    well(person)
    person.page.fill("#id_email", email)
    person.page.select_option("#id_neighbourhood", index=2)
    button(person, words["code"]).click()
    person.page.fill("#id_code", "0000-0000")
    button(person, words["make"]).click()
    expect(person.page.locator(".error-summary")).to_contain_text(words["wrong"])
    well(person)
    type_code(person, portal, email, words["make"])
    person.page.wait_for_url(re.compile(rf"/{code}/"))
    person.open(words["security"])
    expect(person.page.locator("main")).to_contain_text(email)
    button(person, words["out"]).click()
    person.open(words["sign in"])
    person.page.fill("#id_email", email)
    button(person, words["code"]).click()
    type_code(person, portal, email, words["enter"])
    person.open(words["security"])
    expect(person.page.locator("main")).to_contain_text(email)


def test_a_password_is_set_and_signs_in(visit: Callable[..., Visit], portal: Served):
    words, email = WORDS["nl"], "r0001@residents.auneval.example"  # nobody else's test signs in as them
    person = visit(viewport=PHONE)
    sign_in_by_code(person, portal, email, words)
    person.open(words["security"])
    well(person)
    person.page.locator("main a[href$='/wachtwoord/']").click()
    person.page.fill("#id_password", "kort")
    press(person, words["save"])
    expect(person.page.locator(".error-summary")).to_be_visible()
    person.page.fill("#id_password", "een-lang-wachtwoord")
    person.page.get_by_label("Tonen wat ik typ").check()
    expect(person.page.locator("#id_password")).to_have_attribute("type", "text")
    press(person, words["save"])
    expect(person.page.locator(".message-note")).to_contain_text("Uw wachtwoord is ingesteld")
    press(person, words["out"])
    person.open("/nl/account/aanmelden/wachtwoord/")
    well(person)
    person.page.fill("#id_login", email)
    person.page.fill("#id_password", "fout-fout-fout")
    press(person, words["enter"])
    expect(person.page.locator("#id_login")).to_have_value(email)
    person.page.fill("#id_password", "een-lang-wachtwoord")
    press(person, words["enter"])
    expect(person.page).to_have_url(re.compile("/nl/mijn-omgeving/"))
    assert person.console == []


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_codes_of_an_app_are_set_up_and_asked_for(visit: Callable[..., Visit], portal: Served, code: str):
    words, email = WORDS[code], f"careful.{code}@voorbeeld.example"
    person = visit(viewport=PHONE)
    person.open(words["sign up"])
    person.page.fill("#id_email", email)
    press(person, words["code"])
    type_code(person, portal, email, words["make"])
    person.page.wait_for_load_state()
    person.open(words["security"])
    person.page.locator(f"main a[href$='{words['app']}']").click()
    well(person)
    secret = person.page.locator(".secret").inner_text()
    person.page.fill("#id_code", app_shows(secret))
    press(person, words["add"])
    recovery = person.page.locator(".recovery-codes code").all_inner_texts()
    assert len(recovery) == 10
    person.open(words["security"])
    well(person)
    button(person, words["out"]).click()
    sign_in_by_code(person, portal, email, words)
    person.page.wait_for_load_state()
    well(person)
    person.page.fill("#id_code", "000000")
    press(person, words["enter"])
    expect(person.page.locator(".error-summary")).to_be_visible()
    person.page.fill("#id_code", recovery[0])
    press(person, words["enter"])
    person.open(words["security"])
    expect(person.page.locator("main")).to_contain_text(email)


def app_shows(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def with_a_device(person: Visit) -> None:
    """Give the browser a device that keeps passkeys, and a finger on it."""
    session = person.page.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def by_name(browser: Browser, portal: Served, visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """Return a function that opens the portal by a name: a number is no place that a passkey can belong to."""

    def begin(**options: Any) -> Visit:
        person = visit(**options)
        person.portal = portal.replace("127.0.0.1", "localhost")
        return person

    return begin


def test_a_passkey_is_added_and_signs_in_without_anything_else(by_name: Callable[..., Visit], portal: Served):
    words, email = WORDS["fr"], "passkey@voorbeeld.example"
    person = by_name(viewport=PHONE)
    with_a_device(person)
    person.open(words["sign up"])
    person.page.fill("#id_email", email)
    press(person, words["code"])
    type_code(person, portal, email, words["make"])
    person.page.wait_for_load_state()
    person.open("/fr/mon-espace/connexion/cles-d-acces/ajouter/")
    well(person)
    person.page.fill("#id_name", "mon téléphone")
    person.page.click("#mfa_webauthn_add")
    person.page.wait_for_url("**/codes-de-secours/")
    well(person)
    person.open(words["security"])
    expect(person.page.locator(".way-in__list")).to_contain_text("mon téléphone")
    well(person)
    press(person, words["out"])
    person.open(words["sign in"])
    person.page.click("#passkey_login")
    person.page.wait_for_url("**/fr/mon-espace/**")
    person.open(words["security"])
    expect(person.page.locator("main")).to_contain_text(email)
    assert person.console == []


def test_a_browser_whose_device_says_no_is_told_so_and_offered_a_code(by_name: Callable[..., Visit]):
    person = by_name()
    person.open(WORDS["fr"]["sign in"])
    person.page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    person.page.click("#passkey_login")
    expect(person.page.locator("[data-passkey-problem]")).to_be_visible()
    well(person)
    assert person.console == []


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_without_javascript_a_passkey_is_said_to_need_it(visit: Callable[..., Visit], code: str):
    person = visit(java_script_enabled=False)
    person.open(WORDS[code]["sign in"])
    expect(person.page.locator("main .notice")).to_contain_text("JavaScript")
    expect(person.page.locator("#passkey_login")).to_be_hidden()
