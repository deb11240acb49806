"""Make the pictures of README.md from the running demo commune (`make screenshots`)."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.server import running_portal

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PICTURES = {
    "home": ("/fr/", 1280, 1500),
    "phone": ("/nl/wijken/canal-kanaal/", 390, 844),
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_portal() as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (path, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(portal + path, wait_until="networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
