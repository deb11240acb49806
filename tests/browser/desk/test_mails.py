"""The mails on the screen, for the desk: found, narrowed down, read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["desktop", "phone"])
def test_the_desk_finds_a_mail_and_reads_it(options, staff: Callable[..., Visit]):
    desk = staff("communication", **options)
    desk.open("/admin/mails/")
    assert desk.accessibility_problems() == []
    desk.open("/admin/mails/?kind=changes_asked")
    results = desk.page.locator("#listing-results")
    expect(results).to_contain_text("voirie@auneval.example")
    desk.open("/admin/mails/?status=failed")
    expect(results).not_to_contain_text("voirie@auneval.example")
    assert desk.accessibility_problems() == []
    desk.open("/admin/mails/?status=sent&kind=changes_asked")
    results.get_by_role("link", name=re.compile("Modifications demandées")).first.click()
    desk.page.wait_for_url(re.compile(r"/admin/mails/\d+/$"))
    expect(desk.page.locator(".mail-text")).to_contain_text("Bonjour")
    assert desk.accessibility_problems() == []
    assert desk.strangers == []


def test_a_department_has_no_door_to_the_mails(staff: Callable[..., Visit]):
    editor = staff("voirie")
    editor.open("/admin/mails/")
    expect(editor.page).to_have_url(re.compile(r"/admin/$"))
