"""What people wrote is found whatever their accents and case, on both databases."""

from __future__ import annotations

import re
import unicodedata
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.accents import pattern, plain, written_in
from participation.models import Survey, WrittenAnswer


@pytest.fixture
def texts(db: None) -> None:
    survey = Survey.objects.create(pk=uuid.uuid4())
    written = (
        "L’École du Bœuf",
        "Meer ideeën voor de fiets",
        unicodedata.normalize("NFD", "Été à Liège"),
        "50 % [a]_b",
    )
    WrittenAnswer.objects.bulk_create(
        WrittenAnswer(survey=survey, question=str(uuid.uuid4()), language="fr", text=text) for text in written
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ecole", ["L’École du Bœuf"]),
        ("ÉCOLE boeuf", ["L’École du Bœuf"]),
        ("bœuf", ["L’École du Bœuf"]),
        ("ideeen", ["Meer ideeën voor de fiets"]),
        ("IDEEËN", ["Meer ideeën voor de fiets"]),
        ("ete liege", ["Été à Liège"]),
        ("été", ["Été à Liège"]),
        ("%", ["50 % [a]_b"]),
        ("[a]_b", ["50 % [a]_b"]),
        ("a.b", []),
        (".*", []),
        ("ecole fiets", []),
    ],
)
def test_every_word_is_found_whatever_its_accents(texts, typed, found):
    told = WrittenAnswer.objects.filter(written_in("text", typed)).values_list("text", flat=True)
    assert [unicodedata.normalize("NFC", text) for text in told] == found


def test_no_word_finds_everything(texts):
    assert WrittenAnswer.objects.filter(written_in("text", "  ")).count() == 4


@settings(deadline=None)
@given(st.text(min_size=1, max_size=20).filter(lambda text: not text.isspace()))
def test_a_text_is_found_by_itself_with_and_without_its_accents(text):
    for word in text.split():
        assert re.search(pattern(plain(word)), plain(word), re.IGNORECASE)


@pytest.mark.parametrize("typed", ["\\", "(", "a{2", "*", "\x00", "\\d", "^$", "😀", "\u0301", "x" * 500])
def test_nothing_that_is_typed_breaks_the_search(texts, typed):
    assert WrittenAnswer.objects.filter(written_in("text", typed)).count() >= 0
