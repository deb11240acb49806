"""What people answered, and apart from it that they answered.

Nothing here joins the two, unless the survey says openly that it is not anonymous: no shared key, random primary keys,
no time but the day, and the order of the rows in the file is shuffled daily (docs/decisions/0011).
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.languages import LANGUAGE_CODES, in_active_language
from participation.models.surveys import Survey, SurveyVersion


class PaperBatch(models.Model):
    """Paper answers that a clerk typed in together; a whole batch can be undone."""

    survey = models.ForeignKey(Survey, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField(_("number"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_on = models.DateField(_("made on"))
    undone_on = models.DateField(_("undone on"), null=True, blank=True)
    file_digest = models.CharField(
        _("fingerprint of its file"), max_length=64, blank=True, help_text=_("So that a file is imported once.")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of paper answers")
        verbose_name_plural = _("batches of paper answers")
        default_permissions = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="participation_batch_number_is_given_once"),
            models.UniqueConstraint(
                fields=["survey", "file_digest"],
                condition=~Q(file_digest="") & Q(undone_on=None),
                name="participation_file_is_imported_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Ballot(models.Model):
    """One whole answer. `answers` is {question key: value}, as `surveys.answers` says; `seen` the keys that were shown.

    `place` is the number of a neighbourhood, 0 for none, as in the tallies.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="ballots")
    version = models.ForeignKey(
        SurveyVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="ballots"
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    place = models.PositiveIntegerField(_("neighbourhood"), default=0)
    answers = models.JSONField(_("answers"), default=dict)
    seen = models.JSONField(_("questions shown"), default=list)
    answered_on = models.DateField(_("answered on"))
    is_paper = models.BooleanField(_("on paper"), default=False)
    batch = models.ForeignKey(
        PaperBatch, verbose_name=_("batch"), null=True, blank=True, on_delete=models.PROTECT, related_name="ballots"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(is_paper=True, batch__isnull=False) | Q(is_paper=False, batch=None),
                name="participation_paper_has_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGE_CODES), name="participation_ballot_language_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Participation(models.Model):
    """That somebody answered: a keyed fingerprint, which says neither who nor what nor when.

    `ballot` is theirs in a survey that says openly that it is not anonymous, and empty in every other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(
        Survey, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="participations"
    )
    token = models.CharField(_("fingerprint"), max_length=64)
    ballot = models.OneToOneField(
        Ballot, verbose_name=_("ballot"), null=True, blank=True, on_delete=models.CASCADE, related_name="participation"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("participation in a survey")
        verbose_name_plural = _("participations in surveys")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["survey", "token"], name="participation_survey_is_answered_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AnswerTag(models.Model):
    """What an officer sorts written answers by, in both languages."""

    survey = models.ForeignKey(Survey, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="tags")
    name_fr = models.CharField(_("name in French"), max_length=60)
    name_nl = models.CharField(_("name in Dutch"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("tag of answers")
        verbose_name_plural = _("tags of answers")
        default_permissions = ()
        ordering = ["name_fr"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "name_fr"], name="participation_tag_has_a_name_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_active_language(self, "name")


class WrittenAnswer(models.Model):
    """Words that somebody wrote, apart from the rest of what they answered, and screened before anybody sees them.

    `part` is "" for a text's own answer and "other" for the words beside that choice. `ballot` is kept in surveys that
    are openly not anonymous, so that the answer can be changed; `batch` for paper, so that it can be undone.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("hidden")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="texts")
    question = models.CharField(_("question"), max_length=36)
    part = models.CharField(_("part"), max_length=10, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    tags = models.ManyToManyField(AnswerTag, verbose_name=_("tags"), blank=True, related_name="texts")
    ballot = models.ForeignKey(Ballot, null=True, blank=True, on_delete=models.CASCADE, related_name="texts")
    batch = models.ForeignKey(PaperBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="texts")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("written answer")
        verbose_name_plural = _("written answers")
        default_permissions = ()
        indexes = [models.Index(fields=["survey", "question", "state"], name="participation_texts_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "shown", "hidden"]), name="participation_text_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="participation_text_has_words"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Draft(models.Model):
    """A long survey that somebody hasn't finished: what was typed, known by a random key in their browser alone."""

    key = models.UUIDField(_("key"), primary_key=True, default=uuid.uuid4, editable=False)
    survey_key = models.UUIDField(_("survey"), db_index=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    typed = models.JSONField(_("typed"), default=dict)
    step = models.PositiveSmallIntegerField(_("step"), default=0)
    updated_on = models.DateField(_("last change"))

    class Meta:
        verbose_name = _("unfinished answer")
        verbose_name_plural = _("unfinished answers")
        default_permissions = ()
        indexes = [models.Index(fields=["updated_on"], name="participation_drafts_to_go")]

    def __str__(self) -> str:
        return str(self.key)
