"""Who follows a consultation hears of each step: on their pages, in their digests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from digests.sources import Interests, Item
from home.models import Neighbourhood
from participation.digest import ConsultationFinder, find_consultations
from participation.kinds import CONSULTATION
from participation.models import ConsultationPage
from residents.follows.targets import find_target
from tests.factories import DepartmentFactory, resident_of
from tests.participation.factories import live_consultation, point, published_consultation

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=200)


def find(*, days_back: int = 14, **interests: Any) -> list[Item]:
    until = timezone.now()
    wanted = Interests(**{"language": "fr", **interests})
    with translation.override(wanted.language):
        return find_consultations(wanted, until - timedelta(days=days_back), until)


def titles(**interests: Any) -> list[str]:
    return [item.title for item in find(**interests)]


def consultation(*phases: tuple[int, int], **fields: Any) -> ConsultationPage:
    return live_consultation(phases=phases, first_published_at=LONG_AGO, **fields)


def test_one_that_opens_is_told_to_its_neighbourhoods(mill: Neighbourhood, station: Neighbourhood):
    consultation((-1, 9), neighbourhoods=[mill])
    assert titles(neighbourhoods=frozenset([mill.pk])) == ["Votre avis nous intéresse : Une cour à partager"]
    assert titles(neighbourhoods=frozenset([station.pk])) == []


def test_one_for_the_whole_commune_is_told_to_everybody():
    consultation((-1, 9))
    assert len(titles()) == 1


def test_who_follows_it_or_its_department_hears_of_it_from_afar(mill):
    page = consultation((-1, 9), neighbourhoods=[mill], department=DepartmentFactory())
    assert len(titles(subjects=frozenset([(CONSULTATION, str(page.translation_key))]))) == 1
    assert len(titles(departments=frozenset([page.department_id]))) == 1
    assert titles(subjects=frozenset([(CONSULTATION, "no key"), ("other", str(page.translation_key))])) == []


def test_each_further_phase_is_told_once_it_has_begun():
    page = consultation((-30, -3), (-2, 9), (10, 20))
    items = find()
    assert [item.title for item in items] == ["Une nouvelle étape : Une cour à partager"]
    assert items[0].key == f"phase:{page.phases.all()[1].translation_key}"
    assert "jusqu’au" in items[0].summary


def test_what_is_to_come_is_not_told_yet():
    consultation((1, 9))
    live_consultation(phases=[(1, 9)])
    assert titles() == []


def test_the_outcome_is_told_with_what_was_decided_and_leads_to_it():
    today = timezone.localdate()
    page = consultation((-90, -70), outcome=[point()], outcome_published_on=today - timedelta(days=1))
    (item,) = find()
    assert item.title == "Les suites données : Une cour à partager"
    assert item.summary == "La cour reste ouverte le soir."
    assert item.url == f"{page.canonical_url}#outcome"
    assert item.key == f"consultation:{page.translation_key}:outcome"


def test_one_that_is_published_after_its_first_day_appears_when_it_is_published():
    page = live_consultation(phases=[(-40, 9)])
    (item,) = find()
    assert item.appeared_at == page.first_published_at


def test_in_both_languages_it_is_the_same_thing_in_other_words():
    published_consultation(phases=[(-1, 9)])
    (french,), (dutch,) = find(), find(language="nl")
    assert french.key == dutch.key
    assert dutch.title == "We vragen uw mening: Een plein om te delen"
    assert "/nl/raadplegingen/" in dutch.url


def test_what_stopped_being_live_is_told_to_nobody():
    page = consultation((-1, 9))
    page.unpublish()
    assert titles() == []


def test_many_readers_cost_one_query_each_and_the_pages_are_loaded_once(mill, station):
    for _number in range(5):
        consultation((-1, 9), neighbourhoods=[mill])
    finder, until = ConsultationFinder(), timezone.now()
    since = until - timedelta(days=14)
    finder(Interests("fr", neighbourhoods=frozenset([mill.pk])), since, until)
    with CaptureQueriesContext(connection) as queries:
        finder(Interests("fr", neighbourhoods=frozenset([station.pk])), since, until)
    assert len(queries) == 1


def test_a_follow_holds_in_both_languages():
    page = published_consultation()
    for code, name, url in (
        ("fr", "Une cour à partager", "/fr/consultations/une-cour-a-partager/"),
        ("nl", "Een plein om te delen", "/nl/raadplegingen/een-plein-om-te-delen/"),
    ):
        with translation.override(code):
            target = find_target(f"consultation:{page.translation_key}")
        assert target is not None
        assert (target.name, target.url) == (name, url)


@pytest.mark.parametrize("key", ["", "x", "8a0b2fb2-5f0e-4f5c-9e36-6a1f9ab2d0a1", "0" * 64])
def test_what_is_no_consultation_cant_be_followed(key):
    live_consultation()
    assert find_target(f"consultation:{key}") is None


def test_residents_follow_it_by_a_button_and_find_it_in_their_list(signed_in, mill):
    page, client = live_consultation(), signed_in(resident_of(mill))
    value = f"consultation:{page.translation_key}"
    client.post(reverse("follow"), {"follow": value, "next": page.url})
    assert "Vous suivez" in client.get(page.url).content.decode()
    assert page.title in client.get(reverse("my_follows")).content.decode()
