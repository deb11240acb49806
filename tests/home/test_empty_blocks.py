"""Drafts may be incomplete: a page whose blocks hold nothing yet is shown all the same, and can be translated."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from home.blocks import BodyBlock
from home.models import CommuneSettings, ContentPage
from tests.home.pages import home_page, in_both_languages, in_one_language, seen
from tests.home.test_blocks import block

pytestmark = pytest.mark.django_db

BLOCKS = BodyBlock().child_blocks


def as_added(kind: str) -> Any:
    """Return what a form stores when an editor adds a block, writes nothing in it and saves a draft."""
    if kind == "call_to_action":
        return {"title": "", "text": "", "label": "", "page": None, "url": ""}
    it = BLOCKS[kind]
    return it.get_prep_value(it.clean_deferred(it.get_default()))


AS_ADDED = [(kind, as_added(kind)) for kind in BLOCKS]
WITH_SOMETHING_GONE = [
    ("accordion", {"items": []}),
    ("contact", {"department": 999_999}),
    ("picture", {"picture": 999_999, "caption": ""}),
    ("documents", {"title": "", "documents": [{"type": "item", "value": None, "id": "a" * 36}]}),
    ("documents", {"title": "", "documents": [{"type": "item", "value": 999_999, "id": "a" * 36}]}),
    ("call_to_action", {"title": "", "text": "", "label": "", "page": 999_999, "url": ""}),
    ("table", {}),
]
# What no form stores, but an older version of a block or a script may have.
WITHOUT_ANY_FIELD = [(kind, {}) for kind in BLOCKS if hasattr(BLOCKS[kind], "child_blocks")]
EMPTIEST = AS_ADDED + WITH_SOMETHING_GONE + WITHOUT_ANY_FIELD


def each(blocks: list[tuple[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("kind", "value"), blocks, ids=[f"{kind} {n}" for n, (kind, _) in enumerate(blocks)])


@each(WITHOUT_ANY_FIELD)
def test_a_block_without_any_of_its_fields_does_not_take_its_page_down(client, kind, value):
    in_one_language(home_page(), body=[block(kind, value)])
    seen(client, "/fr/marche/")


@each(AS_ADDED + WITH_SOMETHING_GONE)
def test_a_page_with_a_block_that_holds_nothing_is_shown(client, kind, value):
    in_one_language(home_page(), body=[block(kind, value)])
    page = seen(client, "/fr/marche/")
    assert "None" not in page.select_one(".prose").get_text()
    assert not page.select('.prose a[href="None"]')


def test_a_film_without_address_has_no_link(client):
    in_one_language(home_page(), body=[block("video", as_added("video"))])
    assert not seen(client, "/fr/marche/").select('.prose a[href=""]')


@each(AS_ADDED + WITH_SOMETHING_GONE)
def test_a_page_with_a_block_that_holds_nothing_can_be_published_in_both_languages(client, kind, value):
    in_both_languages(home_page(), body=[block(kind, value)], dutch={"body": [block(kind, value)]})
    seen(client, "/nl/zwembad/")


def test_a_draft_that_holds_one_empty_block_of_every_kind_is_shown_to_the_desk(desk, signed_in):
    page = ContentPage(
        locale=home_page().locale, title="Brouillon", slug="brouillon", live=False, body=[block(*it) for it in EMPTIEST]
    )
    home_page().add_child(instance=page)
    page.save_revision(user=desk)
    seen(signed_in(desk), reverse("wagtailadmin_pages:view_draft", args=[page.pk]))


def test_the_first_pages_are_shown_while_the_commune_has_said_nothing_of_itself(client):
    CommuneSettings.objects.all().delete()
    for address in ("/fr/", "/nl/", "/fr/quartiers/", "/nl/nieuws/", "/nl/zoeken/"):
        seen(client, address)


@pytest.mark.parametrize("kind", BLOCKS)
def test_every_block_tells_an_editor_what_it_is_for_and_shows_it(kind):
    it = BLOCKS[kind]
    assert str(it.get_description())
    assert it.is_previewable
