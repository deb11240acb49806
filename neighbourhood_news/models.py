"""News of the neighbourhoods: an index with filters and feeds, and the messages below it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock
from home.models import BasePage, DepartmentPage, Neighbourhood, Theme
from neighbourhood_news.feeds import feed_of
from neighbourhood_news.forms import NewsFilterForm, NewsPageForm
from neighbourhood_news.kinds import KIND_ICONS, Kind
from neighbourhood_news.permissions import can_read
from neighbourhood_news.querysets import NewsPageManager, NewsPageQuerySet
from neighbourhood_news.views import not_yet_public


class NewsIndexPage(RoutablePageMixin, BasePage):
    """All messages, newest first, with filters that combine; feeds of the whole and of each neighbourhood."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["neighbourhood_news.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("index of the news")
        verbose_name_plural = _("indexes of the news")

    def messages(self, user: Any) -> NewsPageQuerySet:
        """Return the messages below this page that `user` finds in lists today."""
        pages: NewsPageQuerySet = NewsPage.objects.child_of(self).live().public().open_to(user, now=timezone.now())
        return pages.current(on=timezone.localdate()).newest_first()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a message together with what its page shows; everything else as Wagtail does."""
        if len(path_components) == 1 and path_components != ["atom"]:
            messages = NewsPage.objects.child_of(self).filter(slug=path_components[0])
            message = messages.for_its_page().first()
            if message:
                return message.route(request, [])
        return super(NewsIndexPage, self.whole()).route(request, path_components)

    @path("")
    def news(self, request: HttpRequest) -> HttpResponse:
        form = NewsFilterForm(request.GET)
        results = form.page_of(self.messages(request.user))
        response: HttpResponse = self.render(
            request,
            context_overrides={"form": form, "results": results, "query": form.query()},
            template="neighbourhood_news/_news_results.html" if request.htmx else None,  # type: ignore[attr-defined]
        )
        response.headers["Vary"] = "HX-Request"
        return response

    @path("atom/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return feed_of(self, self.messages(AnonymousUser()))

    @path("atom/<slug:slug>/")
    def neighbourhood_feed(self, request: HttpRequest, slug: str) -> HttpResponse:
        neighbourhood = Neighbourhood.objects.filter(slug=slug).first()
        if neighbourhood is None:
            raise Http404
        messages = self.messages(AnonymousUser()).about(neighbourhood)
        return feed_of(self, messages, neighbourhood=neighbourhood)


class NewsPage(DepartmentPage):
    """One piece of neighbourhood news; once it expires it leaves the lists, never its address."""

    parent_page_types = ["neighbourhood_news.NewsIndexPage"]
    subpage_types: list[str] = []

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    neighbourhoods = ParentalManyToManyField(
        Neighbourhood,
        verbose_name=_("neighbourhoods"),
        blank=True,
        related_name="news",
        help_text=_("None means the whole commune."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True, use_json_field=True)
    image = models.ForeignKey(
        "home.PortalImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact = models.CharField(
        _("contact"),
        max_length=160,
        blank=True,
        help_text=_("Name, telephone or e-mail address for questions; left empty, the department's."),
    )
    tags = ClusterTaggableManager(
        verbose_name=_("themes"), through="neighbourhood_news.NewsPageTheme", blank=True, related_name="news"
    )
    expires_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("After it the message leaves the lists; its address stays.")
    )

    reserved_until = models.DateTimeField(
        _("neighbourhoods first, until"),
        null=True,
        blank=True,
        help_text=_(
            "Until then only staff, and residents who live in or follow one of these neighbourhoods, can read the message "
            "once it is published; from then on everybody can. Left empty: everybody at once."
        ),
    )

    objects = NewsPageManager()
    base_form_class = NewsPageForm

    # Carried over to the translation as they are; only words are translated.
    override_translatable_fields = [
        *DepartmentPage.override_translatable_fields,
        SynchronizedField("neighbourhoods", overridable=False),
        SynchronizedField("kind", overridable=False),
        SynchronizedField("image", overridable=False),
        SynchronizedField("expires_on", overridable=False),
        SynchronizedField("reserved_until", overridable=False),
    ]

    content_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("department", widget=forms.Select), FieldPanel("kind")]),
                FieldPanel("neighbourhoods", widget=forms.CheckboxSelectMultiple),
                FieldPanel("reserved_until"),
            ],
            heading=_("Who speaks, to whom"),
        ),
        *BasePage.content_panels,
        FieldPanel("image"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("go_live_at", heading=_("Wanted for")), FieldPanel("expires_on")]),
                FieldPanel("urgent_because"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("contact"), FieldPanel("tags")])], heading=_("Practical")),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("search_description"), FieldPanel("share_image")],
            _("For search engines and when shared"),
        ),
    ]
    settings_panels = [FieldPanel("expire_at", heading=_("Taken off the site at"))]
    search_fields = [*DepartmentPage.search_fields, index.SearchField("body"), index.FilterField("kind")]

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["expires_on"], name="news_expiry"),
            models.Index(
                fields=["reserved_until"],
                name="news_reservation",
                condition=models.Q(reserved_until__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["", *Kind.values]),
                name="neighbourhood_news_kind_is_one_of_the_five_or_open_in_a_draft",
            )
        ]

    @property
    def preview_picture(self) -> Any:
        return self.share_image or self.image

    @property
    def kind_icon(self) -> str:
        return KIND_ICONS[Kind(self.kind)] if self.kind else "news"

    @property
    def kind_name(self) -> str:
        """Its kind in the reader's language; "" while a draft's is open."""
        return str(Kind(self.kind).label) if self.kind else ""

    @property
    def has_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    @property
    def is_reserved(self) -> bool:
        """Whether it is kept for its neighbourhoods, whoever reads it."""
        return bool(self.reserved_until and self.reserved_until > timezone.now() and self.neighbourhoods.all())

    @property
    def appeared_at(self) -> datetime | None:
        """When everybody could read it first; as long as they can't, when its neighbourhoods could."""
        return self.appeared_by(timezone.now())

    def appeared_by(self, now: datetime) -> datetime | None:
        """The same, as it is at `now`."""
        published, opened = self.first_published_at, self.reserved_until
        if published and opened and published < opened <= now:
            return opened
        return published

    @property
    def contact_line(self) -> str:
        """Whom to ask: the message's own contact, else the department's."""
        return self.contact or " · ".join(filter(None, [self.department.telephone, self.department.email]))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_read(self, request.user, now=timezone.now()):
            return not_yet_public(request, self)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        changed = filter(None, (self.last_published_at, self.appeared_at))
        return [{"location": self.url, "lastmod": max(changed, default=self.latest_revision_created_at)}]


class NewsPageTheme(ItemBase):
    """A theme of a message."""

    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="tagged_news")
    content_object = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("theme of a message")
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="neighbourhood_news_theme_stands_once_on_a_message"
            )
        ]
