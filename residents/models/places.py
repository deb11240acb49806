"""Where residents live, and what they follow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import Department, Neighbourhood


class Residency(models.Model):
    """Where a resident lives.

    It is no page's affair: left out of Wagtail's reference index, so that nobody reads in the "usage" of a
    neighbourhood who lives there. A neighbourhood that goes (no message names it any more) leaves its residents
    without one, to choose again.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="residency",
        primary_key=True,
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("neighbourhood"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="residencies",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("residency")
        verbose_name_plural = _("residencies")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.neighbourhood}"


class Follow(models.Model):
    """One thing that a resident follows: a neighbourhood wherever they live, a department, or a subject of a feature.

    A feature's subject (a kind of message, a consultation) is named by `subject`, as it is registered in
    `residents.following`, and `key`, its own name for the one that is followed. Left out of the reference index, as
    residencies are.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="follows"
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("neighbourhood"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="follows",
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="follows",
    )
    subject = models.CharField(_("subject"), max_length=30, blank=True)
    key = models.CharField(_("key"), max_length=64, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(fields=["user", "neighbourhood"], name="residents_neighbourhood_is_followed_once"),
            models.UniqueConstraint(fields=["user", "department"], name="residents_department_is_followed_once"),
            models.UniqueConstraint(
                fields=["user", "subject", "key"],
                condition=~models.Q(subject=""),
                name="residents_subject_is_followed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(neighbourhood__isnull=False, department=None, subject="", key="")
                | (models.Q(neighbourhood=None, department__isnull=False, subject="", key=""))
                | (models.Q(neighbourhood=None, department=None) & ~models.Q(subject="") & ~models.Q(key="")),
                name="residents_follow_is_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["subject", "key"], name="residents_followers_of")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.neighbourhood or self.department or f'{self.subject} {self.key}'}"
