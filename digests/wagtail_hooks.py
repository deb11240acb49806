"""Registration only."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from digests import admin_urls
from digests.permissions import can_see_digests
from digests.reach import report

hooks.register("register_reports_menu_item", report.menu_item)


class DigestsMenuItem(MenuItem):
    """Below the mails, for whoever may see how digests fare."""

    def is_shown(self, request: Any) -> bool:
        return can_see_digests(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    view = report.ReachView
    return [
        *admin_urls.urlpatterns,
        path("reports/reach/", view.as_view(), name="reach"),
        path("reports/reach/results/", view.as_view(results_only=True), name="reach_results"),
    ]


@hooks.register("register_admin_menu_item")
def digests_item() -> MenuItem:
    return DigestsMenuItem(_("Digests"), reverse("digests"), name="digests", icon_name="list-ul", order=265)
