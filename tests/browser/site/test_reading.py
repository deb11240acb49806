"""A resident finds their way: by keyboard, without JavaScript, and from one language to the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit

pytestmark = pytest.mark.browser

MESSAGE_FR = "/fr/actualites/rue-du-moulin-de-nouveaux-trottoirs-en-quatre-semaines/"
MESSAGE_NL = "/nl/nieuws/molenstraat-nieuwe-voetpaden-in-vier-weken/"


def test_the_front_door_asks_once(visit: Callable[..., Visit]):
    reader = visit(locale="en-GB")
    reader.open("/")
    assert reader.page.context.cookies() == []
    reader.page.get_by_role("link", name="Verder in het Nederlands").click()
    reader.page.wait_for_url("**/nl/")
    reader.open("/")
    assert reader.page.url.endswith("/nl/")


def test_a_dutch_speaking_browser_is_led_on_without_a_question(visit: Callable[..., Visit]):
    reader = visit(locale="nl-BE")
    reader.open("/")
    assert reader.page.url.endswith("/nl/")
    assert reader.page.context.cookies() == []


def test_the_switch_leads_to_the_same_message_and_back(visit: Callable[..., Visit]):
    reader = visit(viewport=PHONE)
    reader.open(MESSAGE_FR)
    reader.page.locator(".language-switch a").click()
    reader.page.wait_for_url(f"**{MESSAGE_NL}")
    reader.page.locator(".language-switch a").click()
    reader.page.wait_for_url(f"**{MESSAGE_FR}")


def test_filters_answer_at_once_with_javascript_and_stay_in_the_address(visit: Callable[..., Visit]):
    reader = visit()
    reader.open("/fr/actualites/")
    with reader.page.expect_response(lambda response: "neighbourhood=plateau" in response.url):
        reader.page.select_option("#id_neighbourhood", "plateau")
    reader.page.wait_for_url("**neighbourhood=plateau")
    expect(reader.page.locator(".card").first).to_contain_text("Plateau")
    assert reader.accessibility_problems() == []
    reader.page.go_back()
    reader.page.wait_for_url("**/fr/actualites/")


def test_everything_is_read_and_filtered_without_javascript(visit: Callable[..., Visit]):
    reader = visit(java_script_enabled=False, viewport=PHONE)
    reader.open("/nl/")
    reader.page.locator(".menu summary").click()
    reader.page.get_by_role("link", name="Wijknieuws", exact=True).first.click()
    reader.page.wait_for_url("**/nl/nieuws/")
    reader.page.select_option("#id_kind", "policy")
    reader.page.locator(".filters button").click()
    reader.page.wait_for_url("**kind=policy**")
    reader.page.locator(".card__title a").first.click()
    reader.page.wait_for_url("**/nl/nieuws/*/")
    assert reader.page.locator("h1").inner_text()
    reader.page.locator(".message__foot .chip").first.click()
    reader.page.wait_for_url("**/nl/wijken/*/")


def test_the_way_to_a_message_by_keyboard_alone(visit: Callable[..., Visit]):
    reader = visit()
    reader.open("/fr/")
    reader.page.keyboard.press("Tab")
    expect(reader.page.locator(".skip-link")).to_be_focused()
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "content"
    reached = []
    for _step in range(30):
        reader.page.keyboard.press("Tab")
        reached.append(reader.page.evaluate("document.activeElement.closest('.card') !== null"))
        if reached[-1]:
            break
    assert reached[-1]
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/fr/actualites/*/")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visit: Callable[..., Visit]):
    reader = visit(viewport=PHONE)
    reader.open("/fr/")
    summary = reader.page.locator(".menu summary")
    summary.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator(".menu__list")).to_be_visible()
    assert reader.accessibility_problems() == []
    reader.page.keyboard.press("Escape")
    expect(reader.page.locator(".menu__list")).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_map_leads_to_a_neighbourhood(visit: Callable[..., Visit]):
    reader = visit()
    reader.open("/fr/")
    reader.page.locator(".near__map a").first.focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/fr/quartiers/*/")


def test_a_page_prints_without_menu(visit: Callable[..., Visit]):
    reader = visit()
    reader.page.emulate_media(media="print")
    reader.open(MESSAGE_FR)
    expect(reader.page.locator(".menu")).to_be_hidden()
    expect(reader.page.locator("h1")).to_be_visible()
