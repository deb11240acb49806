"""What a decision over an idea or a comment asks for, and what a sanction does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from home.reviewing import Channel, channels
from participation.ideas.kinds import Outcome, SanctionKind
from participation.ideas.reviewing import Verdict
from participation.models import DeclineReason

LABELS = {
    Outcome.PUBLISHED: _("Publish"),
    Outcome.KEPT: _("Leave it public"),
    Outcome.CHANGES: _("Ask for changes"),
    Outcome.DECLINED: _("Decline"),
    Outcome.ELSEWHERE: _("Not this channel"),
}
# What each decision asks for, beside the words that somebody had before them
ASKS = {
    Outcome.PUBLISHED: {"word"},
    Outcome.KEPT: {"word"},
    Outcome.CHANGES: {"word"},
    Outcome.DECLINED: {"reason", "word"},
    Outcome.ELSEWHERE: {"channel", "word"},
}


class VerdictForm(forms.Form):
    """One decision; made for each that can be taken, under a prefix of its own."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.ModelChoiceField(
        DeclineReason.objects.filter(is_offered=True),
        label=_("Reason"),
        help_text=_("The author reads its words, and yours."),
    )
    channel = forms.TypedChoiceField(label=_("Better off in"), coerce=int)
    word = forms.CharField(
        label=_("Word to the author"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, outcome: Outcome, data: Any = None, *, seen: datetime) -> None:
        super().__init__(data, prefix=outcome.value, initial={"seen": seen.isoformat()})
        self.outcome = outcome
        self.label = LABELS[outcome]
        self.known: dict[int, Channel] = {}
        for name in {"reason", "channel"} - ASKS[outcome]:
            del self.fields[name]
        if "channel" in self.fields:
            self.known = {channel.key: channel for channel in channels()}
            field: Any = self.fields["channel"]
            field.choices = [("", "–"), *((key, channel.name) for key, channel in self.known.items())]
        if outcome == Outcome.CHANGES:
            self.fields["word"].required = True
            self.fields["word"].label = _("What has to change")

    def clean_seen(self) -> datetime:
        moment = parse_datetime(self.cleaned_data["seen"])
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError(_("Open the text again, then decide."))
        return moment

    def verdict(self) -> Verdict:
        """Return what was decided; the form is valid."""
        data = self.cleaned_data
        channel = self.known.get(data.get("channel") or 0)
        return Verdict(
            self.outcome,
            seen=data["seen"],
            word=data["word"],
            reason=data.get("reason"),
            channel=channel.words if channel else None,
        )


class SanctionForm(forms.Form):
    """A warning, or that somebody may not write for some days or at all."""

    kind = forms.ChoiceField(label=_("What"), choices=SanctionKind.choices)
    days = forms.IntegerField(
        label=_("Days"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("For how long, where the person may not write for a time."),
    )
    because = forms.CharField(
        label=_("Why"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("The person reads it.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == SanctionKind.MUTED and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Say for how many days."))
        return cleaned
