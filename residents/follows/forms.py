"""What a button to follow sends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from residents.follows.targets import Target, find_target


class TargetField(forms.CharField):
    """A thing that can be followed, named "kind:key"."""

    def clean(self, value: Any) -> Target | None:
        named = super().clean(value)
        if not named:
            return None
        target = find_target(named)
        if target is None:
            raise ValidationError(_("What you wanted to follow is no longer there."), code="unknown")
        return target


class FollowForm(forms.Form):
    """What to follow or what to stop following, and where the person was."""

    follow = TargetField(required=False, max_length=100)
    stop = TargetField(required=False, max_length=100)
    next = forms.CharField(required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("follow")) == bool(cleaned.get("stop")):
            raise ValidationError(_("What you wanted to follow is no longer there."), code="nothing")
        return cleaned
