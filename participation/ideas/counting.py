"""The counts that stand on ideas and comments: how they are counted anew, and where they have drifted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from participation.ideas.kinds import State
from participation.models import Comment, Idea, Report, Support

AT_ONCE = 500


@dataclass(frozen=True)
class Drift:
    """A count that said something else than its rows."""

    of: Model
    name: str
    said: int
    is_really: int


def recount_local_supports(idea: Idea) -> None:
    """Count anew who supports from the idea's own neighbourhood; the caller holds the idea."""
    here = idea.neighbourhood_id
    idea.local_supports_count = Support.objects.filter(idea=idea, place=here).count() if here else 0
    idea.save(update_fields=["local_supports_count"])


def recount_idea(idea: Idea) -> None:
    """Count an idea's supports and comments anew; the caller holds the idea."""
    idea.supports_count = Support.objects.filter(idea=idea).count()
    here = idea.neighbourhood_id
    idea.local_supports_count = Support.objects.filter(idea=idea, place=here).count() if here else 0
    idea.comments_count = Comment.objects.filter(idea=idea, state=State.PUBLIC).count()
    idea.save(update_fields=["supports_count", "local_supports_count", "comments_count"])


def _count(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def true_counts() -> dict[type[Model], dict[str, Coalesce]]:
    """Return what each count should be, as the database counts it from the rows."""
    supports = Support.objects.filter(idea=OuterRef("pk"))
    comments = Comment.objects.filter(state=State.PUBLIC)
    reports = Report.objects.filter(decision=None)
    return {
        Idea: {
            "supports_count": _count(supports, "idea"),
            "local_supports_count": _count(supports.filter(place=OuterRef("neighbourhood_id")), "idea"),
            "comments_count": _count(comments.filter(idea=OuterRef("pk")), "idea"),
            "open_reports": _count(reports.filter(idea=OuterRef("pk")), "idea"),
        },
        Comment: {
            "replies_count": _count(comments.filter(parent=OuterRef("pk")), "parent"),
            "open_reports": _count(reports.filter(comment=OuterRef("pk")), "comment"),
        },
    }


def drifts() -> Iterator[Drift]:
    """Yield every count that is not what its rows say."""
    for model, counts in true_counts().items():
        really = {f"true_{name}": count for name, count in counts.items()}
        wrong = Q()
        for name in counts:
            wrong |= ~Q(**{name: F(f"true_{name}")})
        for row in model.objects.annotate(**really).filter(wrong).order_by("pk"):  # type: ignore[attr-defined]
            for name in counts:
                said, is_really = getattr(row, name), getattr(row, f"true_{name}")
                if said != is_really:
                    yield Drift(row, name, said, is_really)


def recount(*, saves: bool = True) -> list[Drift]:
    """Put right every count that has drifted, each under the lock of its row; return what was found."""
    found = list(drifts())
    keys = {(type(drift.of), drift.of.pk) for drift in found} if saves else set()
    for model, key in sorted(keys, key=lambda each: (each[0].__name__, each[1])):
        with transaction.atomic():
            model.objects.select_for_update().get(pk=key)  # type: ignore[attr-defined]
            model.objects.filter(pk=key).update(**true_counts()[model])  # type: ignore[attr-defined]
    return found
