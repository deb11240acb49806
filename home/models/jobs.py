"""What the worker's jobs left behind: when each ran, when it last went well, and what went wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """One row for each job of `home.jobs`, which also keeps two workers from running it at the same time."""

    name = models.CharField(_("job"), max_length=60, unique=True)
    last_start = models.DateTimeField(_("last start"), null=True, blank=True)
    last_success = models.DateTimeField(_("last success"), null=True, blank=True)
    last_error = models.CharField(
        _("last error"), max_length=200, blank=True, help_text=_("The kind of error only, never a person's data.")
    )
    taken_by = models.UUIDField(null=True, blank=True, editable=False)
    taken_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_by=None, taken_until=None)
                | models.Q(taken_by__isnull=False, taken_until__isnull=False),
                name="home_job_is_taken_by_somebody_until_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name
