"""Public ideas in the sitemap: each at its addresses in both languages, facing each other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.sitemaps import Sitemap

from home.sitemaps import Entry, entries_of
from participation.ideas.addresses import address_on
from participation.ideas.finding import open_boards
from participation.models import Idea, IdeaBoardPage

NEEDED = ("pk", "board_id", "number", "title", "changed_at", "answered_at")


class IdeaSitemap(Sitemap):
    """As many ideas in one file as pages, each at two addresses: well below what search engines take."""

    limit = 5000

    def items(self) -> Any:
        return Idea.objects.public().filter(board__in=open_boards()).order_by("pk").only(*NEEDED)

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[Entry]:
        ideas = list(self.paginator.page(page).object_list)
        pages = _pages({idea.board_id for idea in ideas})
        return [entry for idea in ideas for entry in entries_of(_versions(idea, pages[idea.board_id]))]


def _pages(boards: set[UUID]) -> dict[UUID, list[IdeaBoardPage]]:
    found: dict[UUID, list[IdeaBoardPage]] = {key: [] for key in boards}
    pages = IdeaBoardPage.objects.live().public().filter(translation_key__in=boards).select_related("locale")
    for page in pages.order_by("path"):
        found[page.board_key].append(page)
    return found


def _versions(idea: Idea, pages: list[IdeaBoardPage]) -> list[tuple[str, list[Entry]]]:
    lastmod = max(idea.changed_at, idea.answered_at or idea.changed_at)
    return [
        (page.locale.language_code, [{"location": address_on(page, idea), "lastmod": lastmod}])
        for page in pages
        if page.url
    ]
