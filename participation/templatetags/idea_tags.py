"""Ideas and what people wrote, in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from home.languages import active_language, in_active_language, other_language
from participation.ideas.written import as_html

register = template.Library()


@register.filter
def written(text: str) -> SafeString:
    """Show what a resident wrote: paragraphs and safe links, everything else escaped."""
    return as_html(text or "")


@register.inclusion_tag("participation/ideas/_decision.html")
def decision_of_the_desk(decision: Any) -> dict[str, Any]:
    """What the desk decided, and why, as the author reads it."""
    channel: dict[str, str] = decision.channel or {}
    code = active_language()
    return {
        "decision": decision,
        "reason_words": in_active_language(decision.reason, "words") if decision.reason else "",
        "channel": channel.get(f"name_{code}") or channel.get(f"name_{other_language(code)}") or "",
    }
