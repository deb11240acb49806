"""The questions that a board asks of every idea, of the kinds that surveys know."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from participation.models.idea_boards import IdeaBoardPage
from participation.surveys.kinds import Kind
from participation.surveys.option_blocks import OptionsBlock

# A matrix, a ranking and a place ask more than the form of an idea should.
OFFERED = (
    Kind.ONE, Kind.SEVERAL, Kind.YES_NO, Kind.SCALE, Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.DATE
)  # fmt: skip
SETTINGS = ("key", "kind", "is_required", "is_retired")


class BoardQuestion(TranslatableMixin, Orderable):
    """One question. Ideas know it by `key`, which is the same in both languages.

    It has what `participation.surveys.building` reads of a survey's question; what the form of an idea leaves out is
    said here once for all.
    """

    page = ParentalKey(IdeaBoardPage, on_delete=models.CASCADE, related_name="questions")
    key = models.UUIDField(_("key"), default=uuid.uuid4)
    kind = models.CharField(
        _("kind"), max_length=12, choices=[(kind.value, kind.label) for kind in OFFERED], default=Kind.SHORT_TEXT
    )
    text = models.CharField(_("question"), max_length=300)
    help_text = models.CharField(_("help"), max_length=400, blank=True)
    options = StreamField(OptionsBlock(), verbose_name=_("choices"), blank=True, use_json_field=True)
    is_required = models.BooleanField(_("needs an answer"), default=False)
    is_retired = models.BooleanField(
        _("no longer asked"), default=False, help_text=_("Answers that were given stay with the ideas.")
    )

    has_other = has_no_opinion = is_shuffled = False
    least = most = shows_when = section_shows_when = None
    unit = low_words = high_words = right_answer = explanation = starts_section = ""
    scale_points = 5

    override_translatable_fields = [SynchronizedField(name, overridable=False) for name in SETTINGS]

    panels = [
        FieldPanel("key", widget=forms.HiddenInput),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("is_required"), FieldPanel("is_retired")]),
        FieldPanel("text"),
        FieldPanel("help_text"),
        FieldPanel("options"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        ordering = ["sort_order", "id"]
        verbose_name = _("question of a board")
        verbose_name_plural = _("questions of a board")
        constraints = [
            models.UniqueConstraint(fields=["page", "key"], name="participation_board_question_has_its_own_key"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OFFERED]), name="participation_board_asks_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.key is None:
            self.key = uuid.uuid4()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.key is None:
            self.key = uuid.uuid4()
        super().save(*args, **kwargs)
