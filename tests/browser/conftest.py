"""One server and one browser for all browser tests, and one sign-in for each role."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections as database_connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.server import Served, running_portal

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "auneval-demo"
TYPED_MILLISECONDS = 500  # Wagtail's text editor hands on what was typed a moment later
PATIENCE_MILLISECONDS = 45_000  # a slow machine is not a fault of the portal
# How Wagtail 7.4 tells the number of matches above a listing, in a template without a block around it.
WAGTAILS_OWN = ("aria-allowed-role", ['h2[role="alert"]'])
# Where a pin stands on a map is essential, and so is the space between two of them (WCAG 2.2, 2.5.8).
PINNED = ("target-size", "leaflet-marker-icon")
# A colour on its way to another has a contrast that nobody reads: what moves stands at its end before axe looks.
# Wagtail's editor compares with the form as it was two seconds after it opened; what is typed sooner, it doesn't save.
WATCHES = """document.addEventListener('w-unsaved:watch-edits',
    () => document.documentElement.setAttribute('data-watched', ''))"""
# The form is as it was when Wagtail's last save of it ended, and none is under way.
KEPT = """() => {
    const form = document.querySelector('[data-edit-form]');
    const edits = window.wagtail.app.getControllerForElementAndIdentifier(form, 'w-unsaved');
    return edits.initialFormData === edits.formData
        && document.querySelector('.w-autosave-indicator__state--saved')?.checkVisibility();
}"""
STAND_STILL = """() => document.getAnimations()
    .filter(moving => moving.effect.getComputedTiming().endTime !== Infinity).forEach(moving => moving.finish())"""


def _executable() -> str | None:
    # The shell is Chromium without the window that nobody sees.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs as long as the browser does; the worker's other tests use the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    connections = [(alias, database_connections[alias]) for alias in database_connections]
    with sync_playwright() as playwright:
        # Beside a running loop Django would open new ones, which don't know what a test that empties the database
        # has to fill it with again.
        for alias, connection in connections:
            database_connections[alias] = connection
        try:
            opened = playwright.chromium.launch(executable_path=_executable(), args=ARGUMENTS)
        except PlaywrightError:
            pytest.skip("No Chromium on this machine, and Playwright has none of its own: browser tests did not run.")
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def portal() -> Iterator[Served]:
    """The address of a running demo commune."""
    with running_portal() as address:
        yield address


class Visit:
    """A page in the browser that notes what must not happen: a word on the console, a request that leaves the site."""

    def __init__(self, page: Page, portal: str, copy: Callable[[], Page] | None = None) -> None:
        """`copy` opens a page in which axe can run, where this visitor's has no JavaScript."""
        self.page, self.portal, self.copy = page, portal, copy
        self.console: list[str] = []
        self.strangers: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.portal, "data:", "blob:")):
            self.strangers.append(request.url)

    def open(self, path: str) -> Any:
        return self.page.goto(self.portal + path, wait_until="networkidle")

    def accessibility_problems(self) -> list[str]:
        """Return what axe finds on the screen as it is now (WCAG 2.2 AA), a line for each rule."""
        page = self._copied() if self.copy else self.page
        page.wait_for_load_state()  # its first words may stand there while the others are still on their way
        page.evaluate(STAND_STILL)
        # Axe stands in this document alone; what it says to a frame nobody hears, and a closed one complains of it.
        options = {"runOnly": {"type": "tag", "values": WCAG}, "iframes": False}
        found = Axe().run(page, options=options).response["violations"]
        told = [(rule["id"], _asked_of_us(rule), rule["help"]) for rule in found]
        return [f"{name}: {nodes[:4]} {words}" for name, nodes, words in told if nodes]

    def _copied(self) -> Page:
        """Axe waits for ever on a page without JavaScript: it looks at a copy, at an address of the same site."""
        page = self.copy()  # type: ignore[misc]
        self.page.wait_for_load_state("networkidle")
        page.goto(f"{self.portal}/healthz")
        page.set_content(self.page.content(), wait_until="networkidle")
        return page


def _asked_of_us(rule: dict[str, Any]) -> list[Any]:
    """Return the parts of the page that break a rule of axe, but those that can't be otherwise."""
    name, (essential, pin) = rule["id"], PINNED
    found = [node["target"] for node in rule["nodes"] if name != essential or pin not in node["html"]]
    return [target for target in found if (name, target) != WAGTAILS_OWN]


def editor_is_ready(page: Page) -> None:
    """Wait until Wagtail's editor notes what is typed."""
    expect(page.locator("html[data-watched]")).to_be_attached()


def draft_is_saved(page: Page) -> None:
    """Wait until Wagtail's editor has kept by itself what was typed last."""
    page.wait_for_timeout(TYPED_MILLISECONDS)
    page.wait_for_function(KEPT)


def assert_well(reader: Visit) -> None:
    """Nothing for axe, nothing on the console, nobody else asked, nothing to scroll sideways for."""
    assert reader.accessibility_problems() == []
    assert reader.console == []
    assert reader.strangers == []
    width = reader.page.viewport_size["width"]  # type: ignore[index]
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def visit(browser: Browser, portal: str) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens a new visitor's page; options are those of a browser's context."""
    contexts: list[BrowserContext] = []

    def new_page(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "fr-BE", **options})
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        context.add_init_script(WATCHES)
        contexts.append(context)
        return context.new_page()

    def begin(**options: Any) -> Visit:
        copy = None
        if options.get("java_script_enabled") is False:
            copy = cache(lambda: new_page(**{**options, "java_script_enabled": True}))
        return Visit(new_page(**options), portal, copy)

    yield begin
    for context in contexts:
        context.close()


def sign_in(page: Page, portal: str, name: str, *, to: str = "/admin/") -> None:
    """Sign a demo account in with its password, and go on to `to`."""
    page.goto(f"{portal}/fr/compte/connexion/mot-de-passe/?next={to}")
    page.fill("#id_login", f"{name}@auneval.example")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "mot-de-passe" not in url)


@pytest.fixture(scope="session")
def sessions(browser: Browser, portal: str) -> Callable[[str], Any]:
    """Return a function that signs a demo account in once, and gives its cookies."""
    known: dict[str, Any] = {}

    def session_of(name: str) -> Any:
        if name not in known:
            context = browser.new_context(locale="fr-BE")
            page = context.new_page()
            sign_in(page, portal, name)
            page.wait_for_url("**/admin/")
            known[name] = context.storage_state()
            context.close()
        return known[name]

    return session_of


@pytest.fixture
def staff(visit: Callable[..., Visit], sessions: Callable[[str], Any]) -> Callable[..., Visit]:
    """Return a function that opens the admin as a demo account."""

    def sign_in(name: str, **options: Any) -> Visit:
        return visit(storage_state=sessions(name), **options)

    return sign_in
