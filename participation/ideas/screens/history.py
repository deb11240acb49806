"""What became of an idea, day by day, as its page tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from participation.models import Idea, IdeaEvent, OfficialAnswer


@dataclass(frozen=True)
class Happening:
    """One line of the history; `step` is a step of the realisation, whose photo is shown."""

    day: date
    words: str | Promise
    leads_to_answer: bool = False
    step: Any = None


def history_of(idea: Idea, answer: OfficialAnswer | None) -> list[Happening]:
    """Return what happened, the oldest first: published, each status, the answer, each step."""
    return sorted(_happenings(idea, answer), key=lambda one: one.day)


def _happenings(idea: Idea, answer: OfficialAnswer | None) -> Iterator[Happening]:
    if idea.first_published_at:
        yield Happening(timezone.localdate(idea.first_published_at), _("Public on the board"))
    if answer and answer.published_at:
        words = _("The commune has answered: %(status)s") % {"status": answer.status.name if answer.status else "–"}
        yield Happening(timezone.localdate(answer.published_at), words, leads_to_answer=True)
    told = IdeaEvent.objects.filter(idea=idea, kind=IdeaEvent.Kind.STATUS).select_related("status")
    for event in told:
        if event.status:
            yield Happening(timezone.localdate(event.happened_at), event.status.name)
    for step in idea.steps.select_related("photo").prefetch_related("photo__renditions"):
        yield Happening(step.day, step.words, step=step)
