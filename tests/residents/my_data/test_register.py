"""The register on the privacy page says what the code's own table says, in the reader's language."""

from __future__ import annotations

import uuid

import pytest
from django.utils.translation import override

from home.models import ContentPage
from residents.personal_data import registered
from tests.home.pages import home_page, in_both_languages
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def privacy(db: None) -> dict[str, str]:
    block = {"type": "personal_data", "value": None, "id": str(uuid.uuid4())}
    page = in_both_languages(home_page(), ContentPage, body=[block])
    return {
        each.locale.language_code: each.url for each in ContentPage.objects.filter(translation_key=page.translation_key)
    }


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_every_table_that_holds_people_stands_on_the_page_with_what_why_and_how_long(client, privacy, code):
    page = words(seen(client.get(privacy[code])).main)
    with override(code):
        for holding in registered():
            for said in (holding.heading, holding.what, holding.why, holding.kept):
                assert " ".join(str(said).split()) in page, holding.model


def test_every_sentence_of_the_register_is_written_in_both_languages():
    for holding in registered():
        for said in (holding.what, holding.why, holding.kept):
            sentences = set()
            for code in ("en", "fr", "nl"):
                with override(code):
                    sentences.add(str(said))
            assert len(sentences) == 3, said
