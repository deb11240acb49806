"""What happens to one language of a document happens to the other: unpublished, moved, deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import ContentPage, SectionPage
from moderation.actions import publish_in_both_languages, publish_one_language
from moderation.models import Release
from moderation.setup import publish_pair
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, news_index, published_news, submit, translate
from tests.moderation.editor import told
from tests.moderation.test_one_clock import SOON, in_, languages_of, live_in, page_schedules, scheduled
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
UNPUBLISH, DELETE, MOVE = "unpublish", "delete", "move"


def bulk(name: str, *pages: Page) -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", name])
    return f"{address}?{'&'.join(f'id={page.pk}' for page in pages)}"


def home(code: str = "fr") -> Page:
    return Page.objects.get(pk=news_index(code).get_parent().pk)


def section(title: str, dutch: str | None) -> SectionPage:
    """Return a section of the French tree, with its Dutch where that has a title."""
    page = SectionPage(title=title, locale=home().locale)
    if dutch:
        publish_pair(page, home(), {"title": dutch})
    else:
        home().add_child(instance=page)
    return SectionPage.objects.get(pk=page.pk)


def content_below(parent: Page) -> ContentPage:
    page = ContentPage(title="Le compost", locale=parent.locale)
    return publish_pair(page, parent, {"title": "Compost"})


def in_dutch(page: Page) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="nl")


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_one_language_taken_off_the_site_takes_the_other_along(code, desk, signed_in):
    page = published_news()
    signed_in(desk).post(reverse("wagtailadmin_pages:unpublish", args=[languages_of(page)[code].pk]))
    assert live_in(page) == set()
    assert Release.objects.of(page.translation_key).get().ended_at


def test_the_same_in_bulk(desk, signed_in):
    pages = [published_news(), published_news(slug="autre", title="Autre rue")]
    signed_in(desk).post(bulk(UNPUBLISH, *pages), {"include_descendants": "on"})
    assert [live_in(page) for page in pages] == [set(), set()]


def test_what_was_scheduled_of_a_text_goes_with_it():
    page = published_news()
    page.introduction = "Suite."
    page.save_revision()
    translate(page, introduction="Vervolg.")
    publish_in_both_languages(page=page, user=None, at=in_(SOON))
    NewsPage.objects.get(pk=page.pk).unpublish()  # in the admin it is locked until somebody takes the schedule back
    assert page_schedules(page) == []
    assert not Release.objects.pending().of(page.translation_key).exists()


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_one_language_deleted_deletes_the_other_and_keeps_the_record(code, desk, signed_in):
    page = published_news()
    signed_in(desk).post(reverse("wagtailadmin_pages:delete", args=[languages_of(page)[code].pk]))
    assert languages_of(page) == {}
    assert Release.objects.of(page.translation_key).get().ended_at


def test_deleting_in_bulk_deletes_both_languages(desk, signed_in):
    pages = [published_news(), published_news(slug="autre", title="Autre rue")]
    signed_in(desk).post(bulk(DELETE, *pages))
    assert [languages_of(page) for page in pages] == [{}, {}]
    assert Page.find_problems() == ([], [], [], [], [])


def test_deleting_a_section_deletes_what_stands_below_it_in_both_languages(desk, signed_in):
    here = section("Environnement", "Leefmilieu")
    page = content_below(here)
    signed_in(desk).post(reverse("wagtailadmin_pages:delete", args=[here.pk]))
    assert not Page.objects.filter(translation_key__in=[here.translation_key, page.translation_key]).exists()
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("in_bulk", [False, True])
def test_one_language_moved_moves_the_other(in_bulk, desk, signed_in):
    here, there = section("Environnement", "Leefmilieu"), section("Propreté", "Netheid")
    page = content_below(here)
    client = signed_in(desk)
    if in_bulk:
        client.post(bulk(MOVE, page), {"chooser": there.pk})
    else:
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, there.pk]))
    assert Page.objects.get(pk=page.pk).get_parent().pk == there.pk
    assert in_dutch(page).get_parent().pk == in_dutch(there).pk
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("in_bulk", [False, True])
@pytest.mark.parametrize("where", ["without a counterpart", "in the other language's tree"])
def test_a_place_where_the_other_language_has_none_is_refused_with_words(where, in_bulk, desk, signed_in):
    here = section("Environnement", "Leefmilieu")
    there = section("Propreté", None) if where == "without a counterpart" else in_dutch(section("Propreté", "Netheid"))
    page = content_below(here)
    client = signed_in(desk)
    if in_bulk:
        response = client.post(bulk(MOVE, page), {"chooser": there.pk}, follow=True)
    else:
        response = client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, there.pk]), follow=True)
    if in_bulk and where == "in the other language's tree":
        assert "ne peut pas être déplacée" in words(seen(response))  # Wagtail's own words
    else:
        assert "deux langues" in told(response)
    assert Page.objects.get(pk=page.pk).get_parent().pk == here.pk
    assert in_dutch(page).get_parent().pk == in_dutch(here).pk


def test_a_page_that_exists_in_one_language_moves_within_it(desk, signed_in):
    here, there = section("Environnement", "Leefmilieu"), section("Propreté", None)
    page = here.add_child(instance=ContentPage(title="Le compost", locale=Locale.objects.get(language_code="fr")))
    signed_in(desk).post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, there.pk]))
    assert Page.objects.get(pk=page.pk).get_parent().pk == there.pk


@pytest.mark.parametrize("verb", [UNPUBLISH, DELETE])
@pytest.mark.parametrize("code", ["fr", "nl"])
@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_department_takes_nothing_off_that_is_live(verb, code, in_bulk, editor, roads, signed_in):
    page = published_news(department=roads, owner=editor)
    one = languages_of(page)[code]
    address = bulk(verb, one) if in_bulk else reverse(f"wagtailadmin_pages:{verb}", args=[one.pk])
    signed_in(editor).post(address)
    assert live_in(page) == {"fr", "nl"}


def deleted_by(editor: Any, signed_in: Any, page: Page) -> bool:
    signed_in(editor).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


def test_a_department_does_not_delete_a_text_under_review_by_its_other_language(editor, roads, signed_in):
    page = draft_news(owner=editor, department=roads)
    dutch = translate(page)
    submit(page, editor)
    assert not deleted_by(editor, signed_in, dutch)
    assert NewsPage.objects.filter(pk=page.pk).exists()


def test_a_department_does_not_delete_what_was_public_once_by_its_other_language(editor, roads, signed_in):
    page = draft_news(owner=editor, department=roads)
    dutch = translate(page)
    publish_one_language(page=page, user=None, reason="Urgent")
    NewsPage.objects.get(pk=page.pk).unpublish()
    assert not deleted_by(editor, signed_in, dutch)
    assert NewsPage.objects.filter(pk=page.pk).exists()


def test_a_department_does_not_delete_what_is_scheduled(editor, roads, signed_in):
    page = scheduled(in_(SOON), owner=editor, department=roads)
    assert [deleted_by(editor, signed_in, each) for each in languages_of(page).values()] == [False, False]


def test_a_department_deletes_its_draft_in_both_languages(editor, roads, signed_in):
    page = draft_news(owner=editor, department=roads)
    translate(page)
    assert deleted_by(editor, signed_in, page)
    assert languages_of(page) == {}
