"""Where the desk's screens stand in the admin's menus, and the fast track in the editor's."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from moderation.permissions import can_fast_track, can_translate, is_of_the_desk
from moderation.translations import source_page


class DeskMenuItem(MenuItem):
    """Shown to who decides over what others propose."""

    def is_shown(self, request: Any) -> bool:
        return is_of_the_desk(request.user)


def queue_item() -> MenuItem:
    return DeskMenuItem(_("To review"), reverse("queue"), name="queue", icon_name="tasks", order=50)


def equal_treatment_item() -> MenuItem:
    url = reverse("equal_treatment")
    icon = "wagtail-localize-language"
    return DeskMenuItem(_("Equal treatment"), url, name="equal-treatment", icon_name=icon, order=100)


def other_channels_item() -> MenuItem:
    url = reverse("other_channels")
    return DeskMenuItem(_("Closed for another channel"), url, name="other-channels", icon_name="redirect", order=110)


def fast_tracks_item() -> MenuItem:
    return DeskMenuItem(_("Fast track"), reverse("fast_tracks"), name="fast-tracks", icon_name="warning", order=105)


class TranslateItem(ActionMenuItem):
    """Leads to the other language, which the proposer may supply too."""

    name = "action-translate"
    icon_name = "wagtail-localize-language"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page: Page | None = context.get("page")
        if context["view"] != "edit" or page is None or context.get("locked_for_user"):
            return False
        return source_page(page) is None and can_translate(context["request"].user, page)

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        into_dutch = parent_context["page"].locale.language_code == "fr"
        label = _("Translate into Dutch") if into_dutch else _("Translate into French")
        return {**super().get_context_data(parent_context), "label": label}

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("wagtail_localize:submit_page_translation", args=[context["page"].pk])


class FastTrackItem(ActionMenuItem):
    """Leads to the question why it can't wait."""

    name = "action-fast-track"
    label: str | Promise = _("Fast track…")
    icon_name = "warning"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page: Page | None = context.get("page")
        if context["view"] != "edit" or page is None or context.get("locked_for_user"):
            return False
        return page.has_unpublished_changes and can_fast_track(context["request"].user, page)

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("fast_track", args=[context["page"].pk])
