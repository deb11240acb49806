"""The commune's own pages, and what every page of the portal shares."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from home.addresses import absolute
from home.blocks import BodyBlock
from home.frame import Frame
from home.models.places import Neighbourhood
from home.page_forms import PortalPageForm
from home.permissions import DepartmentPagePermissionTester, ReviewedPagePermissionTester
from home.querysets import BasePageManager
from home.text_blocks import TextPageBlock


class BasePage(Page):
    """What the layout needs of every page: an introduction, a picture to share, and its address in both languages."""

    introduction = models.TextField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences: shown on cards, in search results and when the page is shared."),
    )
    share_image = models.ForeignKey(
        "home.PortalImage",
        verbose_name=_("picture when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = BasePageManager()
    base_form_class = PortalPageForm

    # Not a text to translate: it follows the translated title (moderation.translations).
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("show_in_menus", overridable=False),
        SynchronizedField("share_image", overridable=False),
    ]

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("share_image")],
            _("For search engines and when shared"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], _("In the menu")),
    ]
    settings_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("go_live_at", heading=_("Wanted for")),
                        FieldPanel("expire_at", heading=_("Taken off the site at")),
                    ]
                )
            ],
            heading=_("When"),
            help_text=_("The desk decides; both languages follow the same clock."),
        )
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.FilterField("locale")]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return ReviewedPagePermissionTester(user, self)

    @property
    def description(self) -> str:
        return self.search_description or self.introduction

    @property
    def preview_picture(self) -> Any:
        """The picture that stands for this page when it is shared."""
        return self.share_image

    @property
    def canonical_url(self) -> str:
        return absolute(self.url or "/")

    def address_within(self, place: str) -> str:
        """Return the address of a place on this page, `place` being "" or begun with #."""
        return f"{self.url}{place}"

    def whole(self) -> Self:
        """Return the page with all its fields; on the way to another, most of them are not asked for."""
        return type(self).objects.get(pk=self.pk) if self.get_deferred_fields() else self

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        result: RouteResult = super(BasePage, self.whole()).route(request, path_components)
        return result

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Those of this page and of the pages above it, in one query: there are no aliases to look behind."""
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [{"location": self.url, "lastmod": self.last_published_at or self.latest_revision_created_at}]


class DepartmentPage(BasePage):
    """A page by which a department speaks to residents: its name stands on every card and page."""

    department = models.ForeignKey(
        "home.Department",
        verbose_name=_("department that speaks"),
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    urgent_because = models.CharField(
        _("urgent, because"),
        max_length=200,
        blank=True,
        help_text=_("Only when it can't wait: say why in a few words. The desk sees it first."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("department", overridable=False),
        SynchronizedField("urgent_because", overridable=False),
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return DepartmentPagePermissionTester(user, self)

    def unready(self) -> str:
        """Return why this draft can't go live although every field is filled in, in the reader's language; "" if it can."""
        return ""


class HomePage(BasePage):
    """Answers what is going on near me, what can I take part in, how do I reach the town hall."""

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = len(settings.LANGUAGES)

    picture = models.ForeignKey(
        "home.PortalImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True, use_json_field=True)

    content_panels = [*BasePage.content_panels, FieldPanel("picture"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def preview_picture(self) -> Any:
        return self.share_image or self.picture

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find what stands right below in the frame, which the layout needs anyway; the rest as Wagtail does.

        On the way to a page below it, its own fields are not asked for; at its end, its picture comes with it.
        """
        if not path_components:
            pages = HomePage.objects.filter(pk=self.pk).select_related("picture")
            return super(HomePage, pages.prefetch_related("picture__renditions").get()).route(request, [])
        for page in Frame.of(request).below(self):
            if page.slug == path_components[0]:
                result: RouteResult = page.page().route(request, path_components[1:])
                return result
        return super().route(request, path_components)


class SectionPage(BasePage):
    """A part of the site: an introduction, and cards that lead to the pages below it."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.SectionPage", "home.ContentPage"]

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True, use_json_field=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    @cached_property
    def children(self) -> list[Page]:
        """The pages below it that readers may see, with their introductions."""
        return list(self.get_children().live().public().specific())


class ContentPage(BasePage):
    """A page of text: the town hall, opening hours, a procedure, the privacy statement."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []

    body = StreamField(TextPageBlock(), verbose_name=_("text"), blank=True, use_json_field=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")


class NeighbourhoodIndexPage(RoutablePageMixin, BasePage):
    """All neighbourhoods on a map, and a page for each at `<slug>/`. What the features say of it meets in the template."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("page of the neighbourhoods")
        verbose_name_plural = _("pages of the neighbourhoods")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        return super(NeighbourhoodIndexPage, self.whole()).route(request, path_components)

    @path("")
    def neighbourhoods(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.render(
            request, context_overrides={"neighbourhoods": Neighbourhood.objects.drawn()}
        )
        return response

    @path("<slug:slug>/", name="neighbourhood")
    def neighbourhood(self, request: HttpRequest, slug: str) -> HttpResponse:
        everywhere = list(Neighbourhood.objects.drawn())
        here = next((place for place in everywhere if place.slug == slug), None)
        if here is None:
            raise Http404
        response: HttpResponse = self.render(
            request,
            context_overrides={"neighbourhood": here, "neighbourhoods": everywhere, "subpath": f"{slug}/"},
            template="home/neighbourhood.html",
        )
        return response

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        urls = super().get_sitemap_urls(request)
        slugs = Neighbourhood.objects.values_list("slug", flat=True)
        return urls + [{"location": f"{self.url}{slug}/", "lastmod": None} for slug in slugs]
