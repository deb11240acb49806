"""The news by mail, from the form to the last click, as somebody without an account meets it; and the desk's screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.mailbox import mails_to, text_of
from tests.browser.server import Served

pytestmark = pytest.mark.browser
SUBMIT = "form.form button[type=submit]"


def assert_readable(reader: Visit, width: int) -> None:
    assert reader.accessibility_problems() == []
    assert reader.strangers == []
    assert reader.console == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"


def link_in(text: str) -> str:
    return urlsplit(re.search(r"https?://\S+/abonnement/\S+", text).group()).path


def test_a_resident_subscribes_in_dutch_on_a_phone_without_javascript_and_ends_it_with_one_click(
    portal: str, visit: Callable[..., Visit]
):
    reader = visit(viewport=PHONE, java_script_enabled=False, locale="nl-BE")
    page = reader.page
    reader.open("/nl/wijken/canal-kanaal/")
    page.click(".digest-invitation a")
    expect(page.locator("h1")).to_have_text("Het nieuws uit uw wijk, per e-mail")
    expect(page.get_by_label("Kanaal")).to_be_checked()
    page.click(SUBMIT)
    expect(page.locator(".error-summary")).to_contain_text("e-mailadres")
    page.fill("[name=email]", "bram@postvak.example")
    page.check("[name=frequency][value=daily]")
    page.click(SUBMIT)
    expect(page.locator("h1")).to_have_text("Kijk in uw mailbox")
    (mail,) = mails_to(portal, "bram@postvak.example")
    assert mail["Subject"].startswith("Bevestig dat u nieuws van Elzendaal")
    reader.open(link_in(text_of(mail)))
    expect(page.locator("main")).to_contain_text("elke dag een overzicht: Kanaal")
    page.click("main form button")
    expect(page.locator("h1")).to_have_text("Het is bevestigd")
    page.click("main .button--quiet")
    page.check("[name=frequency][value=weekly]")
    page.click(SUBMIT)
    expect(page.locator("[role=status]")).to_contain_text("Genoteerd")
    expect(page.locator("[name=frequency][value=weekly]")).to_be_checked()
    page.click(".digest-end button")
    expect(page.locator("h1")).to_have_text("U ontvangt niets meer")
    assert page.context.cookies() == []
    reader.open(link_in(text_of(mail)))
    expect(page.locator("h1")).to_have_text("Deze link is te oud")


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_each_step_is_readable(code: str, portal: str, visit: Callable[..., Visit]):
    size = {"fr": DESKTOP, "nl": {"width": 320, "height": 740}}[code]
    reader, address = visit(viewport=size), f"lezer-{code}@postvak.example"
    page = reader.page
    reader.open(f"/{code}/abonnement/")
    assert_readable(reader, size["width"])
    page.check("[name=frequency][value=never]")
    page.uncheck("[name=wants_alerts]")
    page.click(SUBMIT)
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert_readable(reader, size["width"])
    page.fill("[name=email]", address)
    page.check("[name=frequency][value=weekly]")
    page.check("[name=neighbourhoods] >> nth=0")
    page.click(SUBMIT)
    assert_readable(reader, size["width"])
    (mail,) = mails_to(portal, address)
    path = link_in(text_of(mail))
    reader.open(path)
    assert_readable(reader, size["width"])
    page.click("main form button")
    assert_readable(reader, size["width"])
    page.click("main .button--quiet")
    assert_readable(reader, size["width"])
    manage = urlsplit(page.url).path
    reader.open(manage.replace("gerer", "arreter").replace("beheren", "stoppen"))
    assert_readable(reader, size["width"])
    page.click("main form button")
    assert_readable(reader, size["width"])


# On the morning of a digest nothing is newer than the one that left.
NEWS = """
from datetime import timedelta
from django.utils import timezone
from neighbourhood_news.models import NewsPage

page = NewsPage.objects.live().filter(neighbourhoods__code="canal", reserved_until=None, locale__language_code="fr").first()
pages = NewsPage.objects.filter(translation_key=page.translation_key)
pages.update(first_published_at=timezone.now() - timedelta(seconds=1))
"""


@pytest.fixture(scope="module")
def something_new(portal: Served) -> None:
    portal.manage("shell", "--no-imports", "-c", NEWS)


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["desktop", "phone"])
def test_the_desk_sees_the_next_digest_and_what_did_not_arrive(
    options, something_new: None, staff: Callable[..., Visit]
):
    desk = staff("communication", **options)
    desk.open("/admin/digests/")
    assert desk.accessibility_problems() == []
    desk.page.select_option("[name=neighbourhood]", "canal-kanaal")
    desk.page.click("main form button[type=submit]")
    expect(desk.page.locator("main iframe")).to_have_count(2)
    expect(desk.page.locator("[name=neighbourhood]")).to_have_value("canal-kanaal")
    desk.page.click("details summary >> nth=0")
    assert desk.accessibility_problems() == []
    assert desk.console == []
    assert desk.strangers == []
    desk.page.click("a[href*='kind=digest&came_back=on']")
    expect(desk.page.locator("#listing-results")).to_contain_text(".example")
