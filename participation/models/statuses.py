"""What becomes of an idea, in the commune's own words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from home.models.bilingual import BilingualName, side_by_side
from home.streets.folding import folded
from participation.ideas.kinds import StatusKind


class IdeaStatus(BilingualName):
    """One status. `kind` is what the portal understands by it; several may be of one kind."""

    kind = models.CharField(_("what it means"), max_length=14, choices=StatusKind.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_offered = models.BooleanField(
        _("in use"), default=True, help_text=_("One that is no longer in use stays on the ideas that have it.")
    )

    panels = [
        side_by_side("name", _("Name")),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("order")]),
        FieldPanel("is_offered"),
    ]

    class Meta:
        verbose_name = _("status of ideas")
        verbose_name_plural = _("statuses of ideas")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StatusKind.values), name="participation_status_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(name_fr="") & ~Q(name_nl=""), name="participation_status_has_both_names"
            ),
        ]


class DeclineReason(BilingualName):
    """Why the commune declines a contribution, as its author reads it."""

    words_fr = models.TextField(_("in French"), max_length=600)
    words_nl = models.TextField(_("in Dutch"), max_length=600)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_offered = models.BooleanField(_("in use"), default=True)

    panels = [
        side_by_side("name", _("Name")),
        side_by_side("words", _("What the author reads")),
        FieldRowPanel([FieldPanel("order"), FieldPanel("is_offered")]),
    ]

    class Meta:
        verbose_name = _("reason to decline")
        verbose_name_plural = _("reasons to decline")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_fr="") & ~Q(name_nl="") & ~Q(words_fr="") & ~Q(words_nl=""),
                name="participation_reason_is_in_both_languages",
            ),
        ]


class HeldWord(models.Model):
    """A word that makes a text wait for the desk, whatever the board's screening."""

    word = models.CharField(
        _("word"),
        max_length=60,
        help_text=_("Accents and capitals don't matter. Longer words that begin so count too."),
    )
    folded = models.CharField(max_length=80, unique=True, editable=False)

    panels = [FieldPanel("word")]

    class Meta:
        verbose_name = _("word that makes a text wait")
        verbose_name_plural = _("words that make a text wait")
        ordering = ["folded"]
        constraints = [
            models.CheckConstraint(condition=~Q(folded=""), name="participation_held_word_has_letters"),
        ]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """Refuse what has no letters, and a word that the list has already in other letters."""
        super().clean()
        self.folded = folded(self.word)[:80]
        if not self.folded:
            raise ValidationError({"word": _("Write a word with letters or digits.")})
        if HeldWord.objects.filter(folded=self.folded).exclude(pk=self.pk).exists():
            raise ValidationError({"word": _("This word is in the list already.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = folded(self.word)[:80]
        super().save(*args, **kwargs)
