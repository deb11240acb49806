"""The proposer may supply both languages; nothing that is live changes, and localize's own doors stay closed."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from home.models import ContentPage
from moderation.setup import publish_pair
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, editor_of, news_index, published_news, submit, translate
from tests.moderation.editor import look
from tests.moderation.test_doors import LOCALIZE
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
PREPARE = "wagtail_localize:submit_page_translation"


def prepared(client: Any, page: Page) -> bool:
    client.post(reverse(PREPARE, args=[page.pk]), {"publish_translations": "on"})
    return Translation.objects.filter(source__object_id=page.translation_key).exists()


def button(client: Any, page: Page) -> str:
    link = seen(look(client, page)).select_one(f"a[href='{reverse(PREPARE, args=[page.pk])}']")
    return words(link) if link else ""


@pytest.mark.parametrize(("code", "label"), [("fr", "Traduire en néerlandais"), ("nl", "Traduire en français")])
def test_a_department_translates_its_draft_from_the_editor(code, label, editor, roads, signed_in):
    page = draft_news(owner=editor, department=roads, code=code)
    client = signed_in(editor)
    assert button(client, page) == label
    assert client.get(reverse(PREPARE, args=[page.pk])).status_code == 200
    assert prepared(client, page)
    other = NewsPage.objects.get(
        translation_key=page.translation_key, live=False, locale__language_code="frnl".replace(code, "")
    )
    assert look(client, other).status_code == 200


def test_it_does_so_without_localizes_permission(editor, roads, signed_in):
    assert prepared(signed_in(editor), draft_news(owner=editor, department=roads))
    assert not editor.has_perm(LOCALIZE)


def test_preparing_changes_nothing_that_is_live(editor, roads, signed_in):
    page = published_news(department=roads)
    page.introduction = "La suite."
    page.save_revision(user=editor)
    assert prepared(signed_in(editor), page)
    live = {each.introduction for each in NewsPage.objects.live()}
    assert live == {"De nouveaux trottoirs.", "Nieuwe voetpaden."}


def test_not_while_the_desk_has_the_text_before_it(editor, roads, signed_in):
    page = draft_news(owner=editor, department=roads)
    submit(page, editor)
    client = signed_in(editor)
    assert button(client, page) == ""
    assert not prepared(client, page)


def test_not_for_another_department(editor, social, signed_in):
    assert not prepared(signed_in(editor), draft_news(owner=editor_of(social), department=social))


def test_not_where_the_department_may_add_nothing(editor, roads, signed_in):
    home = Page.objects.get(pk=news_index().get_parent().pk)
    page = publish_pair(ContentPage(title="Le compost", locale=home.locale), home, {"title": "Compost"})
    Translation.objects.filter(source__object_id=page.translation_key).delete()
    assert not prepared(signed_in(editor), page)


@pytest.mark.parametrize("name", ["publish", "stop", "restart", "alias"])
def test_localizes_own_doors_stay_closed_to_a_department(name, editor, roads, signed_in):
    page = draft_news(owner=editor, department=roads)
    dutch = translate(page)
    client, translation = signed_in(editor), Translation.objects.get(source__object_id=page.translation_key)
    edit = reverse("wagtailadmin_pages:edit", args=[dutch.pk])
    if name == "publish":
        client.post(edit, {"action": "publish"})
    elif name == "stop":
        client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    elif name == "restart":
        client.post(edit, {"localize-restart-translation": "yes"})
    else:
        client.post(reverse("wagtail_localize:convert_to_alias", args=[dutch.pk]))
    translation.refresh_from_db()
    dutch.refresh_from_db()
    assert translation.enabled
    assert (dutch.live, dutch.alias_of_id) == (False, None)
    assert dutch.locale == Locale.objects.get(language_code="nl")
