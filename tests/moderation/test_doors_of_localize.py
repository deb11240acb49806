"""Localize's own editor, API, PO files and report: words go in by them, nothing goes out."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.admin.menu import MenuItem
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from moderation.panels import arrange_reports
from moderation.schedules import publish_scheduled
from neighbourhood_news.models import NewsPage
from residents.models import User
from tests.factories import draft_news, published_news, submit, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(editor: User, roads: Any) -> NewsPage:
    page = draft_news(owner=editor, department=roads)
    translate(page)
    return page


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_localizes_report_is_in_no_menu_whatever_language_came_first(language, desk, signed_in):
    """It knows the live texts only; its item is named by its label, in the language of the first request."""
    with override(language):
        item = MenuItem(gettext("Translations"), reverse("wagtail_localize:translations_report"))
    items = [item]
    arrange_reports(None, items)
    assert items == []
    assert signed_in(desk).get(item.url).status_code in (302, 403)


@pytest.mark.parametrize("thing", ["moderation/sender", "mailing/outgoingmail", "home/alert"])
@pytest.mark.parametrize("who", ["editor", "clerk", "desk"])
def test_localizes_lists_of_things_tell_nothing_to_whoever_may_enter_the_admin(thing, who, request, signed_in):
    """They ask for no permission of the thing's own."""
    address = f"/admin/localize/api/snippets/{thing}/"
    client = signed_in(request.getfixturevalue(who))
    for each in (address, f"{address}1/"):
        assert client.get(each, headers={"Accept": "application/json"}).status_code in (302, 403)


def segments(page: NewsPage, kind: str) -> tuple[int, list[int]]:
    translation = Translation.objects.get(source__object_id=page.translation_key)
    return translation.pk, list(getattr(translation.source, kind).values_list("pk", flat=True))


def put_into_dutch(client: Client, page: NewsPage, text: str) -> list[int]:
    """Write every string of the translation by localize's own API, and by a PO file; return what it answered."""
    pk, strings = segments(page, "stringsegment_set")
    addresses = [reverse("wagtail_localize:edit_string_translation", args=[pk, string]) for string in strings]
    form = "application/x-www-form-urlencoded"
    answers = [client.put(address, f"value={text}", content_type=form).status_code for address in addresses]
    po = Translation.objects.get(pk=pk).export_po()
    for entry in po:
        entry.msgstr = text
    upload = SimpleUploadedFile("nl.po", str(po).encode(), "text/x-gettext-translation")
    return [*answers, client.post(reverse("wagtail_localize:upload_pofile", args=[pk]), {"file": upload}).status_code]


def test_words_put_into_localizes_editor_its_api_or_a_po_file_change_nothing_that_is_live(roads, desk, signed_in):
    page = published_news(department=roads)
    dutch = page.get_translation(Locale.objects.get(language_code="nl"))
    before = dutch.title, dutch.introduction, dutch.live_revision_id
    answers = put_into_dutch(signed_in(desk), page, "Anders")
    assert set(answers) == {200, 302}
    dutch = NewsPage.objects.get(pk=dutch.pk)
    assert (dutch.title, dutch.introduction, dutch.live_revision_id) == before
    assert "Anders" not in Client().get(dutch.url).content.decode()


def test_no_word_of_a_draft_goes_live_by_localizes_api_or_a_po_file(draft, desk, signed_in):
    put_into_dutch(signed_in(desk), draft, "Anders")
    publish_scheduled()
    assert not NewsPage.objects.live().exists()


def test_while_the_desk_has_a_text_its_department_uploads_no_translation(draft, editor, signed_in):
    submit(draft, editor)
    answers = put_into_dutch(signed_in(editor), draft, "Anders")
    assert set(answers) <= {302, 403}
    assert not StringTranslation.objects.filter(data="Anders").exists()
