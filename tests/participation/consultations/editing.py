"""What the page editor of the admin would send for a consultation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.blocks import RICH_TEXT
from tests.participation.factories import consultation_index


def phase(first: int, last: int, **fields: Any) -> dict[str, Any]:
    today = timezone.localdate()
    words = {"name": "Donner son avis", "text": "", "activity": "answer"}
    days = {"starts_on": str(today + timedelta(days=first)), "ends_on": str(today + timedelta(days=last))}
    return {**words, **days, **fields}


def consultation_form(*, phases: list[dict[str, Any]], events: list[dict[str, Any]] = [], **fields: Any) -> Any:  # noqa: B006
    body = streamfield([("text", rich_text("<p>L’école déménage.</p>", features=RICH_TEXT))])
    form: dict[str, Any] = {
        "title": "Une cour à partager",
        "slug": "une-cour-a-partager",
        "introduction": "L’ancienne école se libère.",
        "question": "Que faire de la cour ?",
        "level": "consult",
        "promise": "Chaque réponse est lue.",
        "body": body,
        "related": streamfield([]),
        "outcome": streamfield([]),
        "outcome_published_on": "",
        "outcome_within_days": "60",
        "contact_name": "",
        "contact_email": "",
        "contact_telephone": "",
        "tags": "",
        "urgent_because": "",
        "search_description": "",
        "share_image": "",
        "phases": inline_formset(phases),
        "events": inline_formset(events),
        "comments": inline_formset([]),
        **fields,
    }
    return nested_form_data(form)


def add(client: Client, code: str = "fr", **fields: Any) -> HttpResponse:
    """Send the form of a new consultation below the index of a language."""
    address = reverse("wagtailadmin_pages:add", args=["participation", "consultationpage", consultation_index(code).pk])
    return client.post(address, consultation_form(**fields))
