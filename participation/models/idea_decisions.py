"""Reports, what the desk decided, second looks, and what a person may no longer do for a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.ideas.kinds import Because, Outcome, ReportReason, SanctionKind
from participation.models.boards import Board
from participation.models.comments import Comment
from participation.models.ideas import Idea
from participation.models.statuses import DeclineReason

ONE_TARGET = Q(idea=None, comment__isnull=False) | Q(idea__isnull=False, comment=None)


def staff_member(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class ModerationDecision(models.Model):
    """One decision of the desk; the log outlives what it was about, so that a public page can count.

    `channel` holds the words of the right channel in both languages, as they were when this was decided.
    """

    board = models.ForeignKey(Board, verbose_name=_("board"), on_delete=models.CASCADE, related_name="decisions")
    idea = models.ForeignKey(
        Idea, verbose_name=_("idea"), null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    is_about_comment = models.BooleanField(_("about a comment"), default=False)
    because = models.CharField(_("why it waited"), max_length=12, choices=Because.choices)
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    reason = models.ForeignKey(
        DeclineReason, verbose_name=_("reason"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    word = models.TextField(_("word to the author"), blank=True)
    channel = models.JSONField(_("right channel"), null=True, blank=True)
    reports = models.PositiveIntegerField(_("reports"), default=0)
    waited_since = models.DateTimeField(_("waited since"))
    decided_by = staff_member(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision over a contribution")
        verbose_name_plural = _("decisions over contributions")
        default_permissions = ()
        ordering = ["-decided_at", "-id"]
        indexes = [models.Index(fields=["board", "decided_at"], name="participation_decisions_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values, because__in=Because.values),
                name="participation_decision_is_known",
            ),
            models.CheckConstraint(
                condition=Q(idea=None) | Q(comment=None), name="participation_decision_is_about_one_thing"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.DECLINED) | Q(reason__isnull=False),
                name="participation_declining_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ELSEWHERE) | Q(channel__isnull=False),
                name="participation_elsewhere_names_a_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.idea or self.comment or '–'}"


class Report(models.Model):
    """That somebody reports a contribution, once. `decision` is the one that settled it; none while it is open."""

    idea = models.ForeignKey(
        Idea, verbose_name=_("idea"), null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    voter = models.UUIDField(_("voter"))
    reason = models.CharField(_("reason"), max_length=12, choices=ReportReason.choices)
    word = models.TextField(_("more"), max_length=600, blank=True)
    reported_at = models.DateTimeField(_("reported at"))
    decision = models.ForeignKey(
        ModerationDecision,
        verbose_name=_("decision"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports_settled",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        ordering = ["reported_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "voter"], name="participation_idea_is_reported_once"),
            models.UniqueConstraint(fields=["comment", "voter"], name="participation_comment_is_reported_once"),
            models.CheckConstraint(condition=ONE_TARGET, name="participation_report_is_about_one_thing"),
            models.CheckConstraint(
                condition=Q(reason__in=ReportReason.values), name="participation_report_reason_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())


class SecondLook(models.Model):
    """That an author asks for another person's look, once for each contribution. `decision` is what they ask against."""

    idea = models.OneToOneField(
        Idea, verbose_name=_("idea"), null=True, blank=True, on_delete=models.CASCADE, related_name="second_look"
    )
    comment = models.OneToOneField(
        Comment, verbose_name=_("comment"), null=True, blank=True, on_delete=models.CASCADE, related_name="second_look"
    )
    first_decided_by = staff_member(_("first decided by"))
    words = models.TextField(_("why"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = staff_member(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=ONE_TARGET, name="participation_second_look_is_at_one_thing"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(first_decided_by=None) | ~Q(decided_by=F("first_decided_by")),
                name="participation_second_look_is_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.idea or self.comment)


class Sanction(models.Model):
    """A warning, or that somebody may not write for a time or at all. Undone ones stay in the log."""

    voter = models.UUIDField(_("voter"))
    kind = models.CharField(_("kind"), max_length=8, choices=SanctionKind.choices)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    because = models.TextField(_("because"), max_length=600, help_text=_("The person reads it."))
    decided_by = staff_member(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"))
    undone_by = staff_member(_("undone by"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("warning or block")
        verbose_name_plural = _("warnings and blocks")
        default_permissions = ()
        ordering = ["-decided_at", "-id"]
        indexes = [models.Index(fields=["voter"], name="participation_sanctions_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SanctionKind.MUTED, until__isnull=False)
                | (Q(kind__in=[SanctionKind.WARNED, SanctionKind.BLOCKED]) & Q(until=None)),
                name="participation_muting_has_an_end",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="participation_sanction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decided_at:%Y-%m-%d}"

    def holds(self, now: datetime) -> bool:
        """Whether it keeps the person from writing at `now`."""
        if self.undone_at or self.kind == SanctionKind.WARNED:
            return False
        return self.until is None or self.until > now
