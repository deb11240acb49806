"""What can be used once to show that an answer without an account was worth some work."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpentProof(models.Model):
    """A proof of work, or of patience, that has been used: a fingerprint of it, and until when it could be used again.

    It says nothing of the answer that it came with, nor of who sent it.
    """

    digest = models.CharField(_("fingerprint"), max_length=64)
    usable_until = models.DateTimeField(_("usable until"), db_index=True)

    class Meta:
        verbose_name = _("proof that was used")
        verbose_name_plural = _("proofs that were used")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["digest"], name="participation_proof_is_used_once")]

    def __str__(self) -> str:
        return self.digest[:8]
