"""Verified residents: what is kept of how the commune came to know that a person lives there, and the letters on the way."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from residents.models.voters import Voter

MAX_WRONG_TRIES = 5
RENEWABLE = timedelta(days=180)  # before its end a verification may be renewed
WORDS = ("family_name", "given_name", "street", "postcode", "town")


class Method(models.TextChoices):
    LETTER = "letter", _("code by letter")
    COUNTER = "counter", _("at the counter")
    OPENID = "openid", _("electronic identity")


class Verification(models.Model):
    """That one person was verified: when, how, until when, and the fingerprint that stops a second account.

    The fingerprint is keyed (`residents.fingerprints`), over name and date of birth; neither is kept. It belongs to the
    voter, so that it outlives the account.
    """

    voter = models.OneToOneField(
        Voter, verbose_name=_("voter"), on_delete=models.CASCADE, related_name="verification", primary_key=True
    )
    method = models.CharField(_("how"), max_length=10, choices=Method.choices)
    verified_at = models.DateTimeField(_("when"), default=timezone.now)
    valid_until = models.DateField(_("until"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        default_permissions = ()
        permissions = [("verify_resident", _("Can verify residents and print their letters"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(method__in=Method.values), name="residents_verification_method_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(fingerprint=""), name="residents_verification_has_a_fingerprint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id}: {self.get_method_display()}"

    def is_valid(self, *, on: date) -> bool:
        return self.valid_until >= on

    def is_renewable(self, *, on: date) -> bool:
        """Whether it may be renewed: from half a year before its end."""
        return self.valid_until < on + RENEWABLE


class LetterBatch(models.Model):
    """Letters that were printed together."""

    printed_at = models.DateTimeField(_("printed"), default=timezone.now)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    size = models.PositiveIntegerField(_("number of letters"), default=0)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    class Meta:
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        ordering = ["-printed_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}"


class Letter(models.Model):
    """A letter with a code, asked for by a resident, printed by a clerk. It goes once it was used.

    Its words are needed to write to the person, and to know them again at another verification. When it is locked or
    over they go at once, with the code's hash; what stays says which of the two, and when another may be asked for.
    The code exists on paper only; here is its hash, with as many wrong tries as it bears.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="letter"
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    given_name = models.CharField(_("first name"), max_length=80, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    street = models.CharField(_("street, number and box"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    batch = models.ForeignKey(
        LetterBatch, verbose_name=_("batch"), null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    code_hash = models.CharField(max_length=128, blank=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["asked_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code_hash="", expires_at=None)
                | (~models.Q(code_hash="") & models.Q(expires_at__isnull=False)),
                name="residents_letter_with_a_code_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(wrong_tries__lte=MAX_WRONG_TRIES), name="residents_letter_bears_five_wrong_tries"
            ),
            models.CheckConstraint(
                condition=models.Q(born_on__isnull=False, wrong_tries__lt=MAX_WRONG_TRIES)
                & ~models.Q(family_name="")
                & ~models.Q(given_name="")
                | models.Q(code_hash="", born_on=None, **dict.fromkeys(WORDS, "")),
                name="residents_letter_is_open_or_has_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"

    @property
    def is_open(self) -> bool:
        return self.born_on is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it has yet to be printed."""
        return self.is_open and not self.code_hash

    @property
    def is_locked(self) -> bool:
        return self.wrong_tries >= MAX_WRONG_TRIES

    def is_on_its_way(self, *, now: datetime) -> bool:
        """Whether its code may be typed in."""
        return bool(self.code_hash and self.expires_at and self.expires_at > now)

    def is_over(self, *, now: datetime) -> bool:
        """Whether its time has passed without its code; one that was locked is not "over"."""
        return not (self.is_waiting or self.is_locked or self.is_on_its_way(now=now))
