"""The alert banner: a short message on every page, that ends by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from home.languages import in_active_language
from home.models.bilingual import side_by_side


class AlertQuerySet(models.QuerySet["Alert"]):
    def current(self, *, now: datetime) -> AlertQuerySet:
        """Those that began and have not ended, the most severe first."""
        return self.filter(starts_at__lte=now, ends_at__gt=now).order_by("-level", "ends_at")


class Alert(models.Model):
    """A banner above every page in both languages. Both texts and an end are asked for, since one is forgotten easily."""

    class Level(models.IntegerChoices):
        INFORMATION = 1, _("Information")
        WARNING = 2, _("Warning")
        DANGER = 3, _("Danger")

    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.INFORMATION)
    message_fr = models.CharField(_("in French"), max_length=200)
    message_nl = models.CharField(_("in Dutch"), max_length=200)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("more about it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"))

    objects = AlertQuerySet.as_manager()

    panels = [
        FieldPanel("level"),
        side_by_side("message", _("Message")),
        PageChooserPanel("page"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="home_alert_ends_after_it_starts",
                violation_error_message=_("An alert ends after it starts."),
            ),
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="home_alert_level_is_known"),
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        return in_active_language(self, "message")

    @property
    def level_name(self) -> str:
        """The level as the style sheet names it."""
        return self.Level(self.level).name.lower()

    @property
    def icon(self) -> str:
        return {1: "info", 2: "warning", 3: "danger"}[self.level]

    @property
    def is_current(self) -> bool:
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def url(self) -> str:
        page = self.page.localized if self.page else None
        return (page.url or "") if page and page.live else ""
