"""The commune at its idea boards: reads what waits, decides, answers, merges and takes it back; and reads a survey."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.server import Served

pytestmark = pytest.mark.browser

BOARD = "/fr/consultations/la-boite-a-idees/"
PLANT = """
import json
from datetime import timedelta
from django.utils import timezone
from participation.models import IdeaBoardPage
from residents.models import User
from participation.ideas.writing import accept_charter
from tests.participation.ideas.making import propose, public_idea, support

page = IdeaBoardPage.objects.get(slug="la-boite-a-idees")
people = list(User.objects.filter(email__endswith="@residents.auneval.example").order_by("-pk")[:3])
now = timezone.now() - timedelta(hours=1)
for person in people:
    accept_charter(board_key=page.board_key, user=person, now=now)
waiting = propose(page, people[0], title="Un miroir au carrefour du Lavoir", text="On ne voit rien venir.", now=now)
again = propose(page, people[1], title="Een klok op het plein", text="Ze staat stil.", language="nl", now=now)
dates = dict.fromkeys(("created_at", "changed_at", "first_published_at", "last_published_at"), now)
kept = public_idea(page, title="Des bancs au square du Lavoir", text="À l’ombre.", **dates)
same = public_idea(page, title="S’asseoir au square du Lavoir", text="Il n’y a rien.", **dates)
for idea in (kept, same):
    for person in people[:2]:
        support(idea, person, now=now)
support(same, people[2], now=now)
print(json.dumps({"kept": [kept.pk, kept.number], "same": [same.pk, same.number]}))
"""


@pytest.fixture(scope="module")
def planted(portal: Served) -> dict[str, Any]:
    """Two ideas that wait, and two public ones that ask for the same, supported by three people."""
    found: dict[str, Any] = json.loads(portal.manage("shell", "--no-imports", "-c", PLANT).splitlines()[-1])
    return found


def assert_well(person: Visit) -> None:
    assert person.accessibility_problems() == []
    assert person.console == []
    assert person.strangers == []


def decide(page: Page, label: str) -> Any:
    """Open one of the decisions by keyboard."""
    way = page.locator("details", has_text=label).first
    summary = way.locator("summary")
    if not way.get_attribute("open") is not None:
        summary.focus()
        page.keyboard.press("Enter")
    return way


def test_the_desk_asks_for_changes_and_publishes(staff: Callable[..., Visit], planted: Any) -> None:
    desk = staff("communication")
    page = desk.page
    desk.open("/admin/to-review/")
    page.get_by_role("link", name="Un miroir au carrefour du Lavoir").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Un miroir au carrefour")
    assert_well(desk)
    way = decide(page, "Demander des modifications")
    way.get_by_role("button").click()
    expect(page.locator(".review__error").first).to_be_visible()
    assert_well(desk)
    way = page.locator("details[open]", has_text="Demander des modifications")
    way.locator("textarea").fill("De quel côté du carrefour ?")
    way.get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/admin/to-review/$"))
    expect(page.locator(".messages")).to_contain_text("auteur")
    assert_well(desk)
    expect(page.locator("table.queue")).not_to_contain_text("Un miroir au carrefour")


def test_the_desk_publishes_on_a_telephone_in_dutch(
    staff: Callable[..., Visit], visit: Callable[..., Visit], planted: Any, portal: Served
) -> None:
    portal.manage("shell", "--no-imports", "-c", LANGUAGE.format(code="nl"))
    try:
        desk = staff("communication", viewport=PHONE)
        page = desk.page
        desk.open("/admin/to-review/")
        page.get_by_role("link", name="Een klok op het plein").click()
        expect(page.locator("html")).to_have_attribute("lang", "nl")
        assert_well(desk)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        decide(page, "Publiceren").get_by_role("button").click()
        expect(page).to_have_url(re.compile(r"/admin/to-review/$"))
    finally:
        portal.manage("shell", "--no-imports", "-c", LANGUAGE.format(code="fr"))
    reader = visit()
    reader.open(f"{BOARD}?q=klok")
    expect(reader.page.locator(".idea-card")).to_contain_text("Een klok op het plein")


LANGUAGE = """
from wagtail.users.models import UserProfile
UserProfile.objects.filter(user__email="communication@auneval.example").update(preferred_language="{code}")
"""


def test_the_officer_answers_in_both_languages_and_publishes(
    staff: Callable[..., Visit], visit: Callable[..., Visit], planted: Any
) -> None:
    officer = staff("participation")
    page, (key, number) = officer.page, planted["kept"]
    officer.open("/admin/ideas/answers/?q=square")
    assert_well(officer)
    page.get_by_role("link", name="Des bancs au square du Lavoir").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Des bancs au square du Lavoir")
    assert_well(officer)
    form = page.locator("form", has=page.locator("[name=form][value=answer]"))
    form.locator("[name=is_ready]").check()
    form.locator("[name=text_fr]").fill("Deux bancs arrivent au printemps.")
    form.get_by_role("button").click()
    expect(page.locator(".review__error").first).to_be_visible()
    expect(form.locator("[name=text_fr]")).to_have_value("Deux bancs arrivent au printemps.")
    assert_well(officer)
    form.locator("[name=text_nl]").fill("In de lente komen er twee banken.")
    form.locator("[name=department]").select_option(index=1)
    form.locator("[name=status]").select_option(index=4)
    form.get_by_role("button").click()
    expect(page.locator(".messages")).to_contain_text("Enregistré")
    reader = visit()
    reader.open(f"{BOARD}{number}/")
    expect(reader.page.locator("main")).not_to_contain_text("Deux bancs arrivent")
    officer.open("/admin/ideas/answers/?q=square")
    page.locator(f"[name=ideas][value='{key}']").check()
    page.get_by_role("button", name="Publier").click()
    expect(page.locator(".messages")).to_contain_text("1 ")
    assert_well(officer)
    reader.page.reload()
    expect(reader.page.locator("#answer")).to_contain_text("Deux bancs arrivent au printemps.")


def test_the_officer_merges_duplicates_and_undoes_it(
    staff: Callable[..., Visit], visit: Callable[..., Visit], planted: Any
) -> None:
    officer = staff("participation")
    page, reader = officer.page, visit()
    (key, number), (_same, duplicate) = planted["kept"], planted["same"]
    officer.open(f"/admin/ideas/answers/{key}/")
    form = page.locator("form", has=page.locator("[name=form][value=merge]"))
    form.locator("[name=number]").fill("99999")
    form.get_by_role("button").click()
    expect(page.locator(".review__error")).to_be_visible()
    form.locator("[name=number]").fill(str(duplicate))
    form.get_by_role("button").click()
    expect(page.get_by_role("button", name="Annuler la fusion")).to_be_visible()
    assert_well(officer)
    reader.open(f"{BOARD}{duplicate}/")
    expect(reader.page).to_have_url(re.compile(rf"/{number}-"))
    expect(reader.page.locator(".support__figures dd").first).to_have_text("3")
    page.get_by_role("button", name="Annuler la fusion").click()
    expect(page.get_by_role("button", name="Annuler la fusion")).to_have_count(0)
    assert_well(officer)
    reader.open(f"{BOARD}{duplicate}/")
    expect(reader.page.locator("h1")).to_contain_text("S’asseoir au square du Lavoir")
    expect(reader.page.locator(".support__figures dd").first).to_have_text("3")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("participation", "/admin/ideas/college/"),
        ("participation", "/admin/ideas/files/"),
        ("communication", "/admin/ideas/decisions/"),
        ("communication", "/admin/ideas/sanctions/"),
    ],
)
def test_the_other_screens_of_the_boards_are_readable_by_all(name: str, path: str, staff: Callable[..., Visit]) -> None:
    person = staff(name)
    person.open(path)
    assert_well(person)


SURVEY = """
from home.models import Department
from participation.models import ConsultationIndexPage, SurveyPage
from participation.surveys.copying import questions_in, renewed
from participation.surveys.ready_made import ready_made
from residents.models import User
from tests.factories import submit, translate

