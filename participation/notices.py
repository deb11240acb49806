"""Who answers for an outcome is reminded by mail: two weeks before the promised day, and once it is late."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from home.addresses import absolute
from mailing.actions import queue_mail
from mailing.kinds import register_kind
from participation.outcomes import Owed, owed_outcomes, people_who_answer_for
from participation.stages import written
from residents.languages import language_of
from residents.models import User

AGAIN_AFTER = 30  # days that an outcome is late, before its people are reminded once more


def register_kinds() -> None:
    register_kind("outcome_due", _("Outcome due soon"))
    register_kind("outcome_late", _("Outcome late"))


def remind_of_outcomes() -> None:
    """Remind everybody of what is owed today; who was reminded already is not reminded twice."""
    for owed in owed_outcomes(on=timezone.localdate()):
        for person in people_who_answer_for(owed.pages[0]):
            _remind(person, owed)


def _remind(person: User, owed: Owed) -> None:
    """The key holds the promised day, so that a promise that moves is told anew."""
    late = owed.timeline.days_late
    kind = "outcome_late" if late else "outcome_due"
    about = f"{owed.pages[0].translation_key}:{owed.timeline.due_on}"
    turn = (late - 1) // AGAIN_AFTER if late else 0
    language = language_of(person)
    with override(language):
        page, due_on = owed.page, owed.timeline.due_on
        context = {
            "title": page.title,
            "department": page.department.name,
            "day": written(due_on) if due_on else "",
            "days_late": late,
            "edit_url": absolute(reverse("wagtailadmin_pages:edit", args=[page.pk])),
        }
    queue_mail(
        key=f"{kind}:{about}:{turn}:{person.pk}",
        kind=kind,
        to=person.email or "",
        language=language,
        template=f"participation/mails/{kind}",
        context=context,
        user=person,
    )
