"""What a button to follow sends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
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


def own_path(request: HttpRequest, path: str | None, *, otherwise: str) -> str:
    """Return `path` when it is a page of this site, else the address called `otherwise`."""
    hosts = {request.get_host()}
    if path and url_has_allowed_host_and_scheme(path, hosts, require_https=request.is_secure()):
        return path
    return reverse(otherwise)


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
