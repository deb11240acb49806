"""Mails that go to many, rendered a piece at a time: what readers share once, and what is their own filled in for each.

Signs that no text holds (drawn anew at each start) stand where the reader's name and link go, and where the items of a
digest go in its frame.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from digests.items import Found
from digests.links import link, token_of
from digests.sources import Item
from home.addresses import absolute
from home.models import CommuneSettings
from mailing.rendering import Parts, render, render_piece

NAME, TOKEN, ITEMS = (f"{what}-{secrets.token_hex(12)}" for what in ("name", "link", "items"))
PIECES = 2000  # items, headings and frames that a press remembers


class Reader:
    """Stands for a reader with a name in the templates of mails."""

    email = NAME

    def get_short_name(self) -> str:
        return NAME


@dataclass(frozen=True)
class Pattern:
    """The words of a mail, and where one click ends such mails."""

    parts: Parts
    unsubscribe_url: str

    def filled_in(self, *, key: uuid.UUID, name: str = "") -> dict[str, str]:
        """Return the fields of one reader's mail."""
        token = token_of(key)
        return {
            "subject": self.parts.subject,
            "text": self.parts.text.replace(NAME, name).replace(TOKEN, token),
            "html": self.parts.html.replace(NAME, escape(name)).replace(TOKEN, token),
            "unsubscribe_url": self.unsubscribe_url.replace(TOKEN, token),
        }


def rendered(template: str, words: dict[str, Any], language: str, *, has_name: bool, has_account: bool) -> Pattern:
    """Render a mail that goes to many."""
    stop_url = link("stop_digests", TOKEN, language=language)
    with override(language):
        account_url = absolute(reverse("my_digests")) if has_account else ""
    context = {
        **words,
        "user": Reader() if has_name else None,
        "account_url": account_url,
        "manage_url": link("manage_digests", TOKEN, language=language),
        "stop_url": stop_url,
    }
    return Pattern(render(template, language=language, context=context), stop_url)


class Press:
    """Puts digests together from pieces that it renders once: the frame, each heading, each item."""

    def __init__(self) -> None:
        self.commune = CommuneSettings.load()
        self.frame = lru_cache(maxsize=PIECES)(self._frame)
        self.piece = lru_cache(maxsize=PIECES)(self._piece)
        self.subject = lru_cache(maxsize=PIECES)(self._subject)

    def digest(self, new: Found, language: str, frequency: str, *, has_name: bool, has_account: bool) -> Pattern:
        """Return the mail that tells `new`."""
        items = new.items
        frame = self.frame(len(items), language, frequency, has_name, has_account)
        text, html = [], []
        for group in new.groups:
            for piece in (group.heading, *group.items):
                as_text, as_html = self.piece(piece, language)
                text.append(as_text)
                html.append(as_html)
        subject = self.subject(items[0].title, len(items) - 1, language)
        parts = Parts(
            subject,
            frame.parts.text.replace(ITEMS, "".join(text).strip("\n")),
            frame.parts.html.replace(ITEMS, "".join(html)),
        )
        return Pattern(parts, frame.unsubscribe_url)

    def _frame(self, count: int, language: str, frequency: str, has_name: bool, has_account: bool) -> Pattern:
        words = {"count": count, "frequency": frequency, "items": ITEMS, "commune": self.commune}
        return rendered("digests/mails/digest", words, language, has_name=has_name, has_account=has_account)

    def _piece(self, piece: Item | str, language: str) -> tuple[str, str]:
        name = "heading" if isinstance(piece, str) else "item"
        context = {"piece": piece, "commune": self.commune}
        as_text, as_html = (
            render_piece(f"digests/mails/_{name}.{ending}", language=language, context=context)
            for ending in ("txt", "html")
        )
        return as_text, as_html

    def _subject(self, first: str, more: int, language: str) -> str:
        context = {"first": first, "more": more, "commune": self.commune}
        words = render_piece("digests/mails/_digest_subject.txt", language=language, context=context)
        return " ".join(words.split())[:255]
