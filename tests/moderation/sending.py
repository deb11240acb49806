"""What people without an account send: the form behind their link, and mails."""

from __future__ import annotations

import io
import uuid
from email.message import EmailMessage
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from moderation.models import Sender
from moderation.sender_actions import make_link
from tests.factories import UserFactory

NORTH = 50.8466


def link_of(sender: Sender, user: Any = None) -> str:
    """Give the sender a link, made by `user` or somebody else, and return its secret."""
    secret = make_link(sender=sender, user=user or UserFactory(), now=timezone.now())
    sender.refresh_from_db()
    return secret


def address(secret: str, code: str = "fr") -> str:
    with override(code):
        return reverse("propose", args=[secret])


def proposal(**fields: Any) -> dict[str, Any]:
    """Return the form of a short text, as a browser would send it."""
    return {
        "number": str(uuid.uuid4()),
        "title": "Contrôles de vitesse",
        "text": "La police contrôle la vitesse rue du Moulin.\n\nRoulez à 30.",
        **fields,
    }


def picture(kind: str = "JPEG", *, positioned: bool = False) -> bytes:
    file, image = io.BytesIO(), Image.new("RGB", (300, 200), "teal")
    exif = image.getexif()
    if positioned:
        exif.get_ifd(0x8825)[2] = (50.0, 50.0, 47.8)
    image.save(file, kind, exif=exif)
    return file.getvalue()


def upload(name: str, content: bytes, kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def letter(sender: Sender | str, recipient: str, **headers: str) -> EmailMessage:
    """Return a mail with a text; `headers` replace its own, "_" for "-"."""
    mail = EmailMessage()
    email = sender if isinstance(sender, str) else f"{sender.name} <{sender.email}>"
    own = {"From": email, "To": recipient, "Subject": "Coupure d’eau", "Message-ID": f"<{uuid.uuid4()}@police.example>"}
    for name, value in {**own, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
        mail[name] = value
    mail.set_content("Pas d’eau lundi, de 9 h à 15 h.\n\nRue des Tanneurs.\n")
    return mail
