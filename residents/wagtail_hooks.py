"""Registration only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from residents.my_data import admin_views
from residents.verifying import admin_urls, menus

hooks.register("register_admin_menu_item", menus.counter_item)
hooks.register("register_admin_menu_item", menus.letters_item)
hooks.register("before_delete_user", admin_views.before_delete_user)
hooks.register("before_bulk_action", admin_views.before_bulk_action)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return admin_urls.urlpatterns


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("residents.verify", _("Verify"), _("Verified a resident"))
    actions.register_action("residents.print_letters", _("Print letters"), _("Printed letters with codes"))
    actions.register_action("residents.cancel_letters", _("Cancel letters"), _("Cancelled a batch of letters"))
    actions.register_action("residents.refuse_letter", _("Refuse a letter"), _("Refused a letter"))
