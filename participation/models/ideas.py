"""Ideas, and the versions of them that readers can compare."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from participation.ideas.kinds import TEXT_SIGNS, TITLE_SIGNS, State
from participation.ideas.querysets import IdeaQuerySet
from participation.models.boards import Board
from participation.models.contributions import Contribution
from participation.models.findable import Findable
from participation.models.idea_indexes import INDEXES
from participation.models.statuses import IdeaStatus


class Idea(index.Indexed, Findable, Contribution):
    """One idea, once for both languages. Its number on the board is given when it is sent in, and never changes.

    The counts stand where they are read; they move with the rows that they count, in one transaction, and
    `recount_ideas` finds what has drifted.
    """

    board = models.ForeignKey(Board, verbose_name=_("board"), on_delete=models.PROTECT, related_name="ideas")
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_SIGNS)
    text = models.TextField(_("text"), max_length=TEXT_SIGNS, blank=True)
    theme = models.ForeignKey(
        "home.Theme", verbose_name=_("theme"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    neighbourhood = models.ForeignKey(
        "home.Neighbourhood",
        verbose_name=_("neighbourhood"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    place = models.CharField(_("place in words"), max_length=120, blank=True)
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    photo = models.ForeignKey(
        "home.PortalImage", verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    photo_says = models.CharField(
        _("what the photo shows"), max_length=200, blank=True, help_text=_("For who can't see it.")
    )
    answers = models.JSONField(_("answers to the board’s questions"), default=dict, blank=True)
    is_thanked_by_name = models.BooleanField(
        _("may be thanked by name"), default=False, help_text=_("On the page of ideas that came true.")
    )
    status = models.ForeignKey(
        IdeaStatus, verbose_name=_("status"), null=True, blank=True, on_delete=models.PROTECT, related_name="ideas"
    )
    answer_due_on = models.DateField(_("answer promised by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duplicates",
    )
    supports_count = models.PositiveIntegerField(_("supports"), default=0)
    local_supports_count = models.PositiveIntegerField(_("supports from its neighbourhood"), default=0)
    comments_count = models.PositiveIntegerField(_("comments"), default=0)

    objects = IdeaQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("text"),
        index.FilterField("board_id"),
        index.FilterField("state"),
        index.FilterField("language"),
    ]

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        default_permissions = ()
        permissions = [
            ("moderate_contribution", _("Can decide over ideas and comments")),
            ("answer_idea", _("Can answer ideas of every department")),
            ("type_in_idea", _("Can write ideas down for somebody")),
        ]
        indexes = INDEXES
        constraints = [
            *Contribution.Meta.constraints,
            models.UniqueConstraint(fields=["board", "number"], name="participation_idea_number_is_given_once"),
            models.UniqueConstraint(
                fields=["board", "voter"],
                name="participation_one_draft_a_person_and_board",
                condition=Q(state=State.DRAFT),
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, number=None) | (~Q(state=State.DRAFT) & Q(number__isnull=False)),
                name="participation_idea_has_a_number_once_sent",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (Q(state=State.MERGED) & ~Q(merged_into=F("id"))),
                name="participation_merged_idea_says_into_what",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.MERGED) | Q(merged_into__isnull=False),
                name="participation_merged_idea_leads_on",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None)
                | Q(
                    longitude__isnull=False,
                    latitude__isnull=False,
                    longitude__range=(-180, 180),
                    latitude__range=(-90, 90),
                ),
                name="participation_idea_stands_on_the_map",
            ),
            models.CheckConstraint(
                condition=Q(
                    supports_count__gte=0, comments_count__gte=0, local_supports_count__lte=F("supports_count")
                ),
                name="participation_local_supports_are_supports",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The last part of its address; only the number in it counts."""
        return f"{self.number}-{slugify(self.title)[:60].strip('-')}".strip("-")

    @classmethod
    def get_indexed_objects(cls) -> Any:
        return cls.objects.filter(state=State.PUBLIC)


class IdeaVersion(models.Model):
    """How an idea read before a change: kept from its first support on, for everybody to compare."""

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="versions")
    title = models.CharField(_("title"), max_length=TITLE_SIGNS)
    text = models.TextField(_("text"), blank=True)
    until = models.DateTimeField(_("replaced"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("earlier version of an idea")
        verbose_name_plural = _("earlier versions of ideas")
        default_permissions = ()
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return self.title


class Support(models.Model):
    """That somebody supports an idea, once. `place` is the number of their neighbourhood then, 0 for none or unknown."""

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="supports")
    voter = models.UUIDField(_("voter"))
    place = models.PositiveIntegerField(_("neighbourhood"), default=0)
    given_on = models.DateField(_("given on"))

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        default_permissions = ()
        indexes = [
            models.Index(fields=["voter"], name="participation_supports_of"),
            models.Index(fields=["given_on", "idea"], name="participation_supports_lately"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["idea", "voter"], name="participation_idea_is_supported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.voter}"
