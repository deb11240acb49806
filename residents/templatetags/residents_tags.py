"""What a reader may do with a thing that is shown: follow it, or stop following it."""

from __future__ import annotations

from typing import Any

from django import template

from home.models import Department, Neighbourhood
from residents.follows.buttons import button_context
from residents.follows.targets import Target, target_of

register = template.Library()


@register.inclusion_tag("residents/follows/_button.html", takes_context=True)
def follow_button(context: dict[str, Any], thing: Neighbourhood | Department, note: bool = True) -> dict[str, Any]:
    """A button for a neighbourhood or a department; `note` tells a visitor that it leads through signing in."""
    return button_context(context.get("request"), target_of(thing), note=note)


@register.inclusion_tag("residents/follows/_button.html", takes_context=True)
def follow_subject_button(
    context: dict[str, Any], subject: str, key: str, name: str, note: bool = True
) -> dict[str, Any]:
    """A button for a thing of a registered subject, called `name`."""
    return button_context(context.get("request"), Target(subject, key, str(name)), note=note)
