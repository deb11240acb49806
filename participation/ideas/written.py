"""The one way in which what residents wrote is shown: plain, in paragraphs, with links that are safe to follow."""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
ENDS_A_SENTENCE = ".,;:!?…)]}»”’"
LONGEST_SHOWN = 60


def as_html(text: str) -> SafeString:
    """Return `text` as paragraphs. Everything in it is escaped; only http(s) addresses become links, marked as others'."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    return mark_safe("".join(f"<p>{_linked(part.strip())}</p>" for part in paragraphs))  # noqa: S308 - escaped above


def _linked(text: str) -> str:
    found: list[str] = []
    end = 0
    for match in ADDRESS.finditer(text):
        address = match.group().rstrip(ENDS_A_SENTENCE)
        found.append(escape(text[end : match.start()]))
        found.append(_link(address) if address.partition("://")[2] else escape(address))
        end = match.start() + len(address)
    found.append(escape(text[end:]))
    return "".join(found).replace("\n", "<br>")


def _link(address: str) -> str:
    shown = address if len(address) <= LONGEST_SHOWN else f"{address[:LONGEST_SHOWN]}…"
    return f'<a href="{escape(address)}" rel="nofollow ugc noopener">{escape(shown)}</a>'
