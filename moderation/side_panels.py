"""What stands beside the editor's form: the rules of the game with advice on the draft, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import Page
from wagtail_localize.models import Translation

from home.advice import Advice
from home.models import BasePage
from moderation.advice import RECOMMENDED_INTRODUCTION, advise
from moderation.history import history_of
from moderation.models import Guide
from moderation.permissions import can_take_over, is_of_the_desk


class GuideSidePanel(BaseSidePanel):
    """The rules as the person's own audience reads them; the desk finds those of the others below its own."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle the rules of the game")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-warning-100"

        def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": len(self.panel.advice)}

    name = "guide"
    title = _("Rules of the game")
    template_name = "moderation/side_panels/guide.html"
    order = 310

    def __init__(self, page: Page, request: Any, *, place: Page, advice: list[Advice]) -> None:
        super().__init__(page, request)
        self.place, self.advice = place, advice

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        mine = Guide.Audience.DESK if is_of_the_desk(self.request.user) else Guide.Audience.DEPARTMENT
        guides = {guide.audience: guide for guide in Guide.objects.all()}
        own = guides.pop(mine, None)
        return {
            **super().get_context_data(parent_context),
            "guide": own,
            "others": list(guides.values()) if mine == Guide.Audience.DESK else [],
            "advice": self.advice,
            "can_change_guide": self.request.user.has_perm("moderation.change_guide"),
            "recommended": RECOMMENDED_INTRODUCTION,
            "most": BasePage._meta.get_field("introduction").max_length,
        }


class HistorySidePanel(BaseSidePanel):
    """Who did what when, and who looks after the text."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle the history")
        icon_name = "time"
        has_counter = False

    name = "story"
    title = _("History")
    template_name = "moderation/side_panels/history.html"
    order = 320

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **super().get_context_data(parent_context),
            "events": history_of(self.object),
            "can_take_over": can_take_over(self.request.user, self.object),
            "csrf_token": get_token(self.request),
        }


def _advice_on(page: Page, translation: Translation | None) -> list[Advice]:
    if translation is not None:
        page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    return advise(page, now=timezone.now()) if page.pk else []


def panels_beside(
    page: Page, request: Any, *, place: Page, translation: Translation | None = None
) -> list[BaseSidePanel]:
    """Return the portal's own panels for the editor of `page`; one that isn't kept yet has no history.

    `place` is the page whose permissions count: for a page that isn't kept yet, the one it is added to.
    """
    panels: list[BaseSidePanel] = [GuideSidePanel(page, request, place=place, advice=_advice_on(page, translation))]
    if page.pk:
        panels.append(HistorySidePanel(page, request))
    return panels
