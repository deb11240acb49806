"""What belongs elsewhere: the channels that the desk knows, and the texts that it sent there."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TaskState

from home.languages import in_active_language
from home.models.bilingual import BilingualName, side_by_side


class Channel(BilingualName):
    """Where a text is better off than in the neighbourhoods' news: the town magazine, the agenda, a partner's site…"""

    address_fr = models.URLField(_("address in French"), blank=True)
    address_nl = models.URLField(_("address in Dutch"), blank=True)
    words_fr = models.TextField(_("in French"), max_length=800)
    words_nl = models.TextField(_("in Dutch"), max_length=800)
    is_open = models.BooleanField(
        _("in use"), default=True, help_text=_("A channel that is no longer in use keeps what was sent there.")
    )

    panels = [
        side_by_side("name", _("Name")),
        side_by_side("address", _("Address")),
        side_by_side("words", _("What a proposer reads")),
        FieldPanel("is_open"),
    ]

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name_fr"]

    def clean(self) -> None:
        super().clean()
        if not self.name_nl:
            raise ValidationError({"name_nl": _("Give the name in both languages: proposers read it in theirs.")})

    @property
    def address(self) -> str:
        return in_active_language(self, "address")

    @property
    def words(self) -> str:
        return in_active_language(self, "words")


class Diversion(models.Model):
    """A text that the desk closed with "not this channel": no refusal, and it can be taken up again."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="diversion")
    channel = models.ForeignKey(Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="diversions")
    word = models.TextField(_("word to the proposer"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("text for another channel")
        verbose_name_plural = _("texts for another channel")
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"{self.channel} – {self.task_state.workflow_state.content_object}"
