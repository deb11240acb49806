"""What one can still do today: the open parts of what runs, and the consultations that ask something by themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Page

from participation.kinds import Activity
from participation.parts import Part, parts_below
from participation.stages import written

if TYPE_CHECKING:
    from participation.models import ConsultationPage


@dataclass(frozen=True)
class Invitation:
    """One thing to do; `about` is the consultation that it belongs to, "" for one that stands alone."""

    title: str
    url: str
    icon: str
    call: str | Promise
    introduction: str
    by: str
    until: date | None = None
    about: str = ""

    @property
    def time_left(self) -> str:
        return _("Until %(day)s") % {"day": written(self.until)} if self.until else ""


def invitations(
    consultations: Iterable[ConsultationPage],
    *,
    index: Page | None,
    now: datetime,
    places: Collection[int] | None = None,
    done: Collection[UUID] = (),
) -> list[Invitation]:
    """Return what one can do at `now` in these running consultations, and in the parts directly below `index`.

    Parts whose keys are in `done` are left out: the reader has done them.
    Of the latter, with `places` (keys), only those that ask one of these neighbourhoods or the whole commune. What
    closes first comes first.
    """
    running = list(consultations)
    below = parts_below([*running, *([index] if index else [])])
    alone = [part for part in (below.get(index.pk, []) if index else []) if _asks(part, places)]
    found = [_to_part(part, "") for part in alone if part.is_open(now=now) and part.key not in done]
    for page in running:
        open_parts = [part for part in below[page.pk] if part.is_open(now=now)]
        left = [part for part in open_parts if part.key not in done]
        found += [_to_part(part, page.title) for part in left] if open_parts else _to_consultation(page)
    return sorted(found, key=lambda one: (one.until is None, one.until or date.max, one.title))


def _asks(part: Part, places: Collection[int] | None) -> bool:
    return places is None or not part.neighbourhoods or bool(part.neighbourhoods & set(places))


def _to_part(part: Part, about: str) -> Invitation:
    until = timezone.localdate(part.closes_at) if part.closes_at else None
    return Invitation(part.title, part.url, part.icon, part.call, part.introduction, part.by, until, about)


def _to_consultation(page: Any) -> list[Invitation]:
    """A phase in which one only reads asks nothing."""
    phase = page.timeline.current
    if phase is None or phase.activity in ("", Activity.READ):
        return []
    words = page.question or page.introduction
    call = _("See when we meet") if phase.activity == Activity.MEET else _("See how to take part")
    by, until = page.department.name, phase.ends_on
    return [Invitation(page.title, page.url or "", phase.icon, call, words, by, until)]
