"""Neighbourhoods from a commune's GeoJSON file: what an import makes, and what it leaves as it was."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import override

from home.models import Neighbourhood
from tests.factories import NeighbourhoodFactory
from tests.home.pages import one, seen, words

pytestmark = pytest.mark.django_db

SCHAERBEEK = Path(settings.BASE_DIR).parent / "shared" / "data" / "schaerbeek" / "neighbourhoods.geojson"
RING = [[4.6, 50.7], [4.61, 50.7], [4.61, 50.71], [4.6, 50.7]]
needs_real_file = pytest.mark.skipif(
    not SCHAERBEEK.exists(), reason=f"the real file of Schaerbeek is not beside this checkout ({SCHAERBEEK})"
)


def feature(ring: Any = RING, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": "01", "name": "Canal", "households": 10, "population": 20, **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def run(file: Path, **options: Any) -> str:
    told = StringIO()
    call_command("import_neighbourhoods", str(file), stdout=told, stderr=StringIO(), **options)
    return told.getvalue()


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Return a function that writes features to a file."""

    def write(*features: Any) -> Path:
        file = tmp_path / "places.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return file

    return write


def everything() -> list[dict[str, Any]]:
    return list(Neighbourhood.objects.order_by("pk").values())


@needs_real_file
def test_the_fourteen_neighbourhoods_of_schaerbeek_are_imported_with_their_people():
    assert run(SCHAERBEEK).startswith("14 created, 0 updated, 0 unchanged.")
    assert Neighbourhood.objects.count() == 14
    helmet = Neighbourhood.objects.get(code="01")
    assert (helmet.name_fr, helmet.households, helmet.population) == ("Helmet-Hamoir", 8264, 20795)
    assert all(place.outline_path and place.view_box for place in Neighbourhood.objects.all())


@needs_real_file
def test_neighbourhoods_that_have_only_a_french_name_show_it_on_the_dutch_page(client):
    run(SCHAERBEEK)
    listed = [words(name) for name in seen(client, "/nl/wijken/").select(".place__name")]
    assert len(listed) == 14
    assert "Coteaux-Josaphat" in listed
    assert words(one(seen(client, "/nl/wijken/coteaux-josaphat/"), "h1")) == "Coteaux-Josaphat"


@needs_real_file
def test_the_cemetery_where_nobody_lives_says_so_and_shows_no_figures(client):
    run(SCHAERBEEK)
    (place,) = Neighbourhood.objects.filter(households=0)
    assert not place.is_inhabited
    page = seen(client, f"/nl/wijken/{place.slug}/")
    assert not page.select(".figures")
    with override("nl"):
        french = seen(client, f"/fr/quartiers/{place.slug}/")
    assert words(one(french, ".place-head h1")) == place.name_fr
    assert words(one(page, ".place-head__empty")) != words(one(french, ".place-head__empty"))


@needs_real_file
def test_a_second_import_of_the_same_file_changes_nothing_and_duplicates_nothing():
    run(SCHAERBEEK)
    before = everything()
    assert run(SCHAERBEEK).startswith("0 created, 0 updated, 14 unchanged.")
    assert everything() == before


@needs_real_file
def test_a_dry_run_says_what_would_change_and_changes_nothing():
    assert run(SCHAERBEEK, dry_run=True).startswith("14 would be created")
    assert not Neighbourhood.objects.exists()


def test_a_dry_run_of_an_update_changes_nothing(written):
    run(written(feature()))
    before = everything()
    assert "1 would be updated" in run(written(feature(name="Le Canal")), dry_run=True)
    assert everything() == before


def test_a_column_by_another_name_is_named_as_an_option(written):
    renamed = {
        "type": "Feature",
        "properties": {"ID": "7", "naam": "Kanaal", "nom": "Canal", "adresse": "le-canal", "gezinnen": "3", "hab": "8"},
        "geometry": feature()["geometry"],
    }
    options = {
        "code": "ID",
        "name_fr": "nom",
        "name_nl": "naam",
        "slug": "adresse",
        "households": "gezinnen",
        "population": "hab",
    }
    run(written(renamed), **options)
    place = Neighbourhood.objects.get()
    assert (place.code, place.name_fr, place.name_nl, place.slug) == ("7", "Canal", "Kanaal", "le-canal")
    assert (place.households, place.population) == (3, 8)


def test_a_dutch_name_given_by_hand_is_not_emptied_by_a_second_import(written):
    run(written(feature()))
    Neighbourhood.objects.update(name_nl="Kanaal")
    assert "1 unchanged" in run(written(feature()))
    assert "1 updated" in run(written(feature(population=21)))
    place = Neighbourhood.objects.get()
    assert (place.name_nl, place.population) == ("Kanaal", 21)


@pytest.mark.parametrize("options", [{"households": "", "population": ""}, {}], ids=["no column", "no value"])
def test_people_counted_by_hand_are_not_emptied_by_a_file_that_does_not_count_them(written, options):
    run(written(feature()))
    uncounted = feature()
    del uncounted["properties"]["households"], uncounted["properties"]["population"]
    run(written(uncounted), **options)
    place = Neighbourhood.objects.get()
    assert (place.households, place.population) == (10, 20)


def test_people_counted_as_none_in_the_file_are_none(written):
    run(written(feature()))
    run(written(feature(households=0, population=0)))
    place = Neighbourhood.objects.get()
    assert (place.households, place.population, place.is_inhabited) == (0, 0, False)


def test_an_address_once_given_is_kept_when_the_name_changes(written):
    run(written(feature()))
    run(written(feature(name="Quartier du Canal")))
    place = Neighbourhood.objects.get()
    assert (place.slug, place.name_fr) == ("canal", "Quartier du Canal")


def test_two_neighbourhoods_of_the_same_name_get_two_addresses(written):
    run(written(feature(), feature(code="02")))
    assert sorted(Neighbourhood.objects.values_list("slug", flat=True)) == ["canal", "canal-2"]


def test_a_name_without_latin_letters_gets_an_address_that_answers(written, client):
    run(written(feature(name="运河", code="Zone 4/B")))
    place = Neighbourhood.objects.get()
    place.full_clean()
    seen(client, f"/fr/quartiers/{place.slug}/")


def test_a_neighbourhood_that_is_no_longer_in_the_file_is_reported_and_kept(written):
    NeighbourhoodFactory(code="old")
    assert "old" in run(written(feature()))
    assert Neighbourhood.objects.filter(code="old").exists()


def test_each_new_neighbourhood_gets_a_tint_of_its_own_as_long_as_there_are_tints(written):
    run(written(*(feature(code=str(number), name=f"N{number}") for number in range(14))))
    tints = list(Neighbourhood.objects.values_list("tint", flat=True))
    assert len(set(tints)) == 12
    assert set(tints) == set(range(1, 13))


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "bom.geojson"
    content = json.dumps({"type": "FeatureCollection", "features": [feature(name="Étangs")]}, ensure_ascii=False)
    file.write_text(content, encoding="utf-8-sig")
    run(file)
    assert Neighbourhood.objects.get().name_fr == "Étangs"


def test_a_neighbourhood_without_a_geometry_is_imported_without_an_outline(written):
    run(written({**feature(), "geometry": None}))
    assert Neighbourhood.objects.get().outline is None


def test_an_outline_is_kept_when_a_later_file_has_no_geometry(written):
    run(written(feature()))
    run(written({**feature(), "geometry": None}))
    assert Neighbourhood.objects.get().outline_path
