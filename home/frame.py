"""What surrounds every page: the home pages and what stands right below them, asked of the database once a request.

Menu, footer, breadcrumb, language switch and the addresses of the features' first pages all read from it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import override
from wagtail.models import Page

from home.alternates import Alternate
from home.languages import active_language, other_language
from home.querysets import BasePageQuerySet

HOME, TOP = 2, 3  # depths in the tree; 1 is the root of Wagtail's


class Frame:
    """The live, public pages of the two upper levels, in both languages."""

    def __init__(self) -> None:
        pages = BasePageQuerySet(Page).live().public().filter(depth__in=(HOME, TOP))
        self.pages: list[Page] = list(pages.select_related("locale").order_by("path"))
        self.codes: dict[int, str] = {page.locale_id: page.locale.language_code for page in self.pages}

    @classmethod
    def of(cls, request: Any) -> Frame:
        """Return the frame of this request; it is made when first asked for."""
        if request is None:
            return cls()
        if not hasattr(request, "_portal_frame"):
            request._portal_frame = cls()
        frame: Frame = request._portal_frame
        return frame

    def home(self, code: str) -> Page | None:
        return next((page for page in self.pages if page.depth == HOME and self.codes[page.locale_id] == code), None)

    def below(self, home: Page | None) -> list[Page]:
        if home is None:
            return []
        return [page for page in self.pages if page.depth == TOP and page.path.startswith(home.path)]

    def first(self, model: type[Page], code: str | None = None) -> Page | None:
        """Return the first page of a type right below the home page of a language (the reader's)."""
        pages = self.below(self.home(code or active_language()))
        return next((page for page in pages if page.specific_class is model), None)

    def address_of(self, model: type[Page]) -> str:
        """Return the address of that page; "" while there is none."""
        page = self.first(model)
        return (page.url or "") if page else ""

    def above(self, page: Page) -> list[Page]:
        """Return the pages above `page`, the home page first."""
        if page.depth <= TOP + 1:
            return [other for other in self.pages if other.depth < page.depth and page.path.startswith(other.path)]
        return list(page.get_ancestors().filter(depth__gte=HOME))

    def language_of(self, page: Page) -> str:
        code: str = self.codes.get(page.locale_id) or page.locale.language_code
        return code

    def alternate(self, page: Page, *, subpath: str = "") -> Alternate:
        """Return `page` in the other language, or the nearest page above it that exists there.

        `subpath` is what follows the page's own address, where a page answers at more than one.
        """
        code = other_language(self.language_of(page))
        same = self._translated(page, code)
        if same:
            return Alternate(code, (same.url or "/") + subpath, True, same.title)
        ways = (self._translated(other, code) for other in reversed(self.above(page)))
        nearest = next(filter(None, ways), None)
        with override(code):
            return Alternate(
                code, (nearest.url if nearest else "") or f"/{code}/", False, nearest.title if nearest else ""
            )

    def _translated(self, page: Page, code: str) -> Page | None:
        if page.depth <= TOP:
            candidates = (other for other in self.pages if other.translation_key == page.translation_key)
            return next((other for other in candidates if self.codes[other.locale_id] == code), None)
        translations = BasePageQuerySet(Page).live().public().filter(translation_key=page.translation_key)
        return translations.filter(locale__language_code=code).first()
