"""The phases and the events of a consultation: words in each language, dates that are one for both."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from participation.kinds import ACTIVITY_ICONS, Activity


class Phase(TranslatableMixin, Orderable):
    """A part of a consultation, from its first day to its last, both within it; the clock is the commune's."""

    consultation = ParentalKey("participation.ConsultationPage", on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("what happens"), max_length=500, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    activity = models.CharField(_("what one can do"), max_length=10, choices=Activity.choices, default=Activity.READ)

    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("text"),
        SynchronizedField("starts_on", overridable=False),
        SynchronizedField("ends_on", overridable=False),
        SynchronizedField("activity", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("activity")]),
        FieldPanel("text"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="participation_phase_days")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="participation_phase_ends_on_its_first_day_or_later"
            ),
            models.CheckConstraint(
                condition=Q(activity__in=["", *Activity.values]), name="participation_phase_activity_is_one_of_ours"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day comes before the first one.")})

    @property
    def icon(self) -> str:
        return ACTIVITY_ICONS[Activity(self.activity)] if self.activity else "calendar"

    @property
    def activity_name(self) -> str:
        return str(Activity(self.activity).label) if self.activity else ""


class ConsultationEvent(TranslatableMixin, Orderable):
    """Where people meet for a consultation."""

    consultation = ParentalKey("participation.ConsultationPage", on_delete=models.CASCADE, related_name="events")
    title = models.CharField(_("title"), max_length=120)
    place = models.CharField(_("place"), max_length=160, blank=True, help_text=_("Name and address, or “online”."))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    description = models.TextField(_("description"), max_length=600, blank=True)

    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("place"),
        TranslatableField("description"),
        SynchronizedField("starts_at", overridable=False),
        SynchronizedField("ends_at", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]
    panels = [
        FieldPanel("title"),
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("description"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="participation_event_ends_when_it_begins_or_later"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The event ends before it begins.")})
