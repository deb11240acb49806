"""What consultations leave to the worker."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from home.jobs import Job, register
from participation.notices import remind_of_outcomes


def register_jobs() -> None:
    register(
        Job("remind_of_outcomes", _("Remind of the outcomes that are owed"), timedelta(hours=6), remind_of_outcomes)
    )
