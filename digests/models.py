"""Who gets a digest and how often, what each one held, and how many households are reached that way."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digests.querysets import SubscriptionQuerySet
from digests.sources import KEY_SIGNS
from home.languages import LANGUAGE_CODES
from home.models import Neighbourhood


class Frequency(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    NEVER = "never", _("never")


def today() -> date:
    """Return the day on the commune's clock: the default of a column, so it has a name."""
    return timezone.localdate()


class Subscription(models.Model):
    """Where digests go: to an account, whose language, places and follows count; or to a bare address, with its own.

    A bare address gets nothing before it is confirmed (double opt-in). `key` stands in the links that manage and end
    the subscription, signed; a new key makes the old links worthless.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="subscription",
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, verbose_name=_("neighbourhoods"), blank=True, related_name="subscriptions"
    )
    frequency = models.CharField(_("how often"), max_length=6, choices=Frequency.choices, default=Frequency.WEEKLY)
    wants_alerts = models.BooleanField(_("alerts at once"), default=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    served_on = models.DateField(
        _("served up to"),
        default=today,
        help_text=_("The day of the last edition that was made for it, or that held nothing for it."),
    )
    suspended_at = models.DateTimeField(
        _("suspended"), null=True, blank=True, help_text=_("Mails to this address came back for good.")
    )

    objects = SubscriptionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        default_permissions = ["view"]
        indexes = [models.Index(fields=["frequency", "served_on", "id"], name="digests_to_serve")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="digests_address_subscribes_once_whatever_its_case"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="", language="")
                | Q(user=None, language__in=LANGUAGE_CODES) & ~Q(email=""),
                name="digests_subscription_is_of_an_account_or_an_address",
            ),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="digests_frequency_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def address(self) -> str:
        """Where its mails go."""
        return (self.user.email or "") if self.user else self.email

    @property
    def is_silent(self) -> bool:
        """Whether its reader chose to get nothing."""
        return self.frequency == Frequency.NEVER and not self.wants_alerts


class Digest(models.Model):
    """One digest to one reader: at most one for a subscription and a day, with a row for each item that it held."""

    subscription = models.ForeignKey(
        Subscription, verbose_name=_("subscription"), on_delete=models.CASCADE, related_name="digests"
    )
    day = models.DateField(_("day"))
    frequency = models.CharField(_("how often"), max_length=6, choices=Frequency.choices)
    mail = models.ForeignKey(
        "mailing.OutgoingMail",
        verbose_name=_("mail"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "day"], name="digests_one_a_day_for_a_subscription")
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.day}"


class SentItem(models.Model):
    """That a subscription has had an item, so that it gets each one once; `item` is the source's own key for it."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="sent_items")
    item = models.CharField(_("item"), max_length=KEY_SIGNS)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("item of a digest")
        verbose_name_plural = _("items of digests")
        default_permissions = ()
        indexes = [models.Index(fields=["day"], name="digests_items_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "item"], name="digests_item_goes_once_to_a_subscription")
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.item}"


class ReachFigure(models.Model):
    """How many households of a neighbourhood were reached on a day, of how many that lived there then.

    The rule of counting stands in `digests.reach`. What is stored is exact; what is shown hides groups under 5.
    """

    neighbourhood = models.ForeignKey(
        Neighbourhood, verbose_name=_("neighbourhood"), on_delete=models.CASCADE, related_name="reach_figures"
    )
    day = models.DateField(_("day"))
    reached = models.PositiveIntegerField(_("households reached"))
    households = models.PositiveIntegerField(_("households"))

    class Meta:
        verbose_name = _("reach")
        verbose_name_plural = _("reach")
        default_permissions = ["view"]
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["neighbourhood", "day"], name="digests_reach_is_counted_once_a_day"),
            models.CheckConstraint(
                condition=Q(reached__lte=models.F("households")), name="digests_reach_is_within_the_households"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.neighbourhood_id}: {self.day}"
