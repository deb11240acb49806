"""What mails of digests need, and the invitation to subscribe on other features' pages."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from home.models import Neighbourhood

register = template.Library()
WIDTH = 72


@register.filter
def wrapped(text: str) -> str:
    """Break a text of a mail into lines of 72 signs, indented below its title; a long word stays whole."""
    return textwrap.fill(text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


@register.filter
def listed(words: Sequence[str]) -> str:
    """Name words as one says them: "a", "a and b", "a, b and c"."""
    *first, last = words or [""]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


@register.inclusion_tag("digests/_invitation.html")
def digest_invitation(neighbourhood: Neighbourhood | None = None) -> dict[str, Any]:
    """Invite to the news by mail; from a neighbourhood's page with that one chosen. It asks the database nothing."""
    return {"neighbourhood": neighbourhood}
