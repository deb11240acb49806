"""A text that somebody without an account sends: who says so, what they wrote, and the files they added."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _

from home.forms import WholePictureField
from home.models import Department, Neighbourhood
from home.pictures import without_metadata
from moderation.models import Arrival, Sender
from moderation.plain_text import as_html, one_line

PDF = "pdf"
PDF_BEGINS = b"%PDF-"
TITLE_SIGNS, FILE_NAME_SIGNS = 150, 80


@dataclass(frozen=True)
class Origin:
    """Who sends, as far as it is known. `delivery` is the same when the same text is delivered twice."""

    department: Department
    name: str
    email: str
    language: str
    way: str
    delivery: str
    sender: Sender | None = None
    account: Any = None

    @property
    def by_link(self) -> bool:
        return self.way == Arrival.Way.LINK

    @classmethod
    def of_link(cls, sender: Sender, *, number: uuid.UUID, language: str) -> Origin:
        delivery = f"form:{sender.pk}:{number}"
        return cls(sender.department, sender.name, sender.email, language, Arrival.Way.LINK, delivery, sender)


@dataclass(frozen=True)
class ReceivedFile:
    """A picture or a PDF file that was looked at, under a name that nobody can guess before it is published."""

    title: str
    content: Any
    is_picture: bool
    description: str = ""

    def described(self, description: str) -> ReceivedFile:
        return replace(self, description=description)


@dataclass(frozen=True)
class ReceivedText:
    title: str
    text: str
    original: str
    kind: str = ""
    neighbourhoods: Sequence[Neighbourhood] = ()
    contact: str = ""
    wanted_on: date | None = None
    word: str = ""
    files: Sequence[ReceivedFile] = ()
    left_out: Sequence[str] = ()

    @property
    def pictures(self) -> list[ReceivedFile]:
        return [file for file in self.files if file.is_picture]

    @property
    def documents(self) -> list[ReceivedFile]:
        return [file for file in self.files if not file.is_picture]

    def body(self, images: Sequence[Any], documents: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the raw value of a page's body: the paragraphs, then pictures and documents."""
        html = as_html(self.text)
        blocks: list[dict[str, Any]] = [{"type": "text", "value": html}] if html else []
        blocks += [{"type": "picture", "value": {"picture": image.pk, "caption": ""}} for image in images]
        if documents:
            items = [{"type": "item", "value": each.pk, "id": str(uuid.uuid4())} for each in documents]
            blocks.append({"type": "documents", "value": {"title": "", "documents": items}})
        return [{**block, "id": str(uuid.uuid4())} for block in blocks]


def received_file(upload: UploadedFile) -> ReceivedFile:
    """Look at a file before it is kept. Raises ValidationError, in words, for one that is not taken."""
    name = one_line(PurePath(str(upload.name).replace("\\", "/")).name)[-FILE_NAME_SIGNS:]
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if suffix not in (*settings.WAGTAILIMAGES_EXTENSIONS, PDF):
        raise ValidationError(
            _("“%(name)s” is not a picture (%(kinds)s) or a PDF file."),
            params={"name": name, "kinds": ", ".join(settings.WAGTAILIMAGES_EXTENSIONS)},
            code="kind",
        )
    stem = slugify(PurePath(name).stem)[:50] or "file"
    new_name = f"{stem}-{secrets.token_hex(8)}.{suffix}"
    title = PurePath(name).stem[:FILE_NAME_SIGNS] or new_name
    if suffix == PDF:
        return ReceivedFile(title, ContentFile(_whole_pdf(upload, name), name=new_name), is_picture=False)
    picture = WholePictureField().clean(upload)
    return ReceivedFile(title, _clean_picture(picture, new_name), is_picture=True)


def received_bytes(name: str, content: bytes, kind: str) -> ReceivedFile:
    """The same, for a file of a mail."""
    return received_file(SimpleUploadedFile(name or "file", content, kind))


def _clean_picture(picture: Any, name: str) -> Any:
    try:
        return without_metadata(picture, name=name)
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("This picture is damaged or not complete. Open it on your computer, save it again, and retry.")
        ) from error


def _whole_pdf(upload: Any, name: str) -> bytes:
    limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if upload.size > limit:
        raise ValidationError(
            _("“%(name)s” is too big: %(size)s. The limit is %(limit)s."),
            params={"name": name, "size": filesizeformat(upload.size), "limit": filesizeformat(limit)},
            code="size",
        )
    content: bytes = upload.read()
    if PDF_BEGINS not in content[:1024]:
        raise ValidationError(_("“%(name)s” is called a PDF file, and is not one."), params={"name": name})
    return content
