"""A consultation is written twice and dated once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from home.models import Neighbourhood
from moderation.actions import publish_in_both_languages
from moderation.translations import prepare_translation, supply_translation, words_of
from participation.kinds import Level
from participation.models import ConsultationPage
from tests.participation.factories import dutch_words_of, event_in, point, published_consultation

pytestmark = pytest.mark.django_db


def dutch_of(page: ConsultationPage) -> ConsultationPage:
    return ConsultationPage.objects.get(translation_key=page.translation_key, locale__language_code="nl")


def days(page: ConsultationPage) -> list[tuple[object, ...]]:
    return list(page.phases.values_list("translation_key", "starts_on", "ends_on", "activity", "sort_order"))


def test_phases_and_events_have_words_in_each_language_and_the_same_dates():
    page = published_consultation(events=[event_in(3)])
    dutch = dutch_of(page)
    assert [phase.name for phase in dutch.phases.all()] == ["Stap 1", "Stap 2"]
    assert [phase.text for phase in dutch.phases.all()] == ["Stap 1, in het kort.", "Stap 2, in het kort."]
    assert days(dutch) == days(page)
    french, other = page.events.get(), dutch.events.get()
    assert (other.title, other.place) == ("Avond ter plaatse", "Oude school, Molenstraat")
    assert (other.translation_key, other.starts_at, other.ends_at) == (
        french.translation_key,
        french.starts_at,
        french.ends_at,
    )


def test_dates_that_move_in_french_move_in_dutch_and_its_words_stay():
    page = published_consultation(events=[event_in(3)])
    page = ConsultationPage.objects.get(pk=page.pk)
    phase, event = page.phases.all()[1], page.events.all()[0]
    phase.ends_on += timedelta(days=7)
    event.starts_at += timedelta(days=2)
    event.ends_at += timedelta(days=2)
    page.phases.add(phase)
    page.events.add(event)
    page.save_revision()
    publish_in_both_languages(page=page, user=None)
    page, dutch = ConsultationPage.objects.get(pk=page.pk), dutch_of(page)
    assert dutch.phases.all()[1].ends_on == phase.ends_on
    assert days(dutch) == days(page)
    assert dutch.events.get().starts_at == event.starts_at
    assert [phase.name for phase in dutch.phases.all()] == ["Stap 1", "Stap 2"]


def test_a_phase_that_is_taken_out_goes_from_both_languages():
    page = published_consultation()
    page = ConsultationPage.objects.get(pk=page.pk)
    page.phases.remove(page.phases.all()[1])
    page.save_revision()
    publish_in_both_languages(page=page, user=None)
    assert [phase.name for phase in dutch_of(page).phases.all()] == ["Stap 1"]


def test_what_is_no_word_is_carried_over(mill: Neighbourhood):
    page = published_consultation(
        neighbourhoods=[mill], level=Level.DECIDE, outcome_within_days=30, contact_name="Amina Peeters"
    )
    dutch = dutch_of(page)
    assert (dutch.level, dutch.outcome_within_days, dutch.contact_name) == (Level.DECIDE, 30, "Amina Peeters")
    assert list(dutch.neighbourhoods.all()) == [mill]
    assert dutch.department == page.department


def test_an_outcome_given_later_is_translated_and_dated_once():
    page = published_consultation(phases=[(-40, -10)])
    page = ConsultationPage.objects.get(pk=page.pk)
    page.outcome, page.outcome_published_on = [point()], page.phases.all()[0].ends_on + timedelta(days=5)
    page.save_revision()
    words = point(decision="De speelplaats blijft ’s avonds open.", decided_by="Het College")
    translation = prepare_translation(page, user=None)
    supply_translation(translation, words_of(page, dutch_words_of(page, outcome=[words])))
    publish_in_both_languages(page=page, user=None)
    dutch = dutch_of(page)
    assert dutch.outcome_published_on == page.outcome_published_on
    assert dutch.outcome[0].value["decision"] == "De speelplaats blijft ’s avonds open."
    assert str(dutch.outcome[0].value["decided_on"]) == "2026-03-02"
