"""The commune's things in the admin."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import EditView, IndexView, InspectView, SnippetViewSet, SnippetViewSetGroup

from home.models import Alert, Department, Neighbourhood, Street, Theme
from home.printing import views as printing_views

PRINT = "wagtailsnippets_home_neighbourhood:print"


def _print_button(place: Neighbourhood) -> Button:
    return Button(_("Postcards and posters"), url=reverse(PRINT, args=[place.pk]), icon_name="download", priority=15)


class NeighbourhoodIndexView(IndexView):
    def get_list_more_buttons(self, instance: Neighbourhood) -> list[Button]:
        return [*super().get_list_more_buttons(instance), _print_button(instance)]


class NeighbourhoodEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, _print_button(self.object)]


class NeighbourhoodInspectView(InspectView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, _print_button(self.object)]


class NeighbourhoodViewSet(SnippetViewSet):
    """Whoever may look them up prints their postcards and posters."""

    model = Neighbourhood
    icon = "site"
    index_view_class = NeighbourhoodIndexView
    edit_view_class = NeighbourhoodEditView
    inspect_view_class = NeighbourhoodInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["name_fr", "name_nl", "code", "slug", "households", "population"]
    list_display = ["name_fr", "name_nl", "code", "households", "population"]
    search_fields = ["name_fr", "name_nl", "code"]
    ordering = ["code"]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("print/<int:pk>/", printing_views.print_neighbourhood, name="print")]


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


class LookUpOnly(ModelPermissionPolicy):
    """For what a register brings: it is looked up in the admin, and changed by the next import (`import_streets`)."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))


class StreetFilterSet(WagtailFilterSet):
    sections__neighbourhood = ModelChoiceFilter(
        label=_("Neighbourhood"), queryset=Neighbourhood.objects.drawn(), distinct=True
    )

    class Meta:
        model = Street
        fields = ["sections__neighbourhood"]


class StreetIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("sections__neighbourhood")


class StreetViewSet(SnippetViewSet):
    """Which streets the portal finds neighbourhoods by, and where their house numbers lie."""

    model = Street
    icon = "site"
    index_view_class = StreetIndexView
    inspect_view_enabled = True
    inspect_view_fields = ["name_fr", "name_nl", "code", "where"]
    list_display = ["name_fr", "name_nl", "where", "code"]
    list_per_page = 50
    search_fields = ["name_fr", "name_nl", "code", "search_text"]
    ordering = ["name_fr"]
    filterset_class = StreetFilterSet
    copy_view_enabled = False

    @property
    def permission_policy(self) -> LookUpOnly:
        return LookUpOnly(self.model)


class CommuneViewSetGroup(SnippetViewSetGroup):
    """What exists once for both languages, edited side by side."""

    menu_label = _("The commune")
    menu_icon = "home"
    menu_order = 250
    items = (AlertViewSet, NeighbourhoodViewSet, StreetViewSet, DepartmentViewSet, ThemeViewSet)
