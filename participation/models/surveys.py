"""A survey as a thing: its answers' one root, the versions that were answered, and the counts."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.languages import LANGUAGE_CODES
from participation.surveys.definitions import SurveyDefinition


class SurveyManager(models.Manager["Survey"]):
    def locked(self, key: UUID) -> Survey:
        """Return the survey, made at its first need, its row held until the transaction ends."""
        surveys = self.select_for_update()
        survey = surveys.filter(pk=key).first()
        if survey is None:
            self.get_or_create(pk=key)
            survey = surveys.get(pk=key)
        return survey


class Survey(models.Model):
    """What all answers hang on, in both languages and whatever becomes of the pages.

    Made at its first need. Its row is the lock under which answers are stored and counted, and pages published: whoever
    moves a tally, or changes what is asked, holds it. `answers`, and among them `paper_answers`, count the ballots.
    """

    key = models.UUIDField(_("key"), primary_key=True, editable=False)
    answers = models.PositiveIntegerField(_("answers"), default=0)
    paper_answers = models.PositiveIntegerField(_("answers on paper"), default=0)
    is_shuffled = models.BooleanField(
        _("who answered is shuffled"), default=True, help_text=_("Until the next answer; the worker does it daily.")
    )
    gone_from = models.JSONField(
        _("addresses of deleted pages"),
        default=list,
        blank=True,
        help_text=_("So that old links say what became of it."),
    )

    objects = SurveyManager()

    class Meta:
        verbose_name = _("answered survey")
        verbose_name_plural = _("answered surveys")
        default_permissions = ()
        permissions = [
            ("see_survey_results", _("Sees the results of surveys, as their pages say that staff does")),
            ("screen_written_answers", _("Decides which written answers are shown, and tags them")),
            ("enter_paper_answers", _("Types in answers from paper")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper_answers__lte=models.F("answers")), name="participation_paper_answers_are_answers"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class SurveyVersion(models.Model):
    """What was asked, word for word, when answers were given: kept with the first answer under it, and never changed."""

    survey = models.ForeignKey(Survey, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="versions")
    digest = models.CharField(_("fingerprint"), max_length=64)
    content = models.JSONField(_("questions"))
    first_seen_on = models.DateField(_("first answered on"))

    class Meta:
        verbose_name = _("version of a survey")
        verbose_name_plural = _("versions of surveys")
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "digest"], name="participation_version_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.digest[:8]}"

    @property
    def definition(self) -> SurveyDefinition:
        return SurveyDefinition.from_json(self.content)


class Tally(models.Model):
    """How many ballots of one place, language and way hold one thing: results are read from here alone.

    `question` is the question's key, "" for the survey as a whole; `cell` what is counted (`surveys.cells`). `place` is
    the number of a neighbourhood, 0 for none: not a key to it, so that figures outlive a neighbourhood that goes.
    """

    survey = models.ForeignKey(Survey, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="tallies")
    question = models.CharField(_("question"), max_length=36, blank=True)
    cell = models.CharField(_("cell"), max_length=120)
    place = models.PositiveIntegerField(_("neighbourhood"), default=0)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    is_paper = models.BooleanField(_("on paper"), default=False)
    count = models.PositiveIntegerField(_("count"), default=0)
    told = models.PositiveIntegerField(
        _("count last told"), default=0, help_text=_("While the survey runs, results move in steps of several answers.")
    )

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "place", "language", "is_paper", "question", "cell"],
                name="participation_cell_is_counted_in_one_row",
            ),
            models.CheckConstraint(condition=Q(count__gte=0), name="participation_tally_is_never_negative"),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGE_CODES), name="participation_tally_language_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.cell}: {self.count}"
