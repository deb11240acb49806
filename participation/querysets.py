"""Filters over the consultations, in the words of `participation.stages`: the same rules, asked of the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, Max, Min, OuterRef, Prefetch, Q, Subquery, When
from wagtail.models import PageManager

from home.models import Neighbourhood
from home.querysets import BasePageQuerySet
from participation.stages import Stage
from residents.querysets import neighbourhoods_of

if TYPE_CHECKING:
    from home.models import Theme

BESIDE_CARDS = ("body", "outcome", "related", "promise", "search_description", "seo_title", "urgent_because")


class ConsultationQuerySet(BasePageQuerySet):
    """Consultations; each has phases of its own in each language, with the same days."""

    def _phases(self, **conditions: Any) -> models.QuerySet[Any]:
        phases: models.QuerySet[Any] = apps.get_model("participation", "Phase").objects.all()
        return phases.filter(consultation=OuterRef("pk"), **conditions)

    def _q(self, stage: Stage, on: date) -> Q:
        has_phases, is_given = Exists(self._phases()), Q(outcome_published_on__lte=on)
        has_begun, goes_on = Exists(self._phases(starts_on__lte=on)), Exists(self._phases(ends_on__gte=on))
        is_over = Q(has_begun, ~Q(goes_on))
        return {
            Stage.COMING: ~Q(has_begun) & (Q(has_phases) | ~is_given),
            Stage.RUNNING: Q(has_begun, goes_on),
            Stage.AWAITING: is_over & ~is_given,
            Stage.CLOSED: (is_over | ~Q(has_phases)) & is_given,
        }[stage]

    def at(self, stage: Stage, *, on: date) -> ConsultationQuerySet:
        return self.filter(self._q(stage, on))

    def running(self, *, on: date) -> ConsultationQuerySet:
        """Those between the first day of their first phase and the last day of their last one."""
        return self.at(Stage.RUNNING, on=on)

    def coming(self, *, on: date) -> ConsultationQuerySet:
        """Those that have not begun, also without a date yet."""
        return self.at(Stage.COMING, on=on)

    def awaiting_outcome(self, *, on: date) -> ConsultationQuerySet:
        """Those that are over, and whose outcome is owed."""
        return self.at(Stage.AWAITING, on=on)

    def closed(self, *, on: date) -> ConsultationQuerySet:
        """Those that are over, and whose outcome is published."""
        return self.at(Stage.CLOSED, on=on)

    def _theirs(self) -> models.QuerySet[Any]:
        through = self.model.neighbourhoods.through.objects
        theirs: models.QuerySet[Any] = through.filter(consultationpage=OuterRef("pk"))
        return theirs

    def about(self, neighbourhood: Neighbourhood) -> ConsultationQuerySet:
        """Those of this neighbourhood, and those of the whole commune."""
        theirs = self._theirs()
        return self.filter(Exists(theirs.filter(neighbourhood=neighbourhood)) | ~Exists(theirs))

    def near(self, user: Any) -> ConsultationQuerySet:
        """Those of where `user` lives, of the neighbourhoods that they follow, and of the whole commune."""
        theirs = self._theirs()
        return self.filter(Exists(theirs.filter(neighbourhood__in=neighbourhoods_of(user))) | ~Exists(theirs))

    def concerning(
        self, places: Iterable[int], *, departments: Iterable[int] = (), keys: Iterable[str] = ()
    ) -> ConsultationQuerySet:
        """Those of one of these neighbourhoods or of the whole commune, by these departments, or with these keys."""
        theirs = self._theirs()
        here = Q(Exists(theirs.filter(neighbourhood__in=places))) | Q(~Exists(theirs))
        return self.filter(here | Q(department__in=departments) | Q(translation_key__in=keys))

    def on_theme(self, theme: Theme) -> ConsultationQuerySet:
        return self.filter(tagged_items__tag=theme)

    def _day(self, of: models.Aggregate) -> Subquery:
        """Return the first or the last day of the phases, as `of` takes it."""
        return Subquery(self._phases().order_by().values("consultation").annotate(day=of).values("day"))

    def ending_first(self) -> ConsultationQuerySet:
        """By the day on which they end; for those that run."""
        return self.alias(last_day=self._day(Max("ends_on"))).order_by("last_day", "-pk")

    def most_urgent_first(self, *, on: date) -> ConsultationQuerySet:
        """Running ones first, those that end first at the top; then coming, awaiting and closed ones, as in `Stage`."""
        dated = self.alias(first_day=self._day(Min("starts_on")), last_day=self._day(Max("ends_on")))
        is_given = Q(outcome_published_on__lte=on)
        rank = Case(
            When(first_day__lte=on, last_day__gte=on, then=0),
            When(Q(first_day__gt=on) | (Q(first_day__isnull=True) & ~is_given), then=1),
            When(is_given, then=3),
            default=2,
            output_field=models.IntegerField(),
        )
        forward = Case(When(first_day__gt=on, then="first_day"), When(last_day__gte=on, then="last_day"))
        return dated.alias(rank=rank, forward=forward).order_by(
            "rank", F("forward").asc(nulls_last=True), F("last_day").desc(nulls_last=True), "-pk"
        )

    def owed(self, *, on: date, within: int = 0) -> list[Any]:
        """Return those whose outcome is late, or due in `within` days from now on; the latest first."""
        waiting = self.awaiting_outcome(on=on).select_related("department", "locale").prefetch_related("phases")
        found = [(page.timeline_on(on).due_on, page) for page in waiting.defer("body", "related")]
        due = [(day, page) for day, page in found if day and day <= on + timedelta(days=within)]
        return [page for _day, page in sorted(due, key=lambda pair: (pair[0], pair[1].pk))]

    def for_cards(self) -> ConsultationQuerySet:
        """With what a card shows and no more, in a fixed number of queries."""
        places = Prefetch("neighbourhoods", Neighbourhood.objects.drawn())
        return self.select_related("department").defer(*BESIDE_CARDS).prefetch_related(places, "phases")

    def for_its_page(self) -> ConsultationQuerySet:
        """With what the consultation's own page shows of it."""
        places = Prefetch("neighbourhoods", Neighbourhood.objects.drawn())
        return self.select_related("department", "locale").prefetch_related(places, "phases", "events")


ConsultationManager = PageManager.from_queryset(ConsultationQuerySet)
