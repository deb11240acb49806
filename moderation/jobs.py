"""What the desk leaves to the worker."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.jobs import Job, register
from moderation.links import check_links
from moderation.schedules import publish_scheduled
from moderation.sender_actions import empty_old_arrivals


def check_some_links() -> None:
    check_links(now=timezone.now())


def empty_arrivals() -> None:
    empty_old_arrivals(now=timezone.now())


def register_jobs() -> None:
    if settings.LINK_CHECK:
        links = Job("check_links", _("Check the links in texts"), every=timedelta(minutes=10), run=check_some_links)
        register(links)
    hourly = _("Publish and withdraw at the hour")
    register(Job("publish_scheduled", hourly, every=timedelta(minutes=1), run=publish_scheduled))
    register(Job("empty_arrivals", _("Empty old texts that came in"), every=timedelta(days=1), run=empty_arrivals))
