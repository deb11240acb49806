"""What people without an account are told by mail: that their text came in, and what became of it."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from mailing.actions import queue_mail
from moderation.arrivals import arrival_of
from moderation.models.arrivals import Arrival


def tell_received(*, arrival: Arrival, title: str) -> None:
    """Confirm that the text is with the desk, under its reference."""
    _send("sender_received", arrival, about=arrival.pk, context={"title": title})


def tell_answered(*, page: Page, outcome: str, about: int, context: dict[str, Any]) -> None:
    """Tell the sender of `page`, if one sent it, that it is approved, goes to another channel, or has to change.

    `outcome` is the kind of the notice that a proposer with an account gets; `about` the number of what happened.
    """
    arrival = arrival_of(page)
    if arrival is not None:
        words = {"title": page.get_admin_display_title(), **context, "outcome": outcome}
        _send("sender_answered", arrival, about=f"{outcome}:{about}", context=words)


def _send(kind: str, arrival: Arrival, *, about: object, context: dict[str, Any]) -> None:
    queue_mail(
        key=f"{kind}:{about}",
        kind=kind,
        to=arrival.from_email,
        language=arrival.language,
        template=f"moderation/mails/{kind}",
        context={"arrival": arrival, **context},
    )
