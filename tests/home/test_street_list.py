"""The list of streets in the admin: looked up by name and neighbourhood, changed by nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from home.models import Street
from tests.factories import NeighbourhoodFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def streets() -> list[Street]:
    here, there = (NeighbourhoodFactory(name_fr=name, name_nl=f"De {name}") for name in ("Gare", "Canal"))
    high = Street.objects.create(name_fr="Rue Haute", name_nl="Hoogstraat", code="1")
    high.sections.create(neighbourhood=here, side="odd", last_number=41)
    high.sections.create(neighbourhood=there, side="odd", first_number=43)
    low = Street.objects.create(name_fr="Rue Basse", name_nl="Laagstraat", code="2")
    low.sections.create(neighbourhood=there)
    return [high, low]


def listed(browser: Any, **query: Any) -> str:
    answer: str = browser.get(reverse("wagtailsnippets_home_street:list"), query).content.decode()
    return answer


def test_a_street_tells_its_neighbourhood_or_which_numbers_lie_in_which(streets):
    with override("fr"):
        assert streets[0].where == "Gare (0–41, numéros impairs); Canal (43–…, numéros impairs)"
        assert streets[1].where == "Canal"
    with override("nl"):
        assert streets[1].where == "De Canal"


def test_a_street_is_found_by_either_name_and_by_its_neighbourhood(signed_in, desk, streets):
    browser = signed_in(desk)
    assert "Rue Basse" not in listed(browser, q="Hoogstr")
    assert "Rue Haute" in listed(browser, q="Hoogstr")
    here = streets[0].sections.first().neighbourhood_id
    assert "Rue Basse" not in listed(browser, sections__neighbourhood=here)
    assert listed(browser).count("Rue Haute") == listed(browser, sections__neighbourhood=here).count("Rue Haute")


def test_not_even_an_administrator_changes_one_by_hand(signed_in, streets):
    browser = signed_in(UserFactory(is_superuser=True, is_staff=True))
    for name, arguments in (("add", []), ("edit", [streets[0].pk]), ("delete", [streets[0].pk])):
        address = reverse(f"wagtailsnippets_home_street:{name}", args=arguments)
        assert browser.post(address, {"name_fr": "Autre", "code": "9"}).status_code in {302, 403}
    assert {street.name_fr for street in Street.objects.all()} == {"Rue Haute", "Rue Basse"}
    assert browser.get(reverse("wagtailsnippets_home_street:inspect", args=[streets[0].pk])).status_code == 200


def test_a_long_list_needs_as_many_queries_as_a_short_one(signed_in, desk, streets, django_assert_max_num_queries):
    browser, place = signed_in(desk), streets[0].sections.first().neighbourhood
    for number in range(20):
        Street.objects.create(name_fr=f"Rue {number}", code=f"c{number}").sections.create(neighbourhood=place)
    listed(browser)
    with django_assert_max_num_queries(25):
        listed(browser)
