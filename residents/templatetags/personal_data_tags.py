"""The register of personal data on a page of text, and values in words."""

from __future__ import annotations

from typing import Any

from django import template

from residents.my_data.export import as_words
from residents.personal_data import Group, registered

register = template.Library()
register.filter("as_words", as_words)


@register.inclusion_tag("residents/my_data/_register.html")
def personal_data_register() -> dict[str, Any]:
    """What is kept of people, why and how long, as the code itself has it: it can't drift from what is done."""
    holdings = registered()
    groups = [(group, [each for each in holdings if each.group == group]) for group in Group]
    return {"groups": [(group, found) for group, found in groups if found]}
