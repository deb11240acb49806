"""What the commune does with an idea: its answer, its own notes, and the steps of the realisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.languages import in_active_language
from participation.models.idea_decisions import staff_member
from participation.models.ideas import Idea
from participation.models.statuses import IdeaStatus

ANSWER_SIGNS = 5000


class OfficialAnswer(models.Model):
    """The commune's answer to an idea, in both languages, by a department. Readers see it once it is published.

    It may begin as no more than a person or a department that it is assigned to. `college_decision` is a decision of the
    Collège that it was drafted from.
    """

    idea = models.OneToOneField(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="answer")
    department = models.ForeignKey(
        "home.Department",
        verbose_name=_("department that answers"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    text_fr = models.TextField(_("answer in French"), max_length=ANSWER_SIGNS, blank=True)
    text_nl = models.TextField(_("answer in Dutch"), max_length=ANSWER_SIGNS, blank=True)
    status = models.ForeignKey(
        IdeaStatus,
        verbose_name=_("status with the answer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    assigned_to = staff_member(_("assigned to"))
    assigned_department = models.ForeignKey(
        "home.Department",
        verbose_name=_("assigned to the department"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    college_decision = models.CharField(_("decision of the Collège"), max_length=200, blank=True)
    is_ready = models.BooleanField(_("ready to be published"), default=False)
    written_by = staff_member(_("written by"))
    changed_at = models.DateTimeField(_("last change"))
    published_by = staff_member(_("published by"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer of the commune")
        verbose_name_plural = _("answers of the commune")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["idea"],
                name="participation_answers_ready",
                condition=Q(is_ready=True, published_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, is_ready=False)
                | (~Q(text_fr="") & ~Q(text_nl="") & Q(department__isnull=False, status__isnull=False)),
                name="participation_answer_is_whole_once_ready",
            ),
        ]

    def __str__(self) -> str:
        return str(self.idea)

    @property
    def text(self) -> str:
        return in_active_language(self, "text")

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class InternalNote(models.Model):
    """What colleagues write to each other about an idea; readers never see it."""

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("note"), max_length=2000)
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        default_permissions = ()
        ordering = ["written_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="participation_note_has_words")]

    def __str__(self) -> str:
        return self.text[:80]


class RealisationStep(models.Model):
    """One step on the way from an idea to what came of it."""

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="steps")
    day = models.DateField(_("day"))
    words_fr = models.CharField(_("in French"), max_length=300)
    words_nl = models.CharField(_("in Dutch"), max_length=300)
    photo = models.ForeignKey(
        "home.PortalImage", verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    photo_says_fr = models.CharField(_("what the photo shows, in French"), max_length=200, blank=True)
    photo_says_nl = models.CharField(_("what the photo shows, in Dutch"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("step of the realisation")
        verbose_name_plural = _("steps of the realisation")
        default_permissions = ()
        ordering = ["day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words_fr="") & ~Q(words_nl=""), name="participation_step_is_in_both_languages"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return in_active_language(self, "words")

    @property
    def photo_says(self) -> str:
        return in_active_language(self, "photo_says")
