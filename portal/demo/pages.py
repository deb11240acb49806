"""The demo commune's pages, published in both languages."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from home.models import ContentPage, Department, HomePage, PortalImage, SectionPage
from moderation.actions import publish_in_both_languages
from moderation.setup import publish_pair, setup_pages
from portal.demo.content import BodyBuilder, read

TYPES = {"section": SectionPage, "content": ContentPage}
FIRST_SLUGS = {"fr": "accueil", "nl": "onthaal"}


def load_first_pages(images: dict[str, PortalImage]) -> HomePage:
    """Make home, news, consultations and neighbourhoods with the demo's own words."""
    data = read("commune.yaml")
    home = setup_pages(
        {
            "home": {code: {**data["home"][code], "slug": FIRST_SLUGS[code]} for code in ("fr", "nl")},
            "NewsIndexPage": data["news_index"],
            "ConsultationIndexPage": data["consultation_index"],
            "NeighbourhoodIndexPage": data["neighbourhood_index"],
        }
    )
    home.picture = images.get("home.jpg")
    home.save_revision()
    publish_in_both_languages(page=home, user=None)
    return home


def load_pages(home: Page, images: dict[str, PortalImage], departments: dict[str, Department]) -> None:
    made: dict[str, Page] = {"home": home}
    for row in read("pages.yaml"):
        builder = BodyBuilder(row["key"], images, departments)
        page = TYPES[row["type"]](locale=home.locale, show_in_menus=row["in_menu"], **_fields(row["fr"], builder))
        parent = made[row["parent"]]
        parent.refresh_from_db()
        made[row["key"]] = publish_pair(page, parent, _fields(row["nl"], builder))


def _fields(words: dict[str, Any], builder: BodyBuilder) -> dict[str, Any]:
    return {
        "title": words["title"],
        "introduction": words["introduction"],
        "body": builder.build(words["body"]),
    }
