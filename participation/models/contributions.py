"""What ideas and comments share: whose they are, where they stand, and the desk's review."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from home.languages import LANGUAGE_CODES
from participation.ideas.kinds import Because, State, Way


class Contribution(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """What somebody wrote. While it waits for the desk, for whichever reason, it stands in a Wagtail workflow.

    Each review keeps, as Wagtail's revision, the words that came before the desk and nothing else. `voter` is whose it
    is, through every change of account; None once they had it parted from them.
    """

    live = models.BooleanField(_("public"), default=False, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    voter = models.UUIDField(_("voter"), null=True, blank=True, editable=False)
    author_name = models.CharField(
        _("author’s name"), max_length=40, blank=True, help_text=_("As it was shown when this was written.")
    )
    way = models.CharField(_("how it came"), max_length=8, choices=Way.choices, default=Way.ONLINE)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("typed in by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    waits_because = models.CharField(_("waits because"), max_length=12, choices=Because.choices, blank=True)
    open_reports = models.PositiveIntegerField(_("reports not yet looked at"), default=0)
    created_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("last change of its words"))

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(live=True, state=State.PUBLIC) | (Q(live=False) & ~Q(state=State.PUBLIC)),
                name="participation_%(class)s_is_live_while_public",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="participation_%(class)s_state_is_known"),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGE_CODES), name="participation_%(class)s_language_is_known"
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="participation_%(class)s_way_is_known"),
        ]

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLIC

    def serializable_data(self) -> dict[str, Any]:
        """What a revision keeps: the words. It is never made into a contribution again, so it takes no counts back."""
        words = {"title": self.title} if hasattr(self, "title") else {}
        return {"pk": self.pk, **words, "text": self.text}  # type: ignore[attr-defined]

    def move_to(self, state: State) -> None:
        """Set the state, and with it whether readers see it; the caller saves."""
        self.state = state
        self.live = state == State.PUBLIC

    def is_of(self, voter_key: Any) -> bool:
        """Whether that person wrote it."""
        return voter_key is not None and self.voter == voter_key
