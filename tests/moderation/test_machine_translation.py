"""A machine may propose words, where the commune set one up; a person confirms them before anything is approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from moderation.translation_states import translation_state
from moderation.translations import prepare_translation
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, editor_of, submit
from tests.moderation.test_one_clock import live_in

pytestmark = pytest.mark.django_db
DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator", "OPTIONS": {}}


@pytest.fixture
def proposed(editor: Any, roads: Any) -> NewsPage:
    page = draft_news(owner=editor, department=roads)
    prepare_translation(page, user=editor)
    submit(page, editor)
    return NewsPage.objects.get(pk=page.pk)


def translation_of(page: NewsPage) -> Translation:
    return Translation.objects.get(source__object_id=page.translation_key)


def by_machine(client: Any, page: NewsPage) -> Any:
    return client.post(reverse("wagtail_localize:machine_translate", args=[translation_of(page).pk]))


def state(page: NewsPage) -> Any:
    return translation_state(page.get_latest_revision_as_object())


def approve(client: Any, page: NewsPage) -> Any:
    address = reverse("review", args=[page.current_workflow_task_state.pk])
    client.get(address)
    return client.post(address, {"decision": "approve"})


def test_none_is_set_up_unless_the_commune_says_so(proposed, desk, signed_in):
    assert not hasattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR")
    by_machine(signed_in(desk), proposed)
    assert state(proposed).is_missing


def test_its_words_are_proposals_until_a_person_confirmed_them(proposed, desk, signed_in, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
    client = signed_in(desk)
    by_machine(client, proposed)
    assert (state(proposed).to_confirm, state(proposed).translated, state(proposed).is_ready) == (3, 0, False)
    assert "machine" in str(state(proposed))
    approve(client, proposed)
    assert live_in(proposed) == set()
    client.post(reverse("confirm_words", args=[proposed.pk]))
    assert state(proposed).is_ready
    assert set(
        StringTranslation.objects.filter(context__object_id=proposed.translation_key).values_list(
            "last_translated_by", flat=True
        )
    ) == {desk.pk}
    approve(client, proposed)
    assert live_in(proposed) == {"fr", "nl"}


def test_a_text_that_a_person_types_over_is_theirs(proposed, desk, signed_in, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
    client = signed_in(desk)
    by_machine(client, proposed)
    segment = translation_of(proposed).source.stringsegment_set.first()
    address = reverse("wagtail_localize:edit_string_translation", args=[translation_of(proposed).pk, segment.pk])
    client.put(address, "value=Molenstraat", content_type="application/x-www-form-urlencoded")
    assert (state(proposed).to_confirm, state(proposed).translated) == (2, 1)


def test_words_from_a_po_file_are_a_persons(proposed, desk, signed_in):
    po = translation_of(proposed).export_po()
    for number, entry in enumerate(po):
        entry.msgstr = f"Tekst {number}"
    upload = SimpleUploadedFile("nl.po", str(po).encode(), "text/x-gettext-translation")
    address = reverse("wagtail_localize:upload_pofile", args=[translation_of(proposed).pk])
    signed_in(desk).post(address, {"file": upload})
    assert (state(proposed).to_confirm, state(proposed).is_ready) == (0, True)


@pytest.mark.parametrize("who", ["stranger", "editor"])
def test_who_may_not_translate_confirms_nothing(who, proposed, editor, social, desk, signed_in, settings):
    """A stranger never; the department not while the desk has its text before it."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
    by_machine(signed_in(desk), proposed)
    client = signed_in(editor if who == "editor" else editor_of(social))
    assert client.post(reverse("confirm_words", args=[proposed.pk])).status_code in (302, 403)
    assert state(proposed).to_confirm == 3
