"""Which version each reviewer had before them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState


class Look(models.Model):
    """A reviewer opened this version of a text under review. Only what was looked at can be approved."""

    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    seen = models.DateTimeField(
        _("version"), help_text=_("When that version was saved: a draft may be saved over, under the same key.")
    )

    looked_at = models.DateTimeField(_("looked at"), auto_now=True)

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        constraints = [
            models.UniqueConstraint(fields=["task_state", "user"], name="moderation_look_is_the_latest_of_its_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.revision}"
