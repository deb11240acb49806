"""Who may answer on the page: each rule, said before, before opening, while it runs, and after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from participation.models import Ballot, SurveyPage
from tests.factories import NeighbourhoodFactory, UserFactory, resident_of
from tests.participation.answering.visiting import address, field, form_in, send
from tests.participation.surveys.making import readable_survey
from tests.residents.verifying.people import verify

pytestmark = pytest.mark.django_db
ROLES = ("visitor", "signed in", "verified", "verified there")
MAY = {
    "anyone": set(ROLES),
    "signed_in": {"signed in", "verified", "verified there"},
    "verified": {"verified", "verified there"},
    "verified_there": {"verified there"},
}


@pytest.fixture
def people(commune: None) -> dict[str, Client]:
    """A browser for each role; the last one's neighbourhood is the one that is asked."""
    here, elsewhere = NeighbourhoodFactory(), NeighbourhoodFactory()
    users = {"signed in": UserFactory(), "verified": resident_of(elsewhere), "verified there": resident_of(here)}
    for role in ("verified", "verified there"):
        verify(users[role], family_name=role)
    found = {role: Client() for role in ROLES}
    for role, user in users.items():
        found[role].force_login(user)
    found["place"] = here  # type: ignore[assignment]
    return found


def survey_for(people: Any, access: str, **fields: Any) -> SurveyPage:
    return readable_survey(access=access, neighbourhoods=[people["place"]], asks_neighbourhood=False, **fields)


@pytest.mark.parametrize("access", MAY)
def test_while_it_runs_each_role_answers_or_is_told_why_not(people, access):
    page = survey_for(people, access)
    for role in ROLES:
        client, before = people[role], Ballot.objects.count()
        may = role in MAY[access]
        assert bool(form_in(client.get(address(page)))) == may, role
        sent = send(client, address(page), {field(1): "c1-0", "do": "send"})
        assert sent.status_code == (302 if may else 403), role
        assert Ballot.objects.count() - before == may


@pytest.mark.parametrize("access", MAY)
@pytest.mark.parametrize(
    "dates", [{"opens_at": timezone.now() + timedelta(days=1)}, {"closes_at": timezone.now() - timedelta(days=1)}]
)
def test_before_opening_and_after_closing_nobody_answers(people, access, dates):
    page = survey_for(people, access, **dates)
    for role in ROLES:
        assert not form_in(people[role].get(address(page)))
        sent = people[role].post(address(page), {field(1): "c1-0", "do": "send"})
        assert sent.status_code in (200, 403)
    assert not Ballot.objects.exists()


def test_whoever_can_t_answer_yet_is_shown_the_way(people):
    page = survey_for(people, "verified")
    assert "/compte/connexion/" in people["visitor"].get(address(page)).content.decode()
    assert "/verification/" in people["signed in"].get(address(page)).content.decode()


@pytest.mark.parametrize("access", MAY)
@pytest.mark.parametrize("results_when", ["live", "closing", "outcome", "never"])
@pytest.mark.parametrize("results_for", ["everybody", "answered", "staff"])
def test_the_terms_stand_on_the_page_in_both_languages(people, access, results_when, results_for):
    page = survey_for(people, access, results_when=results_when, results_for=results_for)
    for code in ("fr", "nl"):
        terms = people["visitor"].get(address(page, code)).content.decode()
        assert terms.count("<dt>") == 4
