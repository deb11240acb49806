"""What a resident's data leaves to the worker."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from home.jobs import Job, register
from residents.my_data.retention import LEASE, take_turn


def register_jobs() -> None:
    label = _("Close unused accounts, after a warning")
    register(Job("apply_retention", label, timedelta(days=1), take_turn, lease=LEASE))
