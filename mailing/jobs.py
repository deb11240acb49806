"""What the outbox leaves to the worker."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from home.jobs import Job, register
from mailing.actions import forget_old
from mailing.delivery import send_due


def register_jobs() -> None:
    register(
        Job("send_mails", _("Send the mails that are due"), timedelta(seconds=15), send_due, lease=timedelta(minutes=3))
    )
    register(Job("forget_mails", _("Remove old mails"), timedelta(days=1), forget_old))
