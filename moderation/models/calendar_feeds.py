"""The private addresses at which people read the editorial calendar in a program of their own."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.languages import LANGUAGE_CODES


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def at(self, token: str) -> CalendarFeedQuerySet:
        """The one with this token; how long the search takes tells nothing of a token, for only its digest is kept."""
        return self.filter(digest=digest_of(token))


class CalendarFeed(models.Model):
    """An address that shows the calendar without signing in. Whoever knows it reads what its person may read.

    A person has one at most: a new one takes the place of the old one, and one that is stopped is deleted.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(_("digest"), max_length=64, unique=True, help_text=_("SHA-256 of the secret word."))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    made_at = models.DateTimeField(_("made"))
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("private address of the calendar")
        verbose_name_plural = _("private addresses of the calendar")
        default_permissions = ()
        permissions = [("see_agenda", _("Can see the editorial calendar"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=LANGUAGE_CODES), name="moderation_calendar_feed_language_is_ours"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
