"""What happens to a page happens to its other language: unpublished, moved and deleted together."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from moderation.models.releases import Release
from moderation.publishing import withdraw_schedule


class NoCounterpartError(Exception):
    """A page is moved below one that does not exist in the other language, or into the other language's tree."""


def _others(page: Page) -> list[Page]:
    return list(Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).specific())


@transaction.atomic
def unpublish_together(*, page: Page) -> None:
    """Take the other language of a page that was unpublished off the site too, and what was scheduled of either.

    At its own end a text makes room for a newer version that is scheduled: that schedule stays.
    """
    if not page.expired:
        withdraw_schedule(page.translation_key)
    for other in _others(page):
        if other.live:
            other.unpublish(set_expired=page.expired, log_action="wagtail.unpublish")
    now = timezone.now()
    Release.objects.of(page.translation_key).gone_live().filter(ended_at=None).update(ended_at=now)


def check_move(*, page: Page, parent: Page) -> None:
    """Raise NoCounterpartError when `page` can't be moved below `parent` together with its other language."""
    if parent.depth == 1:
        return
    if parent.locale_id != page.locale_id:
        raise NoCounterpartError
    for other in _others(page):
        if not parent.get_translation_or_none(other.locale):
            raise NoCounterpartError


@transaction.atomic
def move_together(*, page: Page, parent: Page) -> None:
    """Move the other language of a page that was moved below `parent` to the counterpart of `parent`."""
    for other in _others(page):
        there = parent.get_translation_or_none(other.locale)
        if there and not other.is_child_of(there):
            other.move(there, pos="last-child")


@transaction.atomic
def delete_together(*, page: Page) -> None:
    """Delete the other language of a page that was deleted. What residents contributed hangs on the key, and stays."""
    for other in _others(page):
        other.delete()
    now = timezone.now()
    withdraw_schedule(page.translation_key)
    Release.objects.of(page.translation_key).gone_live().filter(ended_at=None).update(ended_at=now)
