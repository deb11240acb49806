"""Everything that waits for the desk, read from Wagtail's workflow states and from what the desk decided.

A later feature needs nothing here: whatever stands in a review is shown, of every kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, IntegerField, Model, QuerySet, prefetch_related_objects
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision, WorkflowState

from home.models import CommuneSettings, Department, Neighbourhood
from home.reviewing import Facts, facts_of
from moderation.models import Arrival, FastTrack, Release, ScheduleTrouble
from moderation.schedules import reason_of
from moderation.translation_states import TranslationState, translation_states
from moderation.working_days import working_day_before

REVIEW, REPORTED, CHECK, OWED, TROUBLE = "review", "reported", "check", "owed", "trouble"
KINDS: dict[str, str | Promise] = {
    REVIEW: _("to review"),
    REPORTED: _("reported by residents"),
    CHECK: _("to check afterwards"),
    OWED: _("one language live, the other owed"),
    TROUBLE: _("could not go out"),
}


@dataclass
class Item:
    """One line of the queue: why it waits, since when, and the facts of the draft."""

    kind: str
    since: datetime
    title: str
    place: tuple[str, int] | str
    who: str = ""
    model: type[Model] | None = None
    language: str = ""
    page_id: int | None = None
    revision_id: int | None = None
    department_id: int | None = None
    neighbourhood_ids: list[int] = field(default_factory=list)
    wanted_for: datetime | None = None
    urgent_because: str = ""
    note: str = ""
    is_late: bool = False
    department: Department | None = None
    neighbourhoods: list[Neighbourhood] = field(default_factory=list)
    translation: TranslationState | None = None
    translation_key: Any = None

    @property
    def words(self) -> str | Promise:
        return KINDS[self.kind]

    @property
    def url(self) -> str:
        """Where it is opened; `place` is its address, or the name of a view and what it asks for."""
        return self.place if isinstance(self.place, str) else reverse(self.place[0], args=[self.place[1]])

    @property
    def type_name(self) -> str:
        return str(capfirst(self.model._meta.verbose_name)) if self.model else ""


class Queue:
    """What waits at one moment, oldest first: light facts of everything, so that filters and counts are right."""

    def __init__(self, *, now: datetime) -> None:
        late = working_day_before(now, commune=CommuneSettings.load())
        departments = {each.pk: each for each in Department.objects.all()}
        places = {each.pk: each for each in Neighbourhood.objects.drawn()}
        found = [*_reviews(), *_decided(), *_troubles()]
        self.items = sorted(found, key=lambda item: item.since)
        for item in self.items:
            item.is_late = item.kind == TROUBLE or item.since < late
            item.department = departments.get(item.department_id or 0)
            item.neighbourhoods = [places[pk] for pk in item.neighbourhood_ids if pk in places]


def completed(items: Iterable[Item]) -> list[Item]:
    """Return `items` with the state of their other language, and who sent them, in a fixed number of queries."""
    items = list(items)
    revisions = Revision.objects.filter(pk__in=[item.revision_id for item in items if item.revision_id])
    drafts = {each.pk: _light_draft(each) for each in revisions.select_related("content_type")}
    states = translation_states({draft.translation_key: draft for draft in drafts.values()}.values())
    arrivals = {each.page_key: each for each in Arrival.objects.filter(page_key__in=states)}
    for item in items:
        item.translation = states.get(item.translation_key)
        arrival = arrivals.get(item.translation_key)
        if arrival and item.kind == REVIEW:
            item.who = arrival.from_name or item.who
            item.note = item.note or str(arrival.get_way_display())
    return items


def _light_draft(revision: Revision) -> Page:
    """Return the words of a version without asking for what they point at: enough to count its strings."""
    model = revision.content_type.model_class()
    own = {each.name for each in model._meta.get_fields() if each.concrete and not each.many_to_many} | {"pk"}
    words = {name: value for name, value in revision.content.items() if name in own}
    draft: Page = model.from_serializable_data(words, check_fks=False, strict_fks=False)
    return draft


FACTS = ("department", "neighbourhoods", "go_live_at", "urgent_because")


def _facts(pages: QuerySet[Page]) -> Iterator[dict[str, Any]]:
    """Yield what the queue shows of the latest version of each page, in one query."""
    content = {f"draft_{name}": F(f"latest_revision__content__{name}") for name in FACTS}
    names = ("pk", "draft_title", "translation_key", "content_type_id", "latest_revision_id", "locale__language_code")
    yield from pages.annotate(**content).values(*names, *content)


def _of_page(facts: dict[str, Any]) -> dict[str, Any]:
    content_type = ContentType.objects.get_for_id(facts["content_type_id"])
    return {
        "title": facts["draft_title"],
        "model": content_type.model_class(),
        "language": facts["locale__language_code"],
        "page_id": facts["pk"],
        "revision_id": facts["latest_revision_id"],
        "translation_key": facts["translation_key"],
        "department_id": facts["draft_department"],
        "neighbourhood_ids": facts["draft_neighbourhoods"] or [],
        "wanted_for": parse_datetime(facts["draft_go_live_at"]) if facts["draft_go_live_at"] else None,
        "urgent_because": facts["draft_urgent_because"] or "",
    }


def _reviews() -> Iterator[Item]:
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    page_type = ContentType.objects.get_for_model(Page)
    pages = states.filter(base_content_type=page_type)
    others = list(states.exclude(base_content_type=page_type))
    keys = pages.values(key=Cast("object_id", IntegerField()))
    facts = {each["pk"]: each for each in _facts(Page.objects.filter(pk__in=keys))}
    waiting = list(pages.values_list("object_id", "created_at", "requested_by_id", "current_task_state_id"))
    names = _names({asked_by for _pk, _since, asked_by, _task in waiting} | {each.requested_by_id for each in others})
    for key, since, asked_by, task_state_id in waiting:
        if task_state_id and int(key) in facts:
            about = _of_page(facts[int(key)])
            yield Item(REVIEW, since, **about, who=names.get(asked_by, ""), place=("review", task_state_id))
    yield from _other_kinds(others, names)


def _names(keys: set[int | None]) -> dict[int | None, str]:
    people = get_user_model().objects.in_bulk(keys - {None})
    return {pk: str(person) for pk, person in people.items()}


def _other_kinds(states: list[WorkflowState], names: dict[int | None, str]) -> Iterator[Item]:
    """Things that are no pages, as their features describe them; one that nobody describes opens where it is edited."""
    by_type: dict[int, list[WorkflowState]] = {}
    for state in states:
        by_type.setdefault(state.content_type_id, []).append(state)
    for content_type_id, same in by_type.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        facts = facts_of(model, [int(state.object_id) for state in same])
        prefetch_related_objects([state for state in same if int(state.object_id) not in facts], "content_object")
        for state in same:
            who, about = names.get(state.requested_by_id, ""), facts.get(int(state.object_id))
            yield _described(state, model, about, who) if about else _undescribed(state, who)


def _described(state: WorkflowState, model: type[Model] | None, about: Facts, who: str) -> Item:
    return Item(
        REPORTED if about.is_reported else REVIEW,
        state.created_at,
        title=about.title,
        place=(about.review, state.current_task_state_id),
        model=model,
        who=about.who or who,
        language=about.language,
        department_id=about.department,
        neighbourhood_ids=list(about.neighbourhoods),
        urgent_because=about.why if about.is_pressing else "",
        note="" if about.is_pressing else about.why,
    )


def _undescribed(state: WorkflowState, who: str) -> Item:
    thing = state.content_object
    place = AdminURLFinder().get_edit_url(thing) or ""
    return Item(REVIEW, state.created_at, title=str(thing), model=type(thing), place=place, who=who)


def _decided() -> Iterator[Item]:
    """What went live and still needs somebody: an unchecked fast track, a language that is owed."""
    uses = list(FastTrack.objects.unchecked().select_related("used_by"))
    releases = Release.objects.in_one_language().select_related("decided_by").order_by("-decided_at", "-pk")
    owing = list({each.translation_key: each for each in releases}.values())  # of each text what waits longest
    keys = [each.translation_key for each in (*uses, *owing)]
    pages: dict[Any, dict[str, dict[str, Any]]] = {}
    for facts in _facts(Page.objects.filter(translation_key__in=keys)):
        pages.setdefault(facts["translation_key"], {})[facts["locale__language_code"]] = facts
    for use in uses:
        here = pages.get(use.translation_key)
        found = next(iter(here.values())) if here else None
        about = _of_page(found) if found else {"title": use.title, "department_id": use.department_id}
        place = ("check_fast_track", use.pk)
        item = Item(CHECK, use.used_at, **about, place=place, who=str(use.used_by or ""), note=use.reason)
        item.urgent_because = use.reason
        yield item
    for release in owing:
        live = pages.get(release.translation_key, {}).get("fr" if release.missing_language == "nl" else "nl")
        if live and release.first_live_at:
            place = ("owed_language", release.pk)
            who = str(release.decided_by or "")
            yield Item(OWED, release.first_live_at, **_of_page(live), place=place, who=who, note=release.reason)


def _troubles() -> Iterator[Item]:
    troubles = list(ScheduleTrouble.objects.all())
    keys = [each.translation_key for each in troubles]
    pages = {facts["translation_key"]: facts for facts in _facts(Page.objects.filter(translation_key__in=keys))}
    for trouble in troubles:
        facts = pages.get(trouble.translation_key)
        if facts:
            place = ("wagtailadmin_pages:edit", facts["pk"])
            yield Item(TROUBLE, trouble.since, **_of_page(facts), place=place, note=reason_of(trouble))
