"""What happened to ideas, to be told to the people who care about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.models.idea_answers import RealisationStep
from participation.models.ideas import Idea
from participation.models.statuses import IdeaStatus


class IdeaEvent(models.Model):
    """One thing that authors and followers of an idea are told, together with whatever else happened until then."""

    class Kind(models.TextChoices):
        ANSWERED = "answered", _("The commune answers")
        STATUS = "status", _("It stands elsewhere now")
        STEP = "step", _("A step was taken")
        MERGED = "merged", _("It was merged into another idea")
        PARTED = "parted", _("It is an idea of its own again")

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("what happened"), max_length=8, choices=Kind.choices)
    status = models.ForeignKey(
        IdeaStatus, verbose_name=_("status"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    step = models.ForeignKey(
        RealisationStep, verbose_name=_("step"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    happened_at = models.DateTimeField(_("happened at"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    class Meta:
        verbose_name = _("event of an idea")
        verbose_name_plural = _("events of ideas")
        default_permissions = ()
        ordering = ["happened_at", "id"]
        indexes = [
            models.Index(fields=["happened_at"], name="participation_events_to_tell", condition=Q(told_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["answered", "status", "step", "merged", "parted"]),
                name="participation_idea_event_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.idea}"
