"""What a resident says of themselves, beside their language (Wagtail's profile of the account keeps that)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Profile(models.Model):
    """The name under which a resident writes, asked for when they first write something that others read."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="profile",
        primary_key=True,
    )
    display_name = models.CharField(_("name shown with what you write"), max_length=40, blank=True)
    welcomed_at = models.DateTimeField(_("welcomed"), null=True, blank=True)
    warned_at = models.DateTimeField(_("warned that the account is unused"), null=True, blank=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return self.display_name or str(self.user_id)