above = ConsultationIndexPage.objects.get(locale__language_code="fr")
editor = User.objects.get(email="participation@auneval.example")
questions = renewed(ready_made()["website"].definition)
fields = {"title": "Le site, à relire", "slug": "le-site-a-relire", "owner": editor, "live": False}
page = SurveyPage(locale=above.locale, department=Department.objects.get(slug="culture"), **fields)
page.questions = questions_in(questions, "fr")
above.add_child(instance=page)
page.save_revision(user=editor)
words = {"title": "De website, na te lezen", "introduction": "", "body": [], "questions": questions_in(questions, "nl")}
translate(page, user=editor, **words)
submit(page, editor)
"""


def test_a_survey_in_the_queue_is_read_in_both_languages_side_by_side(
    staff: Callable[..., Visit], portal: Served
) -> None:
    portal.manage("shell", "--no-imports", "-c", SURVEY)
    desk = staff("communication")
    page = desk.page
    desk.open("/admin/to-review/")
    page.get_by_role("link", name="Le site, à relire").click()
    french, dutch = page.frame_locator("iframe").nth(0), page.frame_locator("iframe").nth(1)
    expect(french.locator("main")).to_contain_text("Combien de fois consultez-vous le site de la commune ?")
    page.locator("iframe").nth(1).scroll_into_view_if_needed()
    expect(dutch.locator("main")).to_contain_text("Hoe vaak bezoekt u de website van de gemeente?")
    expect(page.locator(".sides")).to_contain_text("prêt")
    assert_well(desk)
