"""What an import says of a file that it can't use: which feature, and what is wrong. Then nothing of it is stored."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from home.models import Neighbourhood
from tests.home.test_import_neighbourhoods import RING, feature

pytestmark = pytest.mark.django_db


def refused(tmp_path: Path, content: str | bytes, **options: Any) -> str:
    """Return the reason why the import of a file that holds `content` is refused."""
    file = tmp_path / "places.geojson"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with override("en"), pytest.raises(CommandError) as error:
        call_command("import_neighbourhoods", str(file), stdout=StringIO(), stderr=StringIO(), **options)
    assert not Neighbourhood.objects.exists(), "part of a broken file was stored"
    return str(error.value)


def collection(*features: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def without(name: str) -> dict[str, Any]:
    broken = feature(code="02", name="Étangs")
    del broken["properties"][name]
    return broken


def shaped(geometry: Any) -> dict[str, Any]:
    return {**feature(code="02", name="Étangs"), "geometry": geometry}


def test_a_file_that_is_not_there_is_named(tmp_path):
    with override("en"), pytest.raises(CommandError, match=r"nowhere\.geojson can't be read: No such file"):
        call_command("import_neighbourhoods", str(tmp_path / "nowhere.geojson"), stderr=StringIO())


@pytest.mark.parametrize(
    "content", ["{", "", b"\xff\xfe\x00", '{"features": [NaN]}'], ids=["cut off", "empty", "not text", "not a number"]
)
def test_a_file_that_is_not_json_is_refused_by_its_name(tmp_path, content):
    assert "places.geojson is not valid JSON" in refused(tmp_path, content)


@pytest.mark.parametrize(
    "content",
    ["[]", "12", '"text"', '{"type": "FeatureCollection"}', collection(), json.dumps(feature())],
    ids=["list", "number", "text", "no features", "empty", "one feature"],
)
def test_a_file_that_is_not_a_collection_of_features_is_refused(tmp_path, content):
    assert "not a GeoJSON FeatureCollection with features" in refused(tmp_path, content)


@pytest.mark.parametrize(
    ("broken", "who", "what"),
    [
        (without("name"), "02", "The property “name” is missing or empty."),
        (without("code"), "Étangs", "The property “code” is missing or empty."),
        (feature(code="02", name="  "), "02", "The property “name” is missing or empty."),
        (feature(code="02", name="Étangs", households="many"), "Étangs", "“households” is “many”"),
        (feature(code="02", name="Étangs", households=-1), "Étangs", "“households” is “-1”"),
        (feature(code="02", name="Étangs", population=2.5), "Étangs", "“population” is “2.5”"),
        (feature(code="02", name="Étangs", population="nan"), "Étangs", "“population” is “nan”"),
        (feature(code="02", name="Étangs", population="1e999"), "Étangs", "“population” is “1e999”"),
        (feature(code="02", name="Étangs", population=[1]), "Étangs", "“population” is “[1]”"),
        (shaped({"type": "Point", "coordinates": [4, 50]}), "Étangs", "“Point”"),
        (shaped({"type": "Polygon", "coordinates": [RING[:2]]}), "Étangs", "fewer than four positions"),
        (shaped({"type": "Polygon", "coordinates": [[[1e6, 2e6]] * 4]}), "Étangs", "outside the world"),
        (shaped("POLYGON((4 50, 5 50))"), "Étangs", "no coordinates"),
        (feature(name="Étangs"), "Étangs", "The code “01” stands in the file twice."),
        ("Étangs", "?", "It has no properties."),
        ({"type": "Feature", "properties": None}, "?", "It has no properties."),
        ({"type": "Feature", "properties": ["Étangs"]}, "?", "It has no properties."),
        (feature(code="2" * 41, name="Étangs"), "Étangs", "40"),
        (feature(code="02", name="É" * 121), "É", "120"),
        (feature(code="02", name="Étangs", population=10**20), "Étangs", "Ensure this value is less than"),
    ],
)
def test_a_feature_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path, broken, who, what):
    """The first feature is sound; it must not be stored either."""
    said = refused(tmp_path, collection(feature(), broken))
    assert said.startswith(f"Feature 2 ({who}")
    assert what in said


@pytest.mark.parametrize("address", ["Vieux Port", "été", "a/b", "x" * 61])
def test_an_address_that_could_not_stand_in_a_link_is_refused(tmp_path, address):
    said = refused(tmp_path, collection(feature(), feature(code="02", name="Étangs", slug=address)), slug="slug")
    assert said.startswith("Feature 2 (Étangs)")


def test_a_sound_file_with_one_broken_feature_leaves_what_was_there(tmp_path):
    file = tmp_path / "places.geojson"
    file.write_text(collection(feature()))
    call_command("import_neighbourhoods", str(file), stdout=StringIO(), stderr=StringIO())
    before = list(Neighbourhood.objects.values())
    file.write_text(collection(feature(name="Other name"), without("name")))
    with pytest.raises(CommandError):
        call_command("import_neighbourhoods", str(file), stdout=StringIO(), stderr=StringIO())
    assert list(Neighbourhood.objects.values()) == before
