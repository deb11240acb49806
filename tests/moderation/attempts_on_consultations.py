"""Attempts at consultations, and at the outcomes that are owed."""

from __future__ import annotations

from django.urls import reverse

from participation.models import ConsultationPage
from tests.moderation.attempts import Attempt, action
from tests.participation.consultations.editing import add, phase
from tests.participation.factories import live_consultation


@action("Propose a consultation")
def propose_consultation(a: Attempt) -> bool:
    add(a.client, department=a.department.pk, phases=[phase(1, 5)])
    return ConsultationPage.objects.filter(department=a.department).exists()


@action("Edit a consultation, as a draft beside what is live")
def edit_consultation(a: Attempt) -> bool:
    page = live_consultation(department=a.department)
    return a.opens("wagtailadmin_pages:edit", page.pk)


@action("Be reminded of an outcome that is owed")
def see_owed(a: Attempt) -> bool:
    title = f"Promesse de {a.department.name_fr}"
    live_consultation(title=title, phases=[(-60, -40)], outcome_within_days=30, department=a.department)
    return title in a.client.get(reverse("wagtailadmin_home")).content.decode()
