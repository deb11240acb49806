"""The questions of a survey, as its page's form holds them."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from participation.models.survey_pages import SurveyPage
from participation.surveys.kinds import LONGEST_SCALE, NO, SHORTEST_SCALE, YES, Kind
from participation.surveys.option_blocks import OptionsBlock
from participation.surveys.question_forms import ConditionInput

SETTINGS = (
    "key",
    "kind",
    "is_required",
    "has_other",
    "has_no_opinion",
    "is_shuffled",
    "is_retired",
    "least",
    "most",
    "scale_points",
    "right_answer",
    "shows_when",
    "section_shows_when",
)


class SurveyQuestion(TranslatableMixin, Orderable):
    """One question. Answers know it by `key`, which is the same in both languages and in every version.

    Its row comes and goes with each publication (wagtail-localize writes it anew), so nothing may point at it.
    """

    page = ParentalKey(SurveyPage, on_delete=models.CASCADE, related_name="questions")
    key = models.UUIDField(
        _("key"), help_text=_("Given by the portal; answers and conditions know the question by it.")
    )
    starts_section = models.CharField(
        _("begins the section"),
        max_length=120,
        blank=True,
        help_text=_("Its title. A section is a step of the form; left empty, the question belongs to the one before."),
    )
    section_shows_when = models.JSONField(_("the section shows when"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.ONE)
    text = models.CharField(_("question"), max_length=300)
    help_text = models.CharField(_("help"), max_length=400, blank=True)
    options = StreamField(OptionsBlock(), verbose_name=_("choices"), blank=True, use_json_field=True)
    is_required = models.BooleanField(_("needs an answer"), default=False)
    has_other = models.BooleanField(_("“other”, with text"), default=False)
    has_no_opinion = models.BooleanField(_("“no opinion”"), default=False)
    is_shuffled = models.BooleanField(_("choices in random order"), default=False)
    least = models.DecimalField(
        _("least"), max_digits=16, decimal_places=4, null=True, blank=True, help_text=_("Of marks, or of a number.")
    )
    most = models.DecimalField(_("most"), max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    scale_points = models.PositiveSmallIntegerField(
        _("points of the scale"),
        default=5,
        validators=[MinValueValidator(SHORTEST_SCALE), MaxValueValidator(LONGEST_SCALE)],
    )
    low_words = models.CharField(_("what its first point means"), max_length=80, blank=True)
    high_words = models.CharField(_("what its last point means"), max_length=80, blank=True)
    right_answer = models.CharField(
        _("right answer"), max_length=3, choices=[(YES, _("yes")), (NO, _("no"))], blank=True
    )
    explanation = models.TextField(
        _("explanation"), max_length=600, blank=True, help_text=_("In a quiz, once answered.")
    )
    shows_when = models.JSONField(_("shows when"), null=True, blank=True)
    is_retired = models.BooleanField(
        _("no longer asked"), default=False, help_text=_("Answers that were given stay in the results.")
    )

    override_translatable_fields = [SynchronizedField(name, overridable=False) for name in SETTINGS]

    # Side by side and by kind in the editor: portal/static/portal/survey-builder.js reads their names.
    panels = [
        FieldPanel("key", widget=forms.HiddenInput),
        FieldPanel("starts_section"),
        FieldPanel("section_shows_when", widget=ConditionInput),
        FieldPanel("text"),
        FieldPanel("help_text"),
        FieldPanel("kind"),
        FieldPanel("is_required"),
        FieldPanel("is_retired"),
        FieldPanel("options"),
        FieldPanel("has_other"),
        FieldPanel("has_no_opinion"),
        FieldPanel("is_shuffled"),
        FieldPanel("least"),
        FieldPanel("most"),
        FieldPanel("unit"),
        FieldPanel("scale_points"),
        FieldPanel("low_words"),
        FieldPanel("high_words"),
        FieldPanel("right_answer"),
        FieldPanel("explanation"),
        FieldPanel("shows_when", widget=ConditionInput),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        ordering = ["sort_order", "id"]  # the second for questions that no form has put in order
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["page", "key"], name="participation_question_has_a_key_of_its_own"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="participation_question_kind_is_known"),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(most__gte=F("least")),
                name="participation_question_most_is_not_below_least",
            ),
            models.CheckConstraint(
                condition=Q(scale_points__gte=SHORTEST_SCALE, scale_points__lte=LONGEST_SCALE),
                name="participation_scale_has_2_to_11_points",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.key is None:
            self.key = uuid.uuid4()
        super().save(*args, **kwargs)
