"""The outbox in the admin's menu. Nothing is written there by hand: mails are looked at, sent again, or given up."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy

from mailing import views
from mailing.kinds import kind_choices
from mailing.models import OutgoingMail, Status


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody writes, edits or deletes a mail, superusers included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)


class MailFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=Status.choices, widget=django_filters.widgets.forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    came_back = django_filters.ChoiceFilter(
        label=_("Came back"), method="that_came_back", choices=[("on", _("only those"))]
    )

    class Meta:
        model = OutgoingMail
        fields = ["status", "kind", "language", "came_back"]

    def that_came_back(self, mails: QuerySet[OutgoingMail], name: str, value: str) -> QuerySet[OutgoingMail]:
        return mails.filter(bounce__isnull=False) if value else mails


class MailViewSet(ModelViewSet):
    model = OutgoingMail
    name = "mails"
    icon = "mail"
    menu_label = _("Mails")
    menu_order = 260
    add_to_admin_menu = True
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    form_fields: list[str] = []
    index_view_class = views.MailIndexView
    inspect_view_class = views.MailView
    filterset_class = MailFilterSet
    search_fields = ["to", "subject"]
    search_backend_name = None
    ordering = ["-due_at", "-pk"]
    list_per_page = 50
    list_display = [
        TitleColumn("subject", label=_("Subject"), url_name="mails:inspect"),
        Column("to", label=_("To")),
        StatusTagColumn(
            "get_status_display",
            label=_("State"),
            primary=lambda mail: mail.status in (Status.FAILED, Status.UNCERTAIN),
        ),
        Column("kind_label", label=_("Kind"), sort_key="kind"),
        Column("get_language_display", label=_("Language"), sort_key="language"),
        DateColumn("due_at", label=_("Due"), sort_key="due_at"),
        Column("attempts", label=_("Attempts")),
    ]

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """The list and one mail; Wagtail's other views have nothing to do here."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/again/", views.decide, {"verb": "again"}, name="again"),
            path("<int:pk>/give-up/", views.decide, {"verb": "give-up"}, name="give_up"),
        ]
