"""The demo commune's senders without an account, and a text that each of them sent."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from home.models import Department, Neighbourhood
from moderation.mail_actions import receive_mail
from moderation.models import Sender
from moderation.models.senders import hash_of
from moderation.received_mail import read_mail
from moderation.received_texts import Origin, ReceivedText
from moderation.sender_actions import receive_text
from portal.demo.content import FOLDER, read
from residents.models import User


def load_senders(departments: dict[str, Department], administrator: User) -> None:
    """Make the senders, let one send a text by the link that the administrator made, and one by mail."""
    senders = {row["code"]: _sender(row, departments, administrator) for row in read("senders.yaml")["senders"]}
    row = read("senders.yaml")["by_link"]
    origin = Origin.of_link(senders[row["sender"]], number=uuid.uuid4(), language=row["language"])
    receive_text(origin=origin, text=_text(row), now=timezone.now())
    mail = read_mail((FOLDER / read("senders.yaml")["by_mail"]).read_bytes())
    receive_mail(mail=mail, now=timezone.now())


def _sender(row: dict[str, Any], departments: dict[str, Department], administrator: User) -> Sender:
    link = {}
    if "link" in row:
        link = {
            "link_hash": hash_of(row["link"]),
            "link_made_at": timezone.now(),
            "link_made_by": administrator,
        }
    fields = {name: row[name] for name in ("name", "email", "language")}
    return Sender.objects.create(department=departments[row["department"]], **fields, **link)


def _text(row: dict[str, Any]) -> ReceivedText:
    return ReceivedText(
        title=row["title"],
        text=row["text"],
        original=f"{row['title']}\n\n{row['text']}",
        kind=row["kind"],
        neighbourhoods=list(Neighbourhood.objects.filter(code__in=row["neighbourhoods"])),
        contact=row["contact"],
        wanted_on=timezone.localdate() + timedelta(days=row["wanted_in_days"]),
        word=row["word"],
    )


def demo_link() -> str:
    """Return the path of a demo sender's link; "" where the demo is not loaded. Its secret is public, as the password is."""
    for row in read("senders.yaml")["senders"]:
        if Sender.objects.holding(row.get("link", "")).exists():
            with override(row["language"]):
                return reverse("propose", args=[row["link"]])
    return ""
