"""Idea boards as parts of a consultation: what one can do there today, and their figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from participation.ideas.kinds import State
from participation.kinds import Activity
from participation.models import Idea, IdeaBoardPage
from participation.parts import Figure, Part

CALLS = {
    Activity.PROPOSE: _("Propose an idea"),
    Activity.SUPPORT: _("Support ideas"),
    Activity.DISCUSS: _("Discuss ideas"),
    Activity.READ: _("Read the ideas"),
}
DOING = {Activity.PROPOSE: "ideas", Activity.SUPPORT: "supports", Activity.DISCUSS: "comments"}


def activity_of(page: IdeaBoardPage, *, now: datetime) -> Activity:
    """Return what one can do on a board now, the most first: propose, support, discuss; else what opens next."""
    offered = [each for each, what in DOING.items() if what == "ideas" or getattr(page, f"has_{what}")]
    open_now = [each for each in offered if page.is_open(DOING[each], now)]
    coming = [each for each in offered if not page.has_opened(DOING[each], now)]
    return next(iter([*open_now, *coming]), Activity.READ)


class BoardParts:
    """The boards directly below consultations, or below their index."""

    def parts(self, above: Sequence[Page]) -> Iterable[Part]:
        lengths = {page.path for page in above if page.path}  # one that was never saved has nothing below it
        steps = Q()
        for path in lengths:
            steps |= Q(path__startswith=path, depth=len(path) // Page.steplen + 1)
        pages = IdeaBoardPage.objects.live().public().filter(steps).select_related("department", "locale")
        now = timezone.now()
        return [self._part(page, now) for page in pages.prefetch_related("neighbourhoods")] if lengths else []

    def _part(self, page: IdeaBoardPage, now: datetime) -> Part:
        activity = activity_of(page, now=now)
        what = DOING.get(activity)
        return Part(
            key=page.board_key,
            path=page.path,
            title=page.title,
            url=page.url or "",
            activity=activity,
            call=CALLS[activity],
            introduction=page.introduction,
            by=page.department.name,
            opens_at=getattr(page, f"{what}_from") if what else None,
            closes_at=getattr(page, f"{what}_until") if what else self._last_end(page),
            neighbourhoods=frozenset(place.pk for place in page.neighbourhoods.all()),
        )

    def _last_end(self, page: IdeaBoardPage) -> datetime | None:
        return max((end for end in (page.ideas_until, page.supports_until, page.comments_until) if end), default=None)

    def figures(self, consultation: Page) -> Iterable[Figure]:
        """Both languages together: ideas hang on the board, not on a page."""
        if not consultation.path:  # the preview of one that was never saved
            return []
        boards = IdeaBoardPage.objects.child_of(consultation).live().values("translation_key")
        if not boards:
            return []
        found = Idea.objects.filter(board__in=boards, state=State.PUBLIC).aggregate(
            ideas=Count("pk"), supports=Sum("supports_count"), comments=Sum("comments_count")
        )
        return [
            Figure("ideas", _("ideas"), found["ideas"] or 0),
            Figure("supports", _("supports"), found["supports"] or 0),
            Figure("comments", _("comments"), found["comments"] or 0),
        ]
