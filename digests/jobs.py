"""What digests leave to the worker."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digests.actions import forget_old_digests, forget_unconfirmed
from digests.alerts import send_alerts
from digests.making import make_due
from home.jobs import Job, register


def forget() -> None:
    now = timezone.now()
    forget_unconfirmed(now=now)
    forget_old_digests(now=now)


def register_jobs() -> None:
    register(Job("make_digests", _("Make the digests that are due"), every=timedelta(minutes=1), run=make_due))
    register(Job("send_alerts", _("Write of alerts at once"), every=timedelta(minutes=1), run=send_alerts))
    register(Job("forget_digests", _("Remove old digests and unconfirmed addresses"), timedelta(days=1), forget))
