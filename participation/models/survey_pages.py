"""A survey as a page: one in each language, one set of questions, one total."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock
from home.models import BasePage, DepartmentPage, Neighbourhood
from participation.models.surveys import Survey, SurveyVersion
from participation.results.pages import ResultsRoutes
from participation.survey_routes import AnsweringRoutes
from participation.surveys.building import definition_of
from participation.surveys.changes import breaks
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.forms import SurveyPageForm
from participation.surveys.panels import QuestionsPanel, SurveyStatePanel
from participation.surveys.soundness import problems
from participation.surveys.terms import Access, ResultsFor, ResultsWhen

SETTINGS = (
    "neighbourhoods",
    "access",
    "is_open_about_who_answered",
    "asks_neighbourhood",
    "opens_at",
    "closes_at",
    "results_when",
    "results_for",
    "staff_see_running_results",
    "is_quiz",
)


class SurveyPage(AnsweringRoutes, ResultsRoutes, DepartmentPage):
    """A survey, below a consultation or alone; with one question it shows as a poll.

    Its questions, settings and answers are one for both languages: answers hang on `survey_key`, never on a page.
    """

    parent_page_types = ["participation.ConsultationPage", "participation.ConsultationIndexPage"]
    subpage_types: list[str] = []

    neighbourhoods = ParentalManyToManyField(
        Neighbourhood,
        verbose_name=_("neighbourhoods"),
        blank=True,
        related_name="surveys",
        help_text=_("None means the whole commune."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True, use_json_field=True)
    access = models.CharField(_("who may answer"), max_length=20, choices=Access.choices, default=Access.ANYONE)
    is_open_about_who_answered = models.BooleanField(
        _("not anonymous"),
        default=False,
        help_text=_(
            "The page says so. Each answer is then kept with who gave it, and can be changed until closing. Left "
            "unticked, nobody can tell who gave which answer, not even the commune."
        ),
    )
    asks_neighbourhood = models.BooleanField(
        _("ask for the neighbourhood"), default=False, help_text=_("To compare results by neighbourhood.")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Left empty: once it is published."))
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("For a whole last day: 23:59. Left empty: it stays open.")
    )
    results_when = models.CharField(
        _("results are shown"), max_length=10, choices=ResultsWhen.choices, default=ResultsWhen.CLOSING
    )
    results_for = models.CharField(_("to"), max_length=10, choices=ResultsFor.choices, default=ResultsFor.EVERYBODY)
    staff_see_running_results = models.BooleanField(
        _("staff see results while it runs"), default=False, help_text=_("The page says so before one answers.")
    )
    is_quiz = models.BooleanField(_("quiz"), default=False, help_text=_("Questions have right answers."))
    thanks = models.TextField(
        _("thanks"), max_length=600, blank=True, help_text=_("Shown once the answer is in: what happens with it.")
    )

    base_form_class = SurveyPageForm

    override_translatable_fields = [
        *DepartmentPage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in SETTINGS),
    ]

    content_panels = [
        SurveyStatePanel(),
        MultiFieldPanel(
            [
                FieldPanel("department", widget=forms.Select),
                FieldPanel("neighbourhoods", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("Who asks, and whom"),
        ),
        *BasePage.content_panels,
        FieldPanel("body"),
        QuestionsPanel("questions", heading=_("Questions"), label=_("Question")),
        FieldPanel("thanks"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldPanel("access"),
                FieldPanel("is_open_about_who_answered"),
                FieldPanel("asks_neighbourhood"),
                FieldPanel("is_quiz"),
            ],
            heading=_("Who may answer, and when"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("results_when"), FieldPanel("results_for")]),
                FieldPanel("staff_see_running_results"),
            ],
            heading=_("Results"),
        ),
        FieldPanel("urgent_because"),
    ]
    search_fields = [*DepartmentPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(opens_at=None) | Q(closes_at__gt=F("opens_at")),
                name="participation_survey_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(is_open_about_who_answered=False) | ~Q(access=Access.ANYONE),
                name="participation_answers_with_names_need_an_account",
            ),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="participation_survey_access_is_known"),
            models.CheckConstraint(
                condition=Q(results_when__in=ResultsWhen.values, results_for__in=ResultsFor.values),
                name="participation_survey_results_are_shown_as_known",
            ),
        ]

    @property
    def survey_key(self) -> UUID:
        """What its answers hang on: the same in both languages."""
        key: UUID = self.translation_key
        return key

    def is_open(self, now: datetime) -> bool:
        """Whether its dates allow an answer; whether it is published is another matter."""
        has_opened = self.opens_at is None or self.opens_at <= now
        return has_opened and not self.has_closed(now)

    def has_closed(self, now: datetime) -> bool:
        return self.closes_at is not None and self.closes_at <= now

    @property
    def answer_count(self) -> int:
        return Survey.objects.filter(pk=self.survey_key).values_list("answers", flat=True).first() or 0

    def kept_definition(self) -> SurveyDefinition | None:
        """What was asked when it was last answered under something new; None as long as nobody has answered."""
        version = SurveyVersion.objects.filter(survey_id=self.survey_key).order_by("-id").first()
        return version.definition if version else None

    def clean(self) -> None:
        """Refuse, whichever way it is saved or published, what would break answers or can't be answered."""
        super().clean()
        is_live = self.live and bool(self.path)  # in the form of a new page it is "live" before it has a place
        found = self._problems() if is_live else self.breaks()
        if found:
            raise ValidationError(found)

    def breaks(self) -> list[str]:
        """What of this version would break the answers that are there, in sentences."""
        return breaks(self, definition_of(self)) if self.pk else []

    def _problems(self) -> list[str]:
        new = definition_of(self)
        return [*(breaks(self, new) if self.pk else ()), *(message for _key, message in problems(new))]

    def unready(self) -> str:
        return " ".join(dict.fromkeys(self._problems()))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What readers have changes under the survey's lock: or a first answer could come between look and change."""
        with transaction.atomic():
            if self.live:
                Survey.objects.locked(self.survey_key)
            super().save(*args, **kwargs)
