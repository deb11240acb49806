"""The name under which a resident writes: a person's, readable, and not that of the commune."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from home.models import CommuneSettings
from residents.display_names import clean_display_name
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _commune() -> None:
    commune = CommuneSettings.load()
    commune.name_fr, commune.name_nl = "Auneval", "Elzendaal"
    commune.save()
    DepartmentFactory(name_fr="Travaux publics", name_nl="Openbare werken")


@pytest.mark.parametrize(
    "name", ["Jo", "Amélie", "Jean-Luc D’Hondt", "Ørjan", "محمد", "李雷", "Bram 2", "Amélie d’Auneval", "x" * 40]
)
def test_a_name_of_a_person_is_taken(name):
    assert clean_display_name(name) == name


def test_spaces_and_accents_are_stored_in_one_way():
    assert clean_display_name("  Ame\u0301lie \n Warnier ") == "Amélie Warnier"


@pytest.mark.parametrize(
    "name",
    [
        "J",
        "x" * 41,
        "Amé\u202elie",
        "Amé\u200blie",
        "Am\x00lie",
        "\ue000\ue001x",
        "Z" + "\u0321\u0334\u0340\u0489" * 2 + "algo",
        "amelie@auneval.example",
        "https://auneval.example",
        "www.auneval.example",
        "12345",
        "…!",
        "Auneval",
        "ELZENDAAL",
        "Commune d’Auneval",
        "Gemeentebestuur van Elzendaal",
        "La commune",
        "Service des travaux publics",
        "open-bare werken",
    ],
)
def test_what_hides_leads_elsewhere_or_speaks_for_the_commune_is_refused(name):
    with pytest.raises(ValidationError):
        clean_display_name(name)
