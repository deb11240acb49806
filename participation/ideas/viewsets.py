"""What the commune sets up once for its idea boards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from participation.models import DeclineReason, HeldWord, IdeaStatus


class IdeaStatusViewSet(SnippetViewSet):
    model = IdeaStatus
    icon = "tag"
    list_display = ["name_fr", "name_nl", "get_kind_display", "order", BooleanColumn("is_offered", label=_("in use"))]


class DeclineReasonViewSet(SnippetViewSet):
    model = DeclineReason
    icon = "cross"
    list_display = ["name_fr", "name_nl", "order", BooleanColumn("is_offered", label=_("in use"))]


class HeldWordViewSet(SnippetViewSet):
    model = HeldWord
    icon = "warning"
    list_display = ["word"]
    search_fields = ["word"]
    copy_view_enabled = False


class IdeaViewSetGroup(SnippetViewSetGroup):
    """Statuses, reasons and words; what residents write is decided over on screens of its own."""

    menu_label = _("Idea boards")
    menu_icon = "pick"
    menu_order = 265
    items = (IdeaStatusViewSet, DeclineReasonViewSet, HeldWordViewSet)
