"""The demo commune's consultations: one in each state, published in both languages."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.models import Department, Neighbourhood, PortalImage, Theme
from moderation.setup import publish_pair
from participation.models import ConsultationEvent, ConsultationIndexPage, ConsultationPage, Phase
from portal.demo.content import BodyBuilder, Data, read

WORDS = ("title", "introduction", "question", "promise")


class ConsultationLoader:
    """Makes one consultation after the other below the French index; days are counted from today."""

    def __init__(self, images: dict[str, PortalImage], departments: dict[str, Department]) -> None:
        self.images, self.departments = images, departments
        self.today = timezone.localdate()
        self.neighbourhoods = {place.code: place for place in Neighbourhood.objects.all()}
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}

    def load(self) -> None:
        for row in read("consultations.yaml"):
            self._load_one(row)

    def _load_one(self, row: Data) -> None:
        index = ConsultationIndexPage.objects.get(locale__language_code="fr")
        page = ConsultationPage(
            locale=index.locale,
            department=self.departments[row["department"]],
            level=row["level"],
            outcome_within_days=row["outcome_within_days"],
            outcome_published_on=self._day(-row["outcome_days_ago"]) if "outcome_days_ago" in row else None,
            contact_name=row.get("contact_name", ""),
            related=self._related(row),
            **self._words(row, "fr"),
        )
        page.neighbourhoods = [self.neighbourhoods[code] for code in row["neighbourhoods"]]
        page.tags.add(*(self.themes[slug] for slug in row["themes"]))
        publish_pair(page, index, self._words(row, "nl"))
        when = timezone.localtime() - timedelta(days=row["published_days_ago"])
        pages = Page.objects.filter(translation_key=page.translation_key)
        pages.update(first_published_at=when, last_published_at=when, latest_revision_created_at=when)

    def _day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def _related(self, row: Data) -> list[Data]:
        titles = [read(f"news/{name}")["fr"]["title"] for name in row.get("related", [])]
        pages = Page.objects.filter(title__in=titles, locale__language_code="fr")
        return [{"type": "page", "value": page.pk, "id": _key(row, "related", page.pk)} for page in pages]

    def _words(self, row: Data, code: str) -> dict[str, Any]:
        words = row[code]
        return {
            **{name: words[name] for name in WORDS},
            "body": BodyBuilder(row["key"], self.images, self.departments).build(words["body"]),
            "phases": [self._phase(row, position, code) for position in range(len(row["phases"]))],
            "events": [self._event(row, position, code) for position in range(len(row.get("events", [])))],
            "outcome": [self._point(row, position, code) for position in range(len(words.get("outcome", [])))],
        }

    def _phase(self, row: Data, position: int, code: str) -> Phase:
        phase = row["phases"][position]
        first, last = phase["days"]
        return Phase(
            translation_key=_key(row, "phase", position),
            starts_on=self._day(first),
            ends_on=self._day(last),
            activity=phase["activity"],
            sort_order=position,
            **phase[code],
        )

    def _event(self, row: Data, position: int, code: str) -> ConsultationEvent:
        event = row["events"][position]
        begins = timezone.make_aware(datetime.combine(self._day(event["day"]), time.fromisoformat(event["from"])))
        return ConsultationEvent(
            translation_key=_key(row, "event", position),
            starts_at=begins,
            ends_at=begins + timedelta(hours=event["hours"]),
            sort_order=position,
            **event[code],
        )

    def _point(self, row: Data, position: int, code: str) -> Data:
        decided_on = str(self._day(-row["outcome_days_ago"] - 3))
        value = {**row[code]["outcome"][position], "decided_on": decided_on, "rests_on": []}
        return {"type": "point", "value": value, "id": _key(row, "point", position)}


def _key(row: Data, *place: Any) -> str:
    """The same in both languages, since it comes from the place alone."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, ("consultation", row["key"], *place)))))
