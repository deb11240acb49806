"""The editorial calendar on a screen: filters, views, moving by keyboard, by dragging, and by a form without a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visit, sign_in

pytestmark = pytest.mark.browser

WORDS = {
    "fr": {
        "title": "Courir le long du canal",
        "views": {"week": "Semaine", "list": "Liste", "month": "Mois"},
        "enter": "Entrée",
        "stays": "Il reste où il était",
        "both": "dans les deux langues",
        "back": "Remettre",
        "over": "Cette heure est passée",
        "move": "Déplacer",
        "stop": "Supprimer",
        "stopped": "ne fonctionne plus",
    },
    "nl": {
        "title": "Lopen langs het kanaal",
        "views": {"week": "Week", "list": "Lijst", "month": "Maand"},
        "enter": "Enter",
        "stays": "Het blijft staan",
        "both": "in beide talen",
        "back": "Terugzetten",
        "over": "Dit uur is voorbij",
        "move": "Verplaatsen",
        "stop": "stopzetten",
        "stopped": "werkt niet meer",
    },
}
in_both_languages = pytest.mark.parametrize("code", ["fr", "nl"])


def choose_language(visit: Visit, code: str) -> None:
    """Choose the language of one's own admin."""
    visit.open("/admin/account/")
    field = visit.page.locator("[name=locale-preferred_language]")
    field.select_option(code)
    with visit.page.expect_navigation():
        field.evaluate("field => field.form.requestSubmit()")


def signed_in_anew(visit: Callable[..., Visit], name: str) -> Visit:
    """Sign in apart from the other tests: to save one's account ends one's other sessions."""
    person = visit()
    sign_in(person.page, person.portal, name)
    person.page.wait_for_url("**/admin/")
    return person


