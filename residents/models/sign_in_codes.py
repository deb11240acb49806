"""Codes that were sent to sign in: how often each was tried, and when it was used. Neither the code nor for whom."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_TRIES = 5


def new_token() -> str:
    return secrets.token_urlsafe(16)


class SignInCode(models.Model):
    """The tries at one code. Its session holds the code itself, and names this row by `token`.

    A session is read before it is written, so fifty tries at once would each be the first; a row is counted in one
    UPDATE.
    """

    token = models.CharField(_("token"), max_length=32, primary_key=True, default=new_token)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    made_at = models.DateTimeField(_("made"), default=timezone.now, db_index=True)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in code")
        verbose_name_plural = _("sign-in codes")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(tries__lte=MOST_TRIES), name="residents_code_has_a_few_tries"),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(tries__gte=1), name="residents_code_is_used_by_a_try"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tries}: {self.used_at}"
