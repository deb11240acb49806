"""The demo commune's files: each can be read, and says the same things in both languages."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from home.imports import read_features
from home.outlines import outline_of
from home.text_blocks import TextPageBlock
from neighbourhood_news.kinds import Kind
from portal.demo.content import FOLDER, news, read

FILES = sorted(FOLDER.rglob("*.yaml"))
MESSAGES = {row["key"]: row for row in news()}
PAGES = {row["key"]: row for row in read("pages.yaml")}
COMMUNE = read("commune.yaml")
CONSULTATIONS = read("consultations.yaml")
TAG = re.compile(r"<(?!/)(\w+)")
STATES = {
    "live",
    "scheduled",
    "in_review",
    "changes_requested",
    "draft",
    "fast_track",
    "one_language",
    "other_channel",
}
TRANSLATED_ONCE = ("url", "file", "department")
each_message = pytest.mark.parametrize("row", MESSAGES.values(), ids=MESSAGES)
each_page = pytest.mark.parametrize("row", PAGES.values(), ids=PAGES)


def shape(value: Any) -> Any:
    """Return what both languages must share: keys, lengths, the HTML elements of each text, whether it is empty."""
    if isinstance(value, dict):
        return {key: item if key in TRANSLATED_ONCE else shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    if isinstance(value, str):
        paragraphs = [tag for tag in TAG.findall(value) if tag in {"p", "li", "ul", "ol", "h3"}]
        return (bool(value.strip()), paragraphs)
    return value


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_can_be_read(file: Path):
    assert yaml.safe_load(file.read_text(encoding="utf-8"))


def test_there_are_thirty_seven_messages_each_with_a_key_of_its_own():
    assert len(news()) == len(MESSAGES) == 37


@pytest.mark.parametrize("row", [*MESSAGES.values(), *PAGES.values()], ids=[*MESSAGES, *PAGES])
def test_a_text_has_the_same_shape_in_both_languages(row):
    if row["nl"] is None:
        assert row["state"] in {"draft", "in_review", "one_language"}, "what is live is live in both languages"
        return
    assert shape(row["nl"]) == shape(row["fr"])


@pytest.mark.parametrize("row", CONSULTATIONS, ids=[row["key"] for row in CONSULTATIONS])
def test_a_consultation_has_the_same_shape_in_both_languages(row):
    for part in (row, *row["phases"], *row.get("events", [])):
        assert shape(part["nl"]) == shape(part["fr"])
    firsts, lasts = zip(*(phase["days"] for phase in row["phases"]), strict=True)
    assert all(last < first for last, first in zip(lasts, firsts[1:], strict=False))


def test_whatever_the_commune_says_of_itself_has_the_same_shape_in_both_languages():
    pairs = 0

    def walk(value: Any) -> None:
        nonlocal pairs
        if isinstance(value, dict) and {"fr", "nl"} <= set(value):
            assert shape(value["fr"]) == shape(value["nl"])
            pairs += 1
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
            walk(item)

    walk(COMMUNE)
    walk([{**row, "answers": {}} for row in read("surveys.yaml")])
    assert pairs > 80


@each_message
def test_a_message_speaks_of_what_the_commune_has(row):
    departments = {department["code"] for department in COMMUNE["departments"]}
    themes = {theme["code"] for theme in COMMUNE["themes"]}
    places = {feature["properties"]["code"] for feature in read_features(FOLDER / "neighbourhoods.geojson")}
    pictures = {picture["file"] for picture in read("pictures.yaml")}
    assert row["department"] in departments
    assert row["kind"] in Kind.values
    assert set(row["themes"]) <= themes
    assert set(row["neighbourhoods"]) <= places
    assert row["picture"] is None or row["picture"] in pictures
    assert row["state"] in STATES
    assert row["state"] == "in_review" or not {"urgent_because", "dutch_has", "then_changed"} & set(row)
    assert (row["state"] == "scheduled") == ("goes_out_in_days" in row)
    assert (row["state"] in {"changes_requested", "other_channel"}) == bool(row["comment"])
    assert (row["state"] in {"fast_track", "one_language"}) == bool(row.get("reason"))


@pytest.mark.parametrize("row", [*MESSAGES.values(), *PAGES.values()], ids=[*MESSAGES, *PAGES])
def test_a_text_fits_its_fields_and_is_made_of_known_blocks(row):
    for words in filter(None, (row["fr"], row["nl"])):
        assert 0 < len(words["title"]) <= 255
        assert 0 < len(words["introduction"]) <= 300
        for block in words["body"]:
            assert set(block) <= set(TextPageBlock().child_blocks)


@each_page
def test_a_page_stands_below_one_that_was_made_before_it(row):
    before = list(PAGES)[: list(PAGES).index(row["key"])]
    assert row["parent"] in ["home", *before]


def test_every_picture_is_there_and_told_in_both_languages():
    for picture in read("pictures.yaml"):
        assert (FOLDER / "pictures" / picture["file"]).exists(), picture["file"]
        assert 0 < len(picture["alt_fr"]) <= 250
        assert 0 < len(picture["alt_nl"]) <= 250


def test_the_six_neighbourhoods_have_an_outline_people_and_both_names():
    features = read_features(FOLDER / "neighbourhoods.geojson")
    assert len(features) == 6
    for feature in features:
        assert outline_of(feature["geometry"]).path
        assert feature["properties"]["name_fr"]
        assert feature["properties"]["name_nl"]
        assert feature["properties"]["population"] > feature["properties"]["households"] > 0


def test_the_counters_close_after_they_open():
    for row in COMMUNE["opening_hours"]:
        assert time.fromisoformat(row["opens"]) < time.fromisoformat(row["closes"])
        assert 0 <= row["weekday"] <= 6


def test_the_staff_of_each_department_has_an_account_and_nobody_has_two():
    emails = [account["email"] for account in COMMUNE["accounts"]]
    assert len(set(emails)) == len(emails)
    assert {department["staff"] for department in COMMUNE["departments"]} <= set(emails)


def test_the_people_and_departments_of_the_demo_have_addresses_that_reach_nobody():
    """RFC 2606: nothing under .example is anybody's."""
    for row in [*COMMUNE["accounts"], *COMMUNE["departments"], COMMUNE]:
        assert row["email"].endswith("@auneval.example")
