"""Writing a consultation: what is refused is said beside its field, and what was typed is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text, streamfield

from home.blocks import PLAIN_RICH_TEXT
from participation.blocks import BasisBlock
from participation.models import ConsultationPage
from tests.participation.consultations.editing import add, phase
from tests.participation.factories import consultation_index, event_in, live_consultation

pytestmark = pytest.mark.django_db


def refusals(response: Any) -> str:
    assert response.status_code == 200
    page = BeautifulSoup(response.content.decode(), "html.parser")
    return " ".join(" ".join(error.get_text(" ").split()) for error in page.select(".error-message, .messages .error"))


def only() -> ConsultationPage:
    return ConsultationPage.objects.get()


def test_a_department_writes_a_consultation_with_its_phases(signed_in, editor, roads):
    assert add(signed_in(editor), department=roads.pk, phases=[phase(1, 5), phase(6, 9)]).status_code == 302
    page = only()
    assert not page.live
    assert page.department == roads
    assert [item.locale.language_code for item in page.phases.all()] == ["fr", "fr"]


def test_a_phase_ends_after_it_begins(signed_in, editor, roads):
    response = add(signed_in(editor), department=roads.pk, phases=[phase(5, 4, name="Nom tapé")])
    assert "Le dernier jour vient avant le premier." in refusals(response)
    assert "Nom tapé" in response.content.decode()
    assert not ConsultationPage.objects.exists()


def test_phases_follow_each_other(signed_in, editor, roads):
    phases = [phase(5, 9, name="Réunir"), phase(1, 5, name="Lire")]
    response = add(signed_in(editor), department=roads.pk, phases=phases)
    assert "avant la fin de « Lire »" in refusals(response)
    assert not ConsultationPage.objects.exists()


def test_an_event_ends_after_it_begins(signed_in, editor, roads):
    event = {
        "title": "Soirée",
        "place": "",
        "description": "",
        "starts_at": "2030-05-07 20:00",
        "ends_at": "2030-05-07 19:00",
    }
    response = add(signed_in(editor), department=roads.pk, phases=[phase(1, 5)], events=[event])
    assert "se termine avant de commencer" in refusals(response)


def test_an_outcome_has_words_before_it_has_a_day(signed_in, editor, roads):
    today = str(timezone.localdate())
    response = add(signed_in(editor), department=roads.pk, phases=[phase(-9, -5)], outcome_published_on=today)
    assert "Écrivez d’abord ci-dessous ce qui a été décidé" in refusals(response)
    outcome = streamfield(
        [
            (
                "point",
                {
                    "decision": "La cour reste ouverte.",
                    "text": rich_text("<p>Voilà.</p>", features=PLAIN_RICH_TEXT),
                    "decided_by": "Le Collège",
                    "decided_on": today,
                    "next_step": "",
                    "rests_on": {"count": "0"},
                },
            )
        ]
    )
    kept = {"department": roads.pk, "phases": [phase(-9, -5)], "outcome_published_on": today, "outcome": outcome}
    assert add(signed_in(editor), **kept).status_code == 302


@pytest.mark.parametrize("days", ["0", "731", "-5", "x", ""])
def test_an_outcome_is_promised_within_a_day_to_two_years(signed_in, editor, roads, days):
    response = add(signed_in(editor), department=roads.pk, phases=[phase(1, 5)], outcome_within_days=days)
    assert response.status_code == 200
    assert not ConsultationPage.objects.exists()


def test_a_draft_may_be_incomplete(signed_in, editor, roads):
    empty = {"question": "", "promise": "", "introduction": "", "level": ""}
    assert add(signed_in(editor), department=roads.pk, phases=[phase(1, 5, activity="")], **empty).status_code == 302
    assert only().question == ""


def test_the_database_keeps_the_rules_of_dates_too():
    page = live_consultation(phases=[(1, 5)], events=[event_in(1)])
    phase_row, event_row = page.phases.get(), page.events.get()
    broken = [
        (page.phases, {"ends_on": phase_row.starts_on - timedelta(days=1)}),
        (page.phases, {"activity": "sing"}),
        (page.events, {"ends_at": event_row.starts_at - timedelta(minutes=1)}),
        (ConsultationPage.objects, {"outcome_within_days": 0}),
        (ConsultationPage.objects, {"outcome_within_days": 731}),
        (ConsultationPage.objects, {"level": "rule"}),
    ]
    for rows, values in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def basis(**value: Any) -> Any:
    block = BasisBlock()
    return block.clean(block.to_python({"label": "Question 3", "page": None, "address": "", **value}))


def test_a_link_to_answers_leads_to_a_page_a_place_on_it_or_elsewhere():
    page = consultation_index()
    assert basis(page=page.pk)["page"].pk == page.pk
    assert basis(page=page.pk, address="#question-3")["address"] == "#question-3"
    assert basis(address="https://x.example/a")["address"] == "https://x.example/a"
    for wrong in ({}, {"address": "#question-3"}, {"address": "javascript:alert(1)"}, {"address": "x.example"}):
        with pytest.raises(ValidationError):
            basis(**wrong)
    with pytest.raises(ValidationError):
        basis(page=page.pk, address="https://x.example/a")


def add_address(code: str = "fr") -> str:
    return reverse("wagtailadmin_pages:add", args=["participation", "consultationpage", consultation_index(code).pk])


@pytest.mark.parametrize("code", ["fr", "nl"])
@pytest.mark.parametrize(
    ("role", "status"),
    [("editor", 200), ("desk", 200), ("administrator", 200), ("participation_officer", 302), ("clerk", 302)],
)
def test_departments_and_the_desk_may_add_consultations_in_both_languages(request, signed_in, role, status, code):
    client = signed_in(request.getfixturevalue(role))
    assert client.get(add_address(code)).status_code == status


def test_residents_and_visitors_may_not(client, signed_in, resident):
    for reader in (client, signed_in(resident)):
        assert reader.get(add_address()).status_code in (302, 403)


def test_a_participation_officer_who_is_of_a_department_may(signed_in, participation_officer, roads):
    participation_officer.groups.add(roads.group)
    assert signed_in(participation_officer).get(add_address()).status_code == 200


def test_one_edits_the_consultations_of_ones_own_departments(signed_in, editor, desk, roads, social):
    ours, theirs = live_consultation(department=roads), live_consultation(department=social)

    def status(person: Any, page: ConsultationPage) -> int:
        return int(signed_in(person).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code)

    assert [status(editor, page) for page in (ours, theirs)] == [200, 302]
    assert [status(desk, page) for page in (ours, theirs)] == [200, 200]


def test_in_anothers_name_is_refused(signed_in, editor, roads, social):
    response = add(signed_in(editor), department=social.pk, phases=[phase(1, 5)])
    assert response.status_code == 200
    assert not ConsultationPage.objects.exists()


def test_nobody_publishes_past_the_desk(signed_in, editor, roads):
    client = signed_in(editor)
    add(client, department=roads.pk, phases=[phase(1, 5)], **{"action-publish": "true"})
    assert not only().live
