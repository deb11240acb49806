"""The commune's things in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.models import Alert, Department, Neighbourhood, Theme


class NeighbourhoodViewSet(SnippetViewSet):
    model = Neighbourhood
    icon = "site"
    list_display = ["name_fr", "name_nl", "code", "households", "population"]
    search_fields = ["name_fr", "name_nl", "code"]
    ordering = ["code"]


class DepartmentViewSet(SnippetViewSet):
    model = Department
    icon = "group"
    list_display = ["name_fr", "name_nl", "email", "telephone"]
    search_fields = ["name_fr", "name_nl"]


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name_fr", "name_nl"]
    search_fields = ["name_fr", "name_nl"]


class AlertViewSet(SnippetViewSet):
    model = Alert
    icon = "warning"
    list_display = [
        "message_fr",
        "get_level_display",
        "starts_at",
        "ends_at",
        BooleanColumn("is_current", label=_("shown now")),
    ]
    list_filter = ["level"]


class CommuneViewSetGroup(SnippetViewSetGroup):
    """What exists once for both languages, edited side by side."""

    menu_label = _("The commune")
    menu_icon = "home"
    menu_order = 250
    items = (AlertViewSet, NeighbourhoodViewSet, DepartmentViewSet, ThemeViewSet)
