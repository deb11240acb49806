"""A mail's subject, text and HTML, in its reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template import Context, engines
from django.utils.translation import override

from home.addresses import absolute
from home.models import CommuneSettings


@dataclass(frozen=True)
class Parts:
    subject: str
    text: str
    html: str


def render(template: str, *, language: str, context: dict[str, Any]) -> Parts:
    """Render `<template>_subject.txt`, `<template>.txt` and `<template>.html`.

    The text parts are not escaped: they hold no markup. A subject is one line, whatever a title brings along.
    """
    with override(language):
        words = _words(language, context)
        subject = " ".join(_render(f"{template}_subject.txt", words, autoescape=False).split())
        text = _render(f"{template}.txt", words, autoescape=False).strip() + "\n"
        html = _render(f"{template}.html", words, autoescape=True).strip()
    return Parts(subject[:255], text, html)


def render_piece(name: str, *, language: str, context: dict[str, Any]) -> str:
    """Render a part of a mail, text (.txt) or HTML, for whoever puts many mails together from the same parts."""
    with override(language):
        return _render(name, _words(language, context), autoescape=not name.endswith(".txt"))


def _words(language: str, context: dict[str, Any]) -> dict[str, Any]:
    commune = context.get("commune") or CommuneSettings.load()
    return {"home_url": absolute(f"/{language}/"), "language": language, **context, "commune": commune}


def _render(name: str, words: dict[str, Any], *, autoescape: bool) -> str:
    template = engines["django"].get_template(name).template  # type: ignore[attr-defined]
    rendered: str = template.render(Context(words, autoescape=autoescape))
    return rendered
