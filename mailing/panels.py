"""The alarm: on the first screen of the admin, and on top of the list of mails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from mailing.models import OutgoingMail
from mailing.permissions import can_see_mails


@dataclass(frozen=True)
class Trouble:
    """How many mails need somebody's eye, and why."""

    overdue: int
    failed: int
    uncertain: int

    def __bool__(self) -> bool:
        return bool(self.overdue or self.failed or self.uncertain)


def trouble(*, now: datetime) -> Trouble:
    mails = OutgoingMail.objects
    return Trouble(mails.overdue(now=now).count(), mails.failed().count(), mails.uncertain(now=now).count())


class MailAlarmPanel(Component):
    """Says that mail does not leave, to whoever may see the outbox."""

    name = "mail_alarm"
    template_name = "mailing/alarm.html"
    order = 20

    def __init__(self, found: Trouble) -> None:
        self.found = found

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"trouble": self.found}


def add_mail_alarm(request: Any, panels: list[Component]) -> None:
    if not can_see_mails(request.user):
        return
    found = trouble(now=timezone.now())
    if found:
        panels.append(MailAlarmPanel(found))
