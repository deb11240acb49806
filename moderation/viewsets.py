"""The things that the desk keeps for its own work."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from moderation.models import Channel, Guide
from moderation.sender_viewsets import SenderViewSet


class ChannelViewSet(SnippetViewSet):
    model = Channel
    icon = "redirect"
    list_display = ["name_fr", "name_nl", "address_fr", BooleanColumn("is_open", label=_("in use"))]
    search_fields = ["name_fr", "name_nl"]


class GuideViewSet(SnippetViewSet):
    model = Guide
    icon = "clipboard-list"
    list_display = ["title_fr", "title_nl", "get_audience_display"]
    copy_view_enabled = False


class DeskViewSetGroup(SnippetViewSetGroup):
    """What the desk sets up once, and adjusts at times."""

    menu_label = _("The desk")
    menu_icon = "tasks"
    menu_order = 260
    items = (GuideViewSet, ChannelViewSet, SenderViewSet)
