"""Photos of ideas: made anew, without what a telephone writes in them, and in a collection of their own."""

from __future__ import annotations

from typing import Any

from wagtail.models import Collection

from home.models import PortalImage
from home.pictures import without_metadata
from participation.models import Idea

COLLECTION = "Photos des idées / Foto’s van ideeën"
TITLE_SIGNS = 60


def keep_photo(file: Any, *, title: str) -> PortalImage:
    """Keep a photo that a resident sent. It was checked by the form: it is decoded here."""
    kept = PortalImage(
        title=title[:TITLE_SIGNS] or "–", file=without_metadata(file, name=file.name), collection=_place()
    )
    kept.save()
    return kept


def _place() -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)


def remove_photo(photo: PortalImage | None) -> None:
    """Remove a photo that no idea shows any more."""
    if photo and not Idea.objects.filter(photo=photo).exists():
        photo.delete()
