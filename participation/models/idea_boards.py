"""An idea board as a page: one in each language, one list of ideas."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock
from home.models import BasePage, DepartmentPage, Neighbourhood
from participation.ideas.board_forms import IdeaBoardPageForm
from participation.ideas.kinds import MOST_QUESTIONS, Asked, BoardAccess, Screening
from participation.ideas.panels import BoardQuestionsPanel
from participation.ideas.routes import BoardRoutes

ACCESS = ("idea_access", "support_access", "comment_access")
WHEN = ("ideas_from", "ideas_until", "supports_from", "supports_until", "comments_from", "comments_until")
FIELDS = ("theme_is", "neighbourhood_is", "place_is", "photo_is")
RULES = (
    "screening",
    "ideas_per_person",
    "supports_per_person",
    "has_supports",
    "has_comments",
    "has_map",
    "answer_within_days",
    "hidden_after_reports",
)
SETTINGS = ("neighbourhoods", *ACCESS, *WHEN, *FIELDS, *RULES)
LONGEST_PROMISE = 730  # days


def _access(label: object, default: str) -> models.CharField:
    return models.CharField(label, max_length=20, choices=BoardAccess.choices, default=default)  # type: ignore[arg-type]


def _asked(label: object) -> models.CharField:
    return models.CharField(label, max_length=8, choices=Asked.choices, default=Asked.OPTIONAL)  # type: ignore[arg-type]


def _moment(label: object, help_text: object = "") -> models.DateTimeField:
    return models.DateTimeField(label, null=True, blank=True, help_text=help_text)  # type: ignore[arg-type]


def _closes_after(what: str) -> models.CheckConstraint:
    opens, closes = f"{what}_from", f"{what}_until"
    return models.CheckConstraint(
        condition=Q(**{opens: None}) | Q(**{closes: None}) | Q(**{f"{closes}__gt": F(opens)}),
        name=f"participation_board_{what}_close_after_they_open",
    )


class IdeaBoardPage(BoardRoutes, RoutablePageMixin, DepartmentPage):
    """A call for ideas in a consultation, or the permanent board for spontaneous ones.

    Settings and ideas are one for both languages: ideas hang on `board_key`, never on a page.
    """

    parent_page_types = ["participation.ConsultationPage", "participation.ConsultationIndexPage", "home.HomePage"]
    subpage_types: list[str] = []

    question = models.CharField(
        _("question"), max_length=200, help_text=_("What the commune asks, in one sentence with a question mark.")
    )
    neighbourhoods = ParentalManyToManyField(
        Neighbourhood,
        verbose_name=_("neighbourhoods"),
        blank=True,
        related_name="idea_boards",
        help_text=_("None means the whole commune."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True, use_json_field=True)
    charter = StreamField(
        BodyBlock(),
        verbose_name=_("charter"),
        blank=True,
        use_json_field=True,
        help_text=_("How one talks here; shown before somebody’s first contribution."),
    )
    idea_access = _access(_("who may propose"), BoardAccess.SIGNED_IN)
    support_access = _access(_("who may support"), BoardAccess.SIGNED_IN)
    comment_access = _access(_("who may comment"), BoardAccess.SIGNED_IN)
    ideas_from = _moment(_("ideas from"), _("Left empty: once it is published."))
    ideas_until = _moment(_("ideas until"), _("Left empty: it stays open."))
    supports_from = _moment(_("supports from"))
    supports_until = _moment(_("supports until"))
    comments_from = _moment(_("comments from"))
    comments_until = _moment(_("comments until"))
    theme_is = _asked(_("theme"))
    neighbourhood_is = _asked(_("neighbourhood"))
    place_is = _asked(_("place on the map"))
    photo_is = _asked(_("photo"))
    screening = models.CharField(_("the desk reads"), max_length=6, choices=Screening.choices, default=Screening.BEFORE)
    ideas_per_person = models.PositiveSmallIntegerField(
        _("ideas per person"), default=0, help_text=_("0 means as many as they like.")
    )
    supports_per_person = models.PositiveSmallIntegerField(
        _("supports per person"), default=0, help_text=_("0 means as many as they like.")
    )
    has_supports = models.BooleanField(_("ideas can be supported"), default=True)
    has_comments = models.BooleanField(_("ideas can be discussed"), default=True)
    has_map = models.BooleanField(_("ideas stand on a map"), default=True)
    answer_within_days = models.PositiveSmallIntegerField(
        _("answer promised within, in days"),
        default=60,
        validators=[MaxValueValidator(LONGEST_PROMISE)],
        help_text=_("Counted from the day on which an idea is public. 0 promises no answer."),
    )
    hidden_after_reports = models.PositiveSmallIntegerField(
        _("hidden after so many reports"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("Until somebody of the desk has looked."),
    )

    base_form_class = IdeaBoardPageForm

    override_translatable_fields = [
        *DepartmentPage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in SETTINGS),
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
        FieldPanel("body"),
        FieldPanel("charter"),
        MultiFieldPanel([FieldPanel(name) for name in FIELDS], heading=_("What an idea tells")),
        BoardQuestionsPanel(
            "questions", heading=_("Questions of the board’s own"), label=_("Question"), max_num=MOST_QUESTIONS
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("ideas_from"), FieldPanel("ideas_until")]),
                FieldPanel("idea_access"),
                FieldPanel("ideas_per_person"),
                FieldPanel("screening"),
                FieldPanel("hidden_after_reports"),
            ],
            heading=_("Proposing"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("has_supports"),
                FieldRowPanel([FieldPanel("supports_from"), FieldPanel("supports_until")]),
                FieldPanel("support_access"),
                FieldPanel("supports_per_person"),
            ],
            heading=_("Supporting"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("has_comments"),
                FieldRowPanel([FieldPanel("comments_from"), FieldPanel("comments_until")]),
                FieldPanel("comment_access"),
            ],
            heading=_("Discussing"),
        ),
        MultiFieldPanel([FieldPanel("answer_within_days"), FieldPanel("has_map")], heading=_("Answer and map")),
        FieldPanel("urgent_because"),
    ]
    search_fields = [*DepartmentPage.search_fields, index.SearchField("question"), index.SearchField("body")]

    class Meta:
        verbose_name = _("idea board")
        verbose_name_plural = _("idea boards")
        constraints = [
            *(_closes_after(what) for what in ("ideas", "supports", "comments")),
            models.CheckConstraint(
                condition=Q(**{f"{name}__in": BoardAccess.values for name in ACCESS}),
                name="participation_board_access_is_known",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__in": Asked.values for name in FIELDS}, screening__in=Screening.values),
                name="participation_board_asks_what_is_known",
            ),
            models.CheckConstraint(
                condition=Q(hidden_after_reports__gte=1), name="participation_board_hides_after_a_report"
            ),
        ]

    @property
    def board_key(self) -> UUID:
        """What its ideas hang on: the same in both languages."""
        key: UUID = self.translation_key
        return key

    def has_opened(self, what: str, now: datetime) -> bool:
        """Whether `what` ("ideas", "supports", "comments") may be given by its first moment; see `has_closed`."""
        opens = getattr(self, f"{what}_from")
        return opens is None or opens <= now

    def has_closed(self, what: str, now: datetime) -> bool:
        closes = getattr(self, f"{what}_until")
        return closes is not None and closes <= now

    def is_open(self, what: str, now: datetime) -> bool:
        """Whether its dates allow it; whether it is published, and for whom, is another matter."""
        return self.has_opened(what, now) and not self.has_closed(what, now)
