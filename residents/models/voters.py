"""Who counts once: a person, whatever accounts they have had."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Voter(models.Model):
    """One person as far as counting goes. What may be done once (an answer, a support) hangs on `key`, never on an account.

    It outlives its account: a closed one leaves the keyed fingerprint of its address, so that whoever comes back with
    it is the same voter, until `kept_until`. Neither the address nor the person can be read from it.
    """

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="voter",
    )
    address_fingerprint = models.CharField(
        _("fingerprint of the address"), max_length=64, null=True, blank=True, unique=True
    )
    kept_until = models.DateField(_("kept until"), null=True, blank=True, help_text=_("Once the account is closed."))

    class Meta:
        verbose_name = _("voter")
        verbose_name_plural = _("voters")
        default_permissions = ()
        indexes = [
            models.Index(fields=["kept_until"], name="residents_voters_to_go", condition=models.Q(user=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) | models.Q(kept_until=None),
                name="residents_voter_with_an_account_has_no_end",
            ),
            models.CheckConstraint(
                condition=models.Q(address_fingerprint=None) | ~models.Q(address_fingerprint=""),
                name="residents_voter_fingerprint_is_one_or_none",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
