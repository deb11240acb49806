"""When each language of a document went live, and why one of them went alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from home.models import Department
from moderation.querysets import ReleaseQuerySet


class Release(models.Model):
    """One decision to publish a document. Its key outlives its pages, so that the report does too."""

    LANGUAGES: ClassVar = ("fr", "nl")

    translation_key = models.UUIDField(db_index=True)
    title = models.CharField(_("title"), max_length=255)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due_at = models.DateTimeField(_("scheduled for"), null=True, blank=True, help_text=_("Empty: at once."))
    fr_live_at = models.DateTimeField(_("in French since"), null=True, blank=True)
    nl_live_at = models.DateTimeField(_("in Dutch since"), null=True, blank=True)
    ended_at = models.DateTimeField(_("off the site since"), null=True, blank=True)
    reason = models.TextField(_("why one language first"), blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="")
                | Q(fr_live_at=None, nl_live_at=None)
                | Q(fr_live_at__isnull=False, nl_live_at__isnull=False, fr_live_at=F("nl_live_at")),
                name="moderation_one_language_goes_first_with_a_reason_only",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def first_live_at(self) -> datetime | None:
        return min(filter(None, (self.fr_live_at, self.nl_live_at)), default=None)

    @property
    def missing_language(self) -> str:
        """The language that is owed; "" when both are live, or none is yet."""
        if bool(self.fr_live_at) == bool(self.nl_live_at):
            return ""
        return "nl" if self.fr_live_at else "fr"

    def alone_for(self, *, now: datetime) -> timedelta:
        """Return how long one language was live without the other; until `now`, or its end, when it still is."""
        if not self.first_live_at:
            return timedelta()
        both = max(filter(None, (self.fr_live_at, self.nl_live_at)))
        if self.missing_language:
            both = max(self.ended_at or now, self.first_live_at)
        return both - self.first_live_at
