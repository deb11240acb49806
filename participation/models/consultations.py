"""A consultation: what the commune asks, in which phases, and what became of it."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock
from home.models import BasePage, DepartmentPage, Neighbourhood, Theme
from home.querysets import BasePageQuerySet
from participation.blocks import OutcomeBlock, RelatedBlock
from participation.consultation_forms import ConsultationPageForm
from participation.event_calendar import calendar_of
from participation.kinds import LEVEL_ICONS, LEVEL_WORDS, Level
from participation.parts import Figure, Part, figures_of, parts_below
from participation.querysets import ConsultationManager
from participation.stages import Timeline


class ConsultationPage(RoutablePageMixin, DepartmentPage):
    """One consultation: its question, its phases, and what became of it. Dates are one for both languages."""

    parent_page_types = ["participation.ConsultationIndexPage"]
    subpage_types = ["participation.SurveyPage", "participation.IdeaBoardPage"]

    question = models.CharField(
        _("question"), max_length=200, help_text=_("What the commune asks, in one sentence with a question mark.")
    )
    neighbourhoods = ParentalManyToManyField(
        Neighbourhood,
        verbose_name=_("neighbourhoods"),
        blank=True,
        related_name="consultations",
        help_text=_("None means the whole commune."),
    )
    level = models.CharField(_("level of participation"), max_length=10, choices=Level.choices, default=Level.CONSULT)
    promise = models.TextField(
        _("promise"),
        max_length=600,
        help_text=_("What the commune promises to do with the answers. Promise what you keep."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True, use_json_field=True)
    related = StreamField(RelatedBlock(), verbose_name=_("related messages"), blank=True, use_json_field=True)
    contact_name = models.CharField(
        _("contact person"), max_length=120, blank=True, help_text=_("Left empty, the department answers.")
    )
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    tags = ClusterTaggableManager(
        verbose_name=_("themes"), through="participation.ConsultationTheme", blank=True, related_name="consultations"
    )
    outcome = StreamField(OutcomeBlock(), verbose_name=_("outcome"), blank=True, use_json_field=True)
    outcome_published_on = models.DateField(
        _("outcome given on"),
        null=True,
        blank=True,
        help_text=_("The day from which the page shows the outcome, and the consultation is closed."),
    )
    outcome_within_days = models.PositiveSmallIntegerField(
        _("outcome promised within, in days"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Counted from the last day of the last phase. The page shows the date."),
    )

    objects = ConsultationManager()
    base_form_class = ConsultationPageForm

    # Carried over to the translation as they are; only words are translated.
    override_translatable_fields = [
        *DepartmentPage.override_translatable_fields,
        SynchronizedField("neighbourhoods", overridable=False),
        SynchronizedField("level", overridable=False),
        SynchronizedField("contact_name", overridable=False),
        SynchronizedField("contact_email", overridable=False),
        SynchronizedField("contact_telephone", overridable=False),
        SynchronizedField("outcome_published_on", overridable=False),
        SynchronizedField("outcome_within_days", overridable=False),
    ]

    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("department", widget=forms.Select),
                FieldPanel("neighbourhoods", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("Who asks, and whom"),
        ),
        *BasePage.content_panels,
        FieldPanel("question"),
        MultiFieldPanel([FieldPanel("level"), FieldPanel("promise")], heading=_("How far residents take part")),
        InlinePanel("phases", heading=_("Phases"), label=_("Phase")),
        FieldPanel("body"),
        InlinePanel("events", heading=_("Events"), label=_("Event")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("outcome_within_days"), FieldPanel("outcome_published_on")]),
                FieldPanel("outcome"),
            ],
            heading=_("Outcome"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_telephone")]),
                FieldPanel("tags"),
                FieldPanel("related"),
            ],
            heading=_("Practical"),
        ),
        MultiFieldPanel(
            [FieldPanel("go_live_at", heading=_("Wanted for")), FieldPanel("urgent_because")], heading=_("When")
        ),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("search_description"), FieldPanel("share_image")],
            _("For search engines and when shared"),
        ),
    ]
    settings_panels = [FieldPanel("expire_at", heading=_("Taken off the site at"))]
    search_fields = [
        *DepartmentPage.search_fields,
        index.SearchField("question"),
        index.SearchField("promise"),
        index.SearchField("body"),
        index.SearchField("outcome"),
    ]

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        permissions = [("answer_for_outcomes", _("Is reminded of the outcomes that are owed"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["", *Level.values]),
                name="participation_level_is_one_of_three_or_open_in_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(outcome_within_days__range=(1, 730)),
                name="participation_outcome_is_promised_within_a_day_to_two_years",
            ),
        ]

    def timeline_on(self, day: date) -> Timeline:
        """Return where the consultation stands on `day`."""
        return Timeline(
            self.phases.all(), today=day, outcome_on=self.outcome_published_on, outcome_within=self.outcome_within_days
        )

    @cached_property
    def timeline(self) -> Timeline:
        return self.timeline_on(timezone.localdate())

    @property
    def level_name(self) -> str:
        """Its level in the reader's language; "" while a draft's is open."""
        return str(Level(self.level).label) if self.level else ""

    @property
    def level_words(self) -> str:
        return str(LEVEL_WORDS[Level(self.level)]) if self.level else ""

    @property
    def level_icon(self) -> str:
        return LEVEL_ICONS[Level(self.level)] if self.level else "speech"

    @cached_property
    def parts(self) -> list[Part]:
        """What can be done below this page, was done, or will be: those that close first at the top."""
        return parts_below([self]).get(self.pk, [])

    @property
    def open_parts(self) -> list[Part]:
        return [part for part in self.parts if part.is_open_now]

    @property
    def follow_key(self) -> str:
        """As residents follow it: the same in both languages."""
        return str(self.translation_key)

    @cached_property
    def figures(self) -> list[Figure]:
        return figures_of(self)

    @cached_property
    def coming_events(self) -> list[Any]:
        now = timezone.now()
        return sorted((event for event in self.events.all() if event.ends_at >= now), key=lambda event: event.starts_at)

    @cached_property
    def past_events(self) -> list[Any]:
        now = timezone.now()
        return sorted((event for event in self.events.all() if event.ends_at < now), key=lambda event: event.starts_at)

    def related_to(self, user: Any) -> list[Page]:
        """Return the related pages that `user` may read, in this page's language, in the editor's order."""
        chosen = [block.value.translation_key for block in self.related if block.value]
        if not chosen:
            return []
        pages = BasePageQuerySet(Page).filter(translation_key__in=chosen, locale=self.locale_id).live().public()
        found = {page.translation_key: page for page in pages.open_to(user, now=timezone.now()).specific()}
        return [found[key] for key in dict.fromkeys(chosen) if key in found]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "related": self.related_to(request.user)}

    @path("agenda/")
    def all_events(self, request: HttpRequest) -> HttpResponse:
        """All events, for a reader's own calendar."""
        return calendar_of(self, list(self.events.all()), name="agenda")

    @path("agenda/<uuid:key>/", name="event_calendar")
    def one_event(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """One event; its key is the same in both languages."""
        events = [event for event in self.events.all() if event.translation_key == key]
        if not events:
            raise Http404
        return calendar_of(self, events, name=events[0].title)


class ConsultationTheme(ItemBase):
    """A theme of a consultation."""

    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="tagged_consultations")
    content_object = ParentalKey(ConsultationPage, on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("theme of a consultation")
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="participation_theme_stands_once_on_a_consultation"
            )
        ]