@pytest.fixture
def desk_in(staff: Callable[..., Visit], visit: Callable[..., Visit]) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens the admin for somebody who decides, and reads French or Dutch."""
    dutch: list[Visit] = []

    def sign_in(code: str, **options: Any) -> Visit:
        if code == "fr":
            return staff("communication", **options)
        dutch.append(signed_in_anew(visit, "admin"))
        choose_language(dutch[0], "nl")
        return visit(storage_state=dutch[0].page.context.storage_state(), **options)

    yield sign_in
    for person in dutch:
        choose_language(person, "fr")


def entry(page: Page, title: str) -> Locator:
    return page.locator("[data-move]").filter(has_text=title)


def day_of(page: Page, title: str) -> date:
    """Return the day on which the scheduled message stands."""
    return date.fromisoformat(entry(page, title).get_attribute("data-on") or "")


def open_at(visit: Visit, query: str = "") -> Page:
    visit.open(f"/admin/agenda/?{query}")
    return visit.page


def in_the_middle_of_a_month(visit: Visit, title: str) -> date:
    """Open the month in which the message stands, and return its day."""
    page = open_at(visit, "view=month")
    if not entry(page, title).count():
        page.locator(".agenda-turn a").last.click()
    day = day_of(page, title)
    open_at(visit, f"view=month&day={day}")
    return day


def free_day_of(page: Page, day: date) -> date:
    """Return another day of the grid, still to come, on which one can drop."""
    days = [date.fromisoformat(cell.get_attribute("data-day") or "") for cell in page.locator("td[data-day]").all()]
    return next(each for each in reversed(days) if each != day and abs((each - day).days) < 8)


@in_both_languages
def test_filters_and_views_without_an_accessibility_problem(desk_in: Callable[..., Visit], code: str):
    desk = desk_in(code)
    page = open_at(desk)
    assert desk.accessibility_problems() == []
    page.locator("#id_state").select_option("scheduled")
    page.locator(".agenda-filters button").click()
    page.wait_for_url(re.compile("state=scheduled"))
    expect(page.locator(".agenda-entry--published")).to_have_count(0)
    assert desk.accessibility_problems() == []
    for view, name in WORDS[code]["views"].items():
        page = open_at(desk)
        page.locator(".agenda-views").get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(re.compile(f"view={view}"))
        expect(page.locator(".agenda-views [aria-current=page]")).to_have_text(name)
        assert desk.accessibility_problems() == [], view
    assert (desk.console, desk.strangers) == ([], [])


@in_both_languages
def test_arrow_keys_choose_a_day_enter_moves_it_and_it_can_be_moved_back(desk_in: Callable[..., Visit], code: str):
    desk, words = desk_in(code), WORDS[code]
    day = in_the_middle_of_a_month(desk, words["title"])
    page, status = desk.page, desk.page.locator("[data-status]")
    handle = entry(page, words["title"]).locator(".agenda-entry__move")
    handle.focus()
    handle.press("ArrowRight")
    handle.press("ArrowRight")
    expect(status).to_contain_text(words["enter"])
    assert page.locator(".agenda-day--target").get_attribute("data-day") == str(day + timedelta(days=2))
    assert desk.accessibility_problems() == []
    handle.press("Escape")
    expect(status).to_contain_text(words["stays"])
    assert day_of(page, words["title"]) == day
    handle.press("ArrowRight")
    handle.press("Enter")
    expect(status).to_contain_text(words["both"])
    expect(entry(page, words["title"])).to_have_attribute("data-on", str(day + timedelta(days=1)))
    expect(entry(page, words["title"]).locator(".agenda-entry__move")).to_be_focused()
    assert desk.accessibility_problems() == []
    status.get_by_role("button", name=words["back"]).press("Enter")
    expect(entry(page, words["title"])).to_have_attribute("data-on", str(day))
    assert (desk.console, desk.strangers) == ([], [])


def _drag(page: Page, what: Locator, where: Locator) -> None:
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), where.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 30, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + 12, steps=6)
    page.mouse.up()


@in_both_languages
def test_an_entry_is_dragged_to_another_day_and_a_refusal_is_said(desk_in: Callable[..., Visit], code: str):
    desk, words = desk_in(code), WORDS[code]
    day = in_the_middle_of_a_month(desk, words["title"])
    page, status = desk.page, desk.page.locator("[data-status]")
    there = free_day_of(page, day)
    _drag(page, entry(page, words["title"]), page.locator(f"td[data-day='{there}']"))
    expect(entry(page, words["title"])).to_have_attribute("data-on", str(there))
    expect(status).to_contain_text(words["both"])
    assert desk.accessibility_problems() == []
    status.get_by_role("button", name=words["back"]).click()
    expect(entry(page, words["title"])).to_have_attribute("data-on", str(day))
    handle = entry(page, words["title"]).locator(".agenda-entry__move")
    handle.focus()
    for _week in range(3):
        handle.press("ArrowUp")
    handle.press("Enter")
    expect(status).to_contain_text(words["over"])
    assert day_of(page, words["title"]) == day
    assert desk.accessibility_problems() == []
    assert [line for line in desk.console if "400" not in line] == []


@in_both_languages
def test_without_javascript_a_form_moves_it(desk_in: Callable[..., Visit], code: str):
    desk, words = desk_in(code, java_script_enabled=False), WORDS[code]
    page = open_at(desk, "view=list&state=scheduled")
    if not page.locator(".agenda-entry").filter(has_text=words["title"]).count():
        page.locator(".agenda-turn a").last.click()
    row: Any = page.locator(".agenda-entry").filter(has_text=words["title"])
    old = row.get_attribute("data-on")
    row.get_by_role("link", name=words["move"]).click()
    page.locator("#id_hour").fill("14:45")
    page.get_by_role("button", name=words["move"]).click()
    expect(page.locator(".messages")).to_contain_text("14:45")
    expect(page.locator(".agenda-entry").filter(has_text=words["title"]).locator("time")).to_have_text("14:45")
    # Wagtail's word about missing JavaScript lies over the message here; a link can be followed by keyboard too.
    page.locator(".messages a").press("Enter")
    page.get_by_role("button", name=words["move"]).click()
    assert open_at(desk, f"view=day&day={old}").locator("time", has_text="08:30").count()


@in_both_languages
def test_the_form_and_the_private_address_have_no_accessibility_problem(desk_in: Callable[..., Visit], code: str):
    desk, words = desk_in(code), WORDS[code]
    in_the_middle_of_a_month(desk, words["title"])
    page = desk.page
    entry(page, words["title"]).locator(".agenda-entry__move").click()
    page.wait_for_url("**/move/**")
    assert desk.accessibility_problems() == []
    page.locator("#id_day").fill("2020-01-01")
    page.get_by_role("button", name=words["move"]).click()
    expect(page.locator("form.agenda-move")).to_contain_text(words["over"])
    assert desk.accessibility_problems() == []
    open_at(desk).get_by_role("button", name=re.compile("adres")).first.click()
    address = page.locator("#agenda-address").input_value()
    assert desk.accessibility_problems() == []
    assert "BEGIN:VCALENDAR" in page.request.get(address).text()
    open_at(desk).get_by_role("button", name=words["stop"]).click()
    expect(page.locator(".messages")).to_contain_text(words["stopped"])
    assert page.request.get(address).status == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_a_month_is_a_list_that_does_not_scroll_sideways(staff: Callable[..., Visit], scheme: str):
    editor = staff("voirie", viewport={**PHONE, "width": 320}, color_scheme=scheme)
    page = open_at(editor)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".agenda-grid").bounding_box()["width"] <= 320
    assert page.locator(".agenda-entry__move").count() == 0
    assert editor.accessibility_problems() == []
