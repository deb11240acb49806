"""What should have gone live by itself, and could not."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScheduleTrouble(models.Model):
    """A scheduled document that failed at its hour. It is tried again ever more seldom, and the others go out.

    `error` is a key of `schedules.REASONS`, which says it in the reader's language, or what an unforeseen error said.
    """

    translation_key = models.UUIDField(unique=True)
    title = models.CharField(_("title"), max_length=255)
    since = models.DateTimeField(_("since"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=1)
    next_try_at = models.DateTimeField(_("next try"))
    error = models.CharField(_("what went wrong"), max_length=255)

    class Meta:
        verbose_name = _("scheduled text that could not go out")
        verbose_name_plural = _("scheduled texts that could not go out")
        ordering = ["since"]

    def __str__(self) -> str:
        return self.title
