"""The outcomes that the commune owes: who is reminded of them, and of which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from home.languages import active_language
from home.permissions import department_ids_of
from participation.models import ConsultationPage
from participation.stages import Timeline
from residents.models import User

SOON = timedelta(days=14)
ANSWERS_FOR_ALL = "participation.answer_for_outcomes"


@dataclass(frozen=True)
class Owed:
    """One outcome that is due soon or late; `pages` are the consultation in each language."""

    pages: tuple[ConsultationPage, ...]
    timeline: Timeline

    @property
    def page(self) -> ConsultationPage:
        """The page in the reader's language; the other one where it is not live."""
        code = active_language()
        return next((page for page in self.pages if page.locale.language_code == code), self.pages[0])


def owed_outcomes(*, on: date, departments: Collection[int] | None = None) -> list[Owed]:
    """Return what is late or due within two weeks, the latest first; with `departments` (keys), theirs only."""
    pages = ConsultationPage.objects.live()
    if departments is not None:
        pages = pages.filter(department__in=departments)
    found: dict[Any, list[ConsultationPage]] = {}
    for page in pages.owed(on=on, within=SOON.days):
        found.setdefault(page.translation_key, []).append(page)
    return [Owed(tuple(same), same[0].timeline_on(on)) for same in found.values()]


def owed_by(user: Any, *, on: date) -> list[Owed]:
    """Return what `user` answers for: everything, or what their departments owe."""
    if user.has_perm(ANSWERS_FOR_ALL):
        return owed_outcomes(on=on)
    departments = department_ids_of(user)
    return owed_outcomes(on=on, departments=departments) if departments else []


def people_who_answer_for(page: ConsultationPage) -> QuerySet[User]:
    """Return who is reminded: those who answer for all outcomes, and the people of the department that asked."""
    app, codename = ANSWERS_FOR_ALL.split(".")
    permission = {"permissions__codename": codename, "permissions__content_type__app_label": app}
    by_group = Q(**{f"groups__{name}": value for name, value in permission.items()})
    people = User.objects.filter(by_group | Q(groups__department=page.department_id))
    return people.filter(is_active=True).exclude(email="").distinct()
