"""What became of the links in the texts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

RECHECK_AFTER = timedelta(days=7)
RECHECK_BROKEN_AFTER = timedelta(hours=12)
# It answers, though not to us: who may not enter (401, 403), asked otherwise (405, 406), asked too often (429).
ANSWERS = (401, 403, 405, 406, 429)


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def broken(self) -> LinkCheckQuerySet:
        """Those that gave no answer, or one that says that nothing is there."""
        return self.filter(~Q(problem="") | Q(status__gte=400) & ~Q(status__in=ANSWERS))

    def due(self, *, now: datetime) -> LinkCheckQuerySet:
        """Those to ask now, the new ones first; what was broken is asked again sooner."""
        broken = Q(pk__in=LinkCheck.objects.broken().values("pk"))
        late = Q(checked_at__lt=now - RECHECK_AFTER)
        again = broken & Q(checked_at__lt=now - RECHECK_BROKEN_AFTER)
        return self.filter(Q(checked_at=None) | late | again).order_by(F("checked_at").asc(nulls_first=True), "pk")


class LinkCheck(models.Model):
    """An address that a text links to, and what it answered when it was last asked. No page or person is kept."""

    class Problem(models.TextChoices):
        NO_ANSWER = "no_answer", _("no answer in time")
        UNKNOWN = "unknown", _("there is no such site")
        NOT_SECURE = "not_secure", _("its certificate is not valid")
        CIRCLES = "circles", _("it leads in circles")
        NOT_PUBLIC = "not_public", _("only reached from inside a network")

    url = models.CharField(_("address"), max_length=1000, unique=True)
    checked_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("what it answered"), null=True, blank=True)
    problem = models.CharField(
        _("why it gave no answer"), max_length=20, choices=Problem.choices, blank=True, default=""
    )

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")
        indexes = [models.Index(fields=["checked_at"], name="moderation_link_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at=None, status=None, problem="")
                | Q(checked_at__isnull=False, status__isnull=False, problem="")
                | Q(checked_at__isnull=False, status=None) & ~Q(problem=""),
                name="moderation_link_has_one_answer_once_it_was_asked",
            )
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def why(self) -> str:
        """Why it is broken, in the reader's language."""
        if self.problem:
            return str(self.Problem(self.problem).label)
        if self.status in (404, 410):
            return gettext("there is no such page")
        return gettext("error %(status)s") % {"status": self.status}
