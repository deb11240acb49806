"""Senders in the admin."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from moderation import sender_views
from moderation.models import Sender

LINK = "wagtailsnippets_moderation_sender:link"


def _link_button(sender: Sender) -> Button:
    return Button(_("Personal link"), url=reverse(LINK, args=[sender.pk]), icon_name="link", priority=15)


class SenderIndexView(IndexView):
    def get_list_more_buttons(self, instance: Sender) -> list[Button]:
        return [*super().get_list_more_buttons(instance), _link_button(instance)]


class SenderEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, _link_button(self.object)]


class SenderViewSet(SnippetViewSet):
    """Who may send texts without an account; the link is made, renewed and revoked on a page of its own."""

    model = Sender
    icon = "mail"
    menu_label = _("Senders")
    index_view_class = SenderIndexView
    edit_view_class = SenderEditView
    list_display = [
        "name",
        "email",
        "department",
        Column("get_language_display", label=_("language")),
        BooleanColumn("is_active", label=_("active")),
        BooleanColumn("has_link", label=_("has a link")),
        "link_used_at",
    ]
    list_filter = ["department", "language", "is_active"]
    search_fields = ["name", "email"]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("link/<int:pk>/", sender_views.link, name="link")]
