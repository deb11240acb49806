"""News of ideas: what happened to those that somebody wrote or follows, in one mail for each person."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from home.addresses import absolute
from mailing.actions import queue_mail
from participation.ideas.addresses import addresses_of, remaining
from participation.ideas.following import followers_of
from participation.models import Idea, IdeaEvent, IdeaStatus, RealisationStep
from residents.languages import language_of
from residents.models import User

AT_ONCE = 200  # events in one run; the rest at the next


def record(
    idea: Idea,
    kind: IdeaEvent.Kind,
    *,
    now: datetime,
    status: IdeaStatus | None = None,
    step: RealisationStep | None = None,
) -> None:
    """Note what happened, to be told; in the caller's transaction."""
    IdeaEvent.objects.create(idea=idea, kind=kind, status=status, step=step, happened_at=now)


def tell_news(*, now: datetime | None = None) -> int:
    """Tell everybody what happened since the last time, grouped; return how many mails were queued."""
    now = now or timezone.now()
    with transaction.atomic():
        waiting = IdeaEvent.objects.select_for_update(skip_locked=True, of=("self",)).filter(told_at=None)
        events = list(waiting.select_related("idea", "status", "step")[:AT_ONCE])
        by_person = _by_person(events)
        people = User.objects.filter(pk__in=by_person, is_active=True).exclude(email="")
        for person in people:
            _tell(person, by_person[person.pk], now)
        IdeaEvent.objects.filter(pk__in=[event.pk for event in events]).update(told_at=now)
    return len(people)


def _by_person(events: list[IdeaEvent]) -> dict[int, list[IdeaEvent]]:
    """Return each person's events: those of ideas that they wrote or follow, duplicates that became part of them too."""
    parts: dict[int, list[Idea]] = defaultdict(list)
    ideas = {event.idea_id: event.idea for event in events}
    for idea in ideas.values():
        parts[idea.pk] = [idea, *_duplicates(idea)]
    followers = followers_of([part for each in parts.values() for part in each])
    found: dict[int, list[IdeaEvent]] = defaultdict(list)
    for event in events:
        people = {part.author_id for part in parts[event.idea_id]}
        people |= {user for part in parts[event.idea_id] for user in followers[part.pk]}
        for person in people - {None}:
            found[person].append(event)  # type: ignore[index]
    return found


def _duplicates(idea: Idea) -> list[Idea]:
    found: list[Idea] = []
    level = list(idea.duplicates.all())
    while level:
        found += level
        level = list(Idea.objects.filter(merged_into__in=level))
    return found


def _tell(person: User, events: list[IdeaEvent], now: datetime) -> None:
    language = language_of(person)
    with override(language):
        lines = _lines(person, events)
    queue_mail(
        key=f"idea_news:{events[0].pk}:{person.pk}",
        kind="idea_news",
        to=person.email or "",
        language=language,
        template="participation/ideas/mails/idea_news",
        context={"ideas": lines, "count": len(lines)},
        user=person,
    )


def _lines(person: User, events: list[IdeaEvent]) -> list[dict[str, Any]]:
    """Return one line for each idea, with what happened to it, in the order in which it did."""
    by_idea: dict[int, list[IdeaEvent]] = defaultdict(list)
    for event in events:
        by_idea[event.idea_id].append(event)
    shown = {pk: remaining(each[0].idea) for pk, each in by_idea.items()}
    addresses = addresses_of(shown.values())
    lines = []
    for pk, happened in by_idea.items():
        idea, url = happened[0].idea, addresses[shown[pk].pk]
        lines.append(
            {
                "title": idea.title,
                "is_mine": idea.author_id == person.pk,
                "into": shown[pk].title if shown[pk].pk != pk else "",
                "url": absolute(url) if url else "",
                "events": [_event(event) for event in happened],
            }
        )
    return lines


def _event(event: IdeaEvent) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "status": event.status.name if event.status else "",
        "step": event.step.words if event.step else "",
        "day": event.step.day if event.step else None,
    }
