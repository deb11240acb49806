"""What the page editor of the admin would send."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.blocks import RICH_TEXT
from neighbourhood_news.models import NewsPage
from tests.factories import TEXT_ID


def news_form(page: NewsPage | None = None, **fields: Any) -> dict[str, Any]:
    """Return the form of a message, filled from `page` where there is one."""
    body = streamfield([("text", rich_text("<p>Les travaux commencent lundi.</p>", features=RICH_TEXT))])
    body["0"]["id"] = TEXT_ID
    form: dict[str, Any] = {
        "title": page.title if page else "Rue du Moulin",
        "slug": page.slug if page else "rue-du-moulin",
        "introduction": page.introduction if page else "De nouveaux trottoirs.",
        "department": page.department_id if page else "",
        "kind": page.kind if page else "policy",
        "image": "",
        "share_image": "",
        "contact": "",
        "tags": "",
        "expires_on": "",
        "reserved_until": "",
        "search_description": "",
        "body": body,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
    }
    ticked = [place.pk for place in page.neighbourhoods.all()] if page else []
    ticked = fields.pop("neighbourhoods", ticked)
    form.update(fields)
    return {**nested_form_data(form), "neighbourhoods": ticked}  # boxes send a list; the other would number it


def edit(client: Client, page: Page, **fields: Any) -> HttpResponse:
    """Send the editor's form of a page, with `fields` changed or added."""
    latest = page.specific.get_latest_revision_as_object()
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), news_form(latest, **fields))


def look(client: Client, page: Page) -> HttpResponse:
    """Open a page in the editor."""
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def decide(client: Client, page: Page, action: str, comment: str = "", **fields: Any) -> HttpResponse:
    """Decide over a page from its editor."""
    return edit(
        client,
        page,
        **{
            "action-workflow-action": "true",
            "workflow-action-name": action,
            "workflow-action-extra-data": json.dumps({"comment": comment} if comment else {}),
            **fields,
        },
    )


def told(response: HttpResponse) -> str:
    """Return the messages that a person reads after a request."""
    return " ".join(str(message) for message in response.context["messages"]) if response.context else ""
