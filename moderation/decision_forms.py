"""What a decision asks for: the same form in the queue's review page and in Wagtail's editor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from moderation.models.channels import Channel


class DecisionForm(forms.Form):
    """A word to the proposer, which may stay empty."""

    comment = forms.CharField(label=_("Word to the proposer"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ChangesForm(DecisionForm):
    """What has to change: without it the proposer would not know what to do."""

    comment = forms.CharField(label=_("What has to change"), widget=forms.Textarea(attrs={"rows": 3}))


class TimeForm(DecisionForm):
    """When both languages go live."""

    field_order = ("at",)

    at = forms.DateTimeField(label=_("Live at"), widget=AdminDateTimeInput)

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if at <= timezone.now():
            raise ValidationError(_("Choose a moment that is still to come."))
        return at


class OneLanguageForm(DecisionForm):
    """Why one language goes first; the report on equal treatment shows it."""

    field_order = ("reason",)

    reason = forms.CharField(
        label=_("Why one language goes first"),
        help_text=_("It stands in the report on equal treatment."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChannelForm(DecisionForm):
    """Where the text is better off; its standard text goes to the proposer, with a word of one's own."""

    field_order = ("channel",)

    channel = forms.ModelChoiceField(Channel.objects.filter(is_open=True), label=_("Better off in"))

    def clean_channel(self) -> int:
        """Return the channel's key: Wagtail's own dialogue writes what was cleaned as JSON."""
        return int(self.cleaned_data["channel"].pk)


DECISION_FORMS: dict[str, type[DecisionForm]] = {
    "reject": ChangesForm,
    "schedule": TimeForm,
    "approve_alone": OneLanguageForm,
    "not_this_channel": ChannelForm,
}


def form_for(action: str) -> type[DecisionForm]:
    return DECISION_FORMS.get(action, DecisionForm)


def cleaned(action: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what a decision was given, checked anew. Raises ValidationError with the first thing that is wrong."""
    form = form_for(action)(data)
    if not form.is_valid():
        raise ValidationError([message for messages in form.errors.values() for message in messages])
    return form.cleaned_data
