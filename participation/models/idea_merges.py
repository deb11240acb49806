"""Duplicates that became one idea, and what moved with them: enough to undo it exactly."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.models.comments import Comment
from participation.models.idea_decisions import staff_member
from participation.models.ideas import Idea, Support


class IdeaMerge(models.Model):
    """That `merged` became part of `kept`. Supports and comments that moved are named one by one.

    A support of somebody who supported both stays where it was, and counts no more until this is undone.
    """

    kept = models.ForeignKey(Idea, verbose_name=_("idea that remains"), on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(
        Idea, verbose_name=_("idea that is part of it"), on_delete=models.CASCADE, related_name="merges_into"
    )
    merged_by = staff_member(_("merged by"))
    merged_at = models.DateTimeField(_("merged at"))
    undone_by = staff_member(_("undone by"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    supports = models.ManyToManyField(Support, verbose_name=_("supports that moved"), related_name="moves")
    comments = models.ManyToManyField(Comment, verbose_name=_("comments that moved"), related_name="moves")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("merging of ideas")
        verbose_name_plural = _("mergings of ideas")
        default_permissions = ()
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], name="participation_idea_is_merged_once", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="participation_merge_is_of_two_ideas"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"
