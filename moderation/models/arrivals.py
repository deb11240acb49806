"""Where a draft came from that nobody with an account wrote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models.senders import Sender


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def about(self, pages: Iterable[Any]) -> ArrivalQuerySet:
        """Those of `pages`, in whichever of the two languages a page is."""
        return self.filter(page_key__in=[page.translation_key for page in pages])

    def on_the_day_of(self, now: datetime) -> ArrivalQuerySet:
        """Those since midnight, in the commune's own time."""
        return self.filter(received_at__gte=timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0))

    def kept_too_long(self, *, now: datetime) -> ArrivalQuerySet:
        """Those whose words are to be emptied: a draft has what it needs of them by then."""
        limit = now - timedelta(days=settings.ARRIVALS_KEPT_DAYS)
        return self.filter(received_at__lt=limit).exclude(original="", word="", left_out="")


class Arrival(models.Model):
    """One text that came in by a personal link or by mail. It hangs on the page's key, and outlives the page."""

    class Way(models.TextChoices):
        LINK = "link", _("by a personal link")
        MAIL = "mail", _("by e-mail")

    page_key = models.UUIDField(_("key of the page"), unique=True)
    sender = models.ForeignKey(
        Sender, verbose_name=_("sender"), null=True, on_delete=models.SET_NULL, related_name="arrivals"
    )
    way = models.CharField(_("way"), max_length=4, choices=Way.choices)
    from_name = models.CharField(_("name as given"), max_length=120)
    from_email = models.EmailField(_("e-mail address as given"))
    link_made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("link made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who made the link knows it, so somebody else approves what comes by it."),
    )
    received_at = models.DateTimeField(_("received"), db_index=True)
    delivery = models.CharField(
        _("delivery"),
        max_length=255,
        help_text=_("The mail's Message-ID or the form's own number: what is delivered twice is one draft."),
    )
    language = models.CharField(_("language"), max_length=2)
    wanted_on = models.DateField(_("wanted for"), null=True)
    word = models.TextField(_("word to the desk"), blank=True)
    left_out = models.TextField(_("files that were not taken"), blank=True)
    original = models.TextField(_("text as it came"), blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        constraints = [
            models.UniqueConstraint(fields=["delivery"], name="moderation_arrival_is_one_for_each_delivery"),
            models.CheckConstraint(
                condition=models.Q(way__in=["link", "mail"]), name="moderation_arrival_came_by_link_or_mail"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["fr", "nl"]), name="moderation_arrival_language_is_one_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} – {self.from_name}"

    @property
    def reference(self) -> str:
        """What the sender and the desk call it on the telephone."""
        return str(self.page_key)[:8].upper()

    @property
    def came_by_link(self) -> bool:
        return self.way == self.Way.LINK
