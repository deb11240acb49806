"""The desk's manuals say what the screens say: a text in bold is a label, word for word."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
MANUALS = {code: ROOT / "docs" / f"desk.{code}.md" for code in ("fr", "nl")}
VALUE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
in_both_languages = pytest.mark.parametrize("code", MANUALS)


def _plain(words: str) -> str:
    """Return a label as the manuals write it: "…" for what differs each time, usual spaces, a small first letter."""
    return " ".join(VALUE.sub("…", words).replace("…", " … ").split()).replace(" ,", ",").lower()


def _catalogues(code: str) -> list[Path]:
    """Return ours, those that complete Wagtail's and localize's, and these two themselves."""
    folders = [ROOT / "locale", ROOT / "locale" / "vendor"]
    for package in ("wagtail", "wagtail.admin", "wagtail_localize"):
        spec = find_spec(package)
        assert spec
        assert spec.origin
        folders.append(Path(spec.origin).parent / "locale")
    return [path for folder in folders for path in (folder / code / "LC_MESSAGES").glob("*.po")]


@cache
def labels(code: str) -> set[str]:
    entries = [entry for path in _catalogues(code) for entry in polib.pofile(str(path))]
    return {_plain(words) for entry in entries for words in (entry.msgstr, *entry.msgstr_plural.values()) if words}


@in_both_languages
def test_a_manual_quotes_the_screens_word_for_word(code: str):
    quoted = re.findall(r"\*\*(.+?)\*\*", MANUALS[code].read_text(), flags=re.DOTALL)
    assert len(quoted) > 60
    assert [words for words in quoted if _plain(words) not in labels(code)] == []


@in_both_languages
def test_what_a_manual_links_to_is_there(code: str):
    targets = re.findall(r"\]\(([^)]+)\)", MANUALS[code].read_text())
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []


@in_both_languages
def test_every_picture_says_what_it_shows_and_is_in_the_manuals_language(code: str):
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", MANUALS[code].read_text())
    assert len(pictures) == 5
    assert all(words and path.endswith(f".{code}.png") for words, path in pictures)


def test_both_manuals_have_the_same_parts():
    outlines = [re.findall(r"^(#+|\||!\[|- |\d\.)", path.read_text(), flags=re.MULTILINE) for path in MANUALS.values()]
    assert outlines[0] == outlines[1]
