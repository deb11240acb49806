"""The demo commune's consultations: one in each state, in both languages where they are published."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.models import Department, Neighbourhood, PortalImage, Theme
from moderation.actions import publish_in_both_languages
from moderation.setup import publish_pair
from moderation.translations import prepare_translation, supply_translation, words_of
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

    def publish_outcomes(self) -> None:
        """Once what they rest on is there: surveys and boards stand below consultations, and are loaded after them."""
        for row in read("consultations.yaml"):
            if "outcome_days_ago" in row:
                self._publish_outcome(row)

    def _publish_outcome(self, row: Data) -> None:
        page = ConsultationPage.objects.get(title=row["fr"]["title"], locale__language_code="fr")
        pages = Page.objects.filter(translation_key=page.translation_key)
        dates = pages.values("first_published_at", "last_published_at", "latest_revision_created_at").first() or {}
        page.outcome_published_on = self._day(-row["outcome_days_ago"])
        page.outcome = self._outcome(row, "fr")
        page.save_revision()
        words = words_of(page, {**self._words(row, "nl"), "outcome": self._outcome(row, "nl")})
        supply_translation(prepare_translation(page, user=None), words)
        publish_in_both_languages(page=page, user=None)
        pages.update(**dates)

    def _load_one(self, row: Data) -> None:
        index = ConsultationIndexPage.objects.get(locale__language_code="fr")
        page = ConsultationPage(
            locale=index.locale,
            department=self.departments[row["department"]],
            level=row["level"],
            outcome_within_days=row["outcome_within_days"],
            contact_name=row.get("contact_name", ""),
            related=self._related(row),
            **self._words(row, "fr"),
        )
        page.neighbourhoods = [self.neighbourhoods[code] for code in row["neighbourhoods"]]
        page.tags.add(*(self.themes[slug] for slug in row["themes"]))
        if row.get("state") == "draft":
            self._prepare(page, index)
            return
        publish_pair(page, index, self._words(row, "nl"))
        when = timezone.localtime() - timedelta(days=row["published_days_ago"])
        pages = Page.objects.filter(translation_key=page.translation_key)
        pages.update(first_published_at=when, last_published_at=when, latest_revision_created_at=when)

    def _prepare(self, page: ConsultationPage, index: ConsultationIndexPage) -> None:
        """Leave it as a draft in French, as its department left it yesterday evening."""
        page.live = False
        index.add_child(instance=page)
        page.save_revision()

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

    def _outcome(self, row: Data, code: str) -> list[Data]:
        return [self._point(row, position, code) for position in range(len(row[code]["outcome"]))]

    def _point(self, row: Data, position: int, code: str) -> Data:
        """What it rests on points at the French pages in both languages, as an editor's choice does."""
        decided_on = str(self._day(-row["outcome_days_ago"] - 3))
        basis = [
            {"type": "item", "id": _key(row, "basis", position, at), "value": self._basis(each, code)}
            for at, each in enumerate(row["rests_on"][position])
        ]
        value = {**row[code]["outcome"][position], "decided_on": decided_on, "rests_on": basis}
        return {"type": "point", "value": value, "id": _key(row, "point", position)}

    def _basis(self, each: Data, code: str) -> Data:
        page = Page.objects.get(title=each["page"], locale__language_code="fr")
        return {"label": each[code], "page": page.pk, "address": each["place"]}


def _key(row: Data, *place: Any) -> str:
    """The same in both languages, since it comes from the place alone."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, ("consultation", row["key"], *place)))))
