"""Make the pictures of README.md and of the desk's manuals from the running demo commune (`make screenshots`)."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.conftest import sign_in
from tests.browser.server import running_portal

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LANGUAGES = ("fr", "nl")
COLOURS = 128


@dataclass(frozen=True)
class Picture:
    """What is shown: a page, or what one finds there by clicking; in the admin as `account`, in both languages."""

    name: str
    path: str
    height: int
    width: int = 1280
    account: str = ""
    clicks: tuple[str, ...] = ()


PICTURES = (
    Picture("home", "/fr/", 1500),
    Picture("phone", "/nl/wijken/canal-kanaal/", 844, width=390),
    Picture("desk-queue", "/admin/to-review/", 1180, account="communication"),
    Picture("desk-review", "/admin/to-review/", 1440, account="communication", clicks=("text=Un compost de quartier",)),
    Picture("desk-calendar", "/admin/agenda/", 1560, account="communication"),
    Picture("desk-rules", "/admin/", 1000, account="voirie", clicks=("text=Six box", "[data-side-panel-toggle=guide]")),
    Picture("desk-mails", "/admin/mails/", 800, account="communication"),
)


def signed_in(browser: Browser, portal: str, *, account: str, language: str) -> BrowserContext:
    """Sign a demo account in, and choose its language in the admin."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, portal, account, to="/admin/account/")
    page.select_option("[name=locale-preferred_language]", language)
    page.click("main form [type=submit]")
    page.wait_for_load_state("networkidle")
    page.close()
    return context


def take(page: Page, portal: str, picture: Picture, name: str) -> None:
    """Keep the picture with few colours: a screen has no more, and a checkout stays light."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.goto(portal + picture.path, wait_until="networkidle")
    for selector in picture.clicks:
        page.click(selector)
        page.wait_for_load_state("networkidle")
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_portal() as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for account in sorted({picture.account for picture in PICTURES}):
            for language in LANGUAGES if account else ("",):
                context = signed_in(browser, portal, account=account, language=language) if account else browser
                for picture in PICTURES:
                    if picture.account == account:
                        name = f"{picture.name}.{language}" if language else picture.name
                        take(context.new_page(), portal, picture, name)
        browser.close()


if __name__ == "__main__":
    main()
