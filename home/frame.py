"""What surrounds every page: the home pages and what stands right below them, asked of the database once a request.

Menu, footer, breadcrumb, language switch and the addresses of the features' first pages all read from it.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from wagtail.models import Page

from home.alternates import Alternate
from home.languages import active_language, other_language
from home.querysets import BasePageQuerySet

HOME, TOP = 2, 3  # depths in the tree; 1 is the root of Wagtail's


class UpperPage(NamedTuple):
    """What the frame knows of a page. A page itself has fifty columns, and takes ten times as long to make."""

    id: int
    path: str
    depth: int
    numchild: int
    slug: str
    url_path: str
    title: str
    show_in_menus: bool
    translation_key: UUID
    content_type_id: int
    locale_id: int
    language: str

    @property
    def model(self) -> type[Page] | None:
        model: type[Page] | None = ContentType.objects.get_for_id(self.content_type_id).model_class()
        return model

    def page(self) -> Page:
        """Return the page itself, without asking for the fields that are not known here."""
        known = {**self._asdict(), "page_ptr_id": self.id}
        model = self.model or Page
        names = [field.attname for field in model._meta.concrete_fields if field.attname in known]
        page: Page = model.from_db(DEFAULT_DB_ALIAS, names, [known[name] for name in names])
        return page


class Frame:
    """The live, public pages of the two upper levels, in both languages."""

    def __init__(self, user: Any) -> None:
        self.user = user
        pages = BasePageQuerySet(Page).live().public().filter(depth__in=(HOME, TOP)).order_by("path")
        self.pages = [UpperPage(*row) for row in pages.values_list(*UpperPage._fields[:-1], "locale__language_code")]
        self.languages = {page.locale_id: page.language for page in self.pages}
        self.homes = {page.path: page for page in self.pages if page.depth == HOME}

    @classmethod
    def of(cls, request: Any) -> Frame:
        """Return the frame of this request; it is made when first asked for."""
        if request is None:
            return cls(AnonymousUser())
        if not hasattr(request, "_portal_frame"):
            request._portal_frame = cls(getattr(request, "user", AnonymousUser()))
        frame: Frame = request._portal_frame
        return frame

    def home(self, code: str) -> UpperPage | None:
        return next((page for page in self.homes.values() if page.language == code), None)

    def below(self, home: UpperPage | Page | None) -> list[UpperPage]:
        if home is None:
            return []
        return [page for page in self.pages if page.depth == TOP and page.path.startswith(home.path)]

    def first(self, model: type[Page], code: str | None = None) -> UpperPage | None:
        """Return the first page of a type right below the home page of a language (the reader's)."""
        pages = self.below(self.home(code or active_language()))
        return next((page for page in pages if page.model is model), None)

    def address_of(self, model: type[Page]) -> str:
        """Return the address of that page; "" while there is none."""
        page = self.first(model)
        return self.address(page) if page else ""

    def address(self, page: UpperPage | Page) -> str:
        """Return the address of any page, as Wagtail gives it: below a home page, whose own is /fr/ or /nl/.

        A list has dozens of them, and Wagtail switches the language and resolves its addresses anew for each.
        """
        home = self.homes.get(page.path[: Page.steplen * HOME])
        if home is not None:
            return f"/{home.language}/{page.url_path[len(home.url_path) :]}"
        return (page.url or "") if isinstance(page, Page) else ""

    def above(self, page: UpperPage | Page) -> list[UpperPage | Page]:
        """Return the pages above `page`, the home page first."""
        if not isinstance(page, Page) or page.depth <= TOP + 1:
            return [other for other in self.pages if other.depth < page.depth and page.path.startswith(other.path)]
        return list(page.get_ancestors().filter(depth__gte=HOME))

    def language_of(self, page: Page) -> str:
        code: str = self.languages.get(page.locale_id) or page.locale.language_code
        return code

    def alternate(self, page: Page, *, subpath: str = "") -> Alternate:
        """Return `page` in the other language, or the nearest page above it that exists there.

        `subpath` is what follows the page's own address, where a page answers at more than one.
        """
        code = other_language(self.language_of(page))
        same = self._translated(page, code)
        if same:
            return Alternate(code, (self.address(same) or "/") + subpath, True, same.title)
        ways = (self._translated(other, code) for other in reversed(self.above(page)))
        nearest = next(filter(None, ways), None)
        if nearest is None:
            return Alternate(code, f"/{code}/", False, "")
        return Alternate(code, self.address(nearest), False, nearest.title)

    def _translated(self, page: UpperPage | Page, code: str) -> UpperPage | Page | None:
        if page.depth <= TOP:
            ours = (other for other in self.pages if other.language == code)
            return next((other for other in ours if other.translation_key == page.translation_key), None)
        translations = BasePageQuerySet(Page).live().public().open_to(self.user, now=timezone.now())
        found: Page | None = translations.filter(
            translation_key=page.translation_key, locale__language_code=code
        ).first()
        return found
