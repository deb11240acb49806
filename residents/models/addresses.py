"""A change of e-mail address on its way: confirmed at both ends, or not at all."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

VALID_FOR = timedelta(hours=24)


def hash_of(secret: str) -> str:
    """Return what is stored of a link's secret: it has 256 random bits, so that a slow hash would add nothing."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def open(self, *, now: datetime) -> AddressChangeQuerySet:
        return self.filter(is_open=True, asked_at__gt=now - VALID_FOR)

    def over(self, *, now: datetime) -> AddressChangeQuerySet:
        """Those that nobody can confirm any more, and that no limit counts any more."""
        return self.filter(asked_at__lte=now - VALID_FOR)

    def holding(self, secret: str) -> AddressChangeQuerySet:
        """That of a link, whichever end it was sent to; looked up by its hash, so that nothing is compared sign by sign."""
        return self.filter(Q(old_hash=hash_of(secret)) | Q(new_hash=hash_of(secret)))


class AddressChange(models.Model):
    """One wish to use another address. Each end gets a link; the last of the two to be confirmed makes the change.

    Without `new_hash` nothing can come of it: somebody has that address already, which only its mailbox is told.
    Without `old_hash` there is no old end. The rows of a day also count how many mails a person had sent.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="address_changes"
    )
    email = models.EmailField(_("new e-mail address"))
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    is_open = models.BooleanField(default=True)
    old_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - none has no hash
    new_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    old_confirmed_at = models.DateTimeField(_("confirmed at the old address"), null=True, blank=True)
    new_confirmed_at = models.DateTimeField(_("confirmed at the new address"), null=True, blank=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")
        default_permissions = ()
        indexes = [models.Index(fields=["asked_at"], name="residents_address_changes_over")]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_open=True), name="residents_one_change_of_address_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"

    @property
    def ends_at(self) -> datetime:
        return self.asked_at + VALID_FOR

    def is_of_the_new_end(self, secret: str) -> bool:
        return self.new_hash == hash_of(secret)

    @property
    def is_confirmed_at_both_ends(self) -> bool:
        return self.new_confirmed_at is not None and (self.old_hash is None or self.old_confirmed_at is not None)
