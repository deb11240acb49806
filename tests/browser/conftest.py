"""One server and one browser for all browser tests, and one sign-in for each role."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.server import running_portal

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "auneval-demo"


def _executable() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=_executable(), args=ARGUMENTS)
        except PlaywrightError:
            pytest.skip("No Chromium on this machine, and Playwright has none of its own: browser tests did not run.")
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def portal() -> Iterator[str]:
    """The address of a running demo commune."""
    with running_portal() as address:
        yield address


class Visit:
    """A page in the browser that notes what must not happen: a word on the console, a request that leaves the site."""

    def __init__(self, page: Page, portal: str) -> None:
        self.page, self.portal = page, portal
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
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
        return [f"{rule['id']}: {[node['target'] for node in rule['nodes']][:4]} {rule['help']}" for rule in found]


@pytest.fixture
def visit(browser: Browser, portal: str) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens a new visitor's page; options are those of a browser's context."""
    contexts: list[BrowserContext] = []

    def begin(**options: Any) -> Visit:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "fr-BE", **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visit(context.new_page(), portal)

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def sessions(browser: Browser, portal: str) -> Callable[[str], Any]:
    """Return a function that signs a demo account in once, and gives its cookies."""
    known: dict[str, Any] = {}

    def session_of(name: str) -> Any:
        if name not in known:
            context = browser.new_context(locale="fr-BE")
            page = context.new_page()
            page.goto(f"{portal}/admin/login/")
            page.fill("#id_username", f"{name}@auneval.example")
            page.fill("#id_password", PASSWORD)
            page.click("button[type=submit]")
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
