"""What was published before a second person had looked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from home.models import Department
from moderation.querysets import FastTrackQuerySet


class FastTrack(models.Model):
    """A text that couldn't wait. It stands in the queue until somebody else has looked; each use stays on record."""

    translation_key = models.UUIDField(db_index=True)
    title = models.CharField(_("title"), max_length=255)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("published by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    used_at = models.DateTimeField(_("published"))
    reason = models.TextField(_("why it couldn't wait"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    word = models.TextField(_("what the check found"), blank=True)

    objects = FastTrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of the fast track")
        verbose_name_plural = _("uses of the fast track")
        ordering = ["-used_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="moderation_fast_track_has_a_reason"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("used_by")),
                name="moderation_fast_track_is_checked_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return self.title
