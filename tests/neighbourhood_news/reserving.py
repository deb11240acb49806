"""A message that a neighbourhood reads first, and the hour at which everybody may."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from home.models import Neighbourhood, PortalImage
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsPage
from tests.factories import readable_news, text_block
from tests.home.test_images import picture

TITLE = {"fr": "Zinnias", "nl": "Dahlia"}
WORDS = ["zinnia", "dahlia", "pavot", "papaver", "bleuet", "korenbloem", "tulipe", "og:image"]  # none may leak
ADDRESS = {"fr": "/fr/actualites/zinnias/", "nl": "/nl/nieuws/dahlia/"}


def reserved_message(places: list[Neighbourhood], until: datetime | None, **fields: Any) -> NewsPage:
    """Return a message that is live in both languages, with words and a picture that nothing else has."""
    image = PortalImage.objects.create(title="Tulipe", file=ContentFile(picture(), name="tulipe.png"))
    return readable_news(
        **{
            "title": TITLE["fr"],
            "slug": "zinnias",
            "introduction": "Des pavots.",
            "body": [text_block("<p>Des bleuets.</p>")],
            "dutch": {
                "title": TITLE["nl"],
                "slug": "dahlia",
                "introduction": "Papavers.",
                "body": [text_block("<p>Korenbloemen.</p>")],
            },
            "kind": Kind.PARTICIPATION,
            "image": image,
            "neighbourhoods": places,
            "reserved_until": until,
            **fields,
        }
    )


def in_hours(hours: int) -> datetime:
    return (timezone.now() + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
