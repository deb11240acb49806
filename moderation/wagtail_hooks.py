"""Registration only."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from moderation import admin_urls, arrivals, log_words, menus, panels, presence, reviews
from moderation.agenda.menu import AgendaMenuItem
from moderation.viewsets import DeskViewSetGroup

register_snippet(DeskViewSetGroup)

hooks.register("construct_homepage_panels", panels.arrange_panels)
hooks.register("before_edit_page", reviews.before_edit, order=-10)
hooks.register("before_edit_page", presence.tell_presence, order=-9)
hooks.register("before_edit_page", arrivals.tell_where_from, order=-5)
hooks.register("after_edit_page", reviews.after_edit)
hooks.register("before_copy_page", reviews.before_copy)
hooks.register("before_move_page", reviews.before_move)
hooks.register("before_bulk_action", reviews.before_bulk_action)
hooks.register("construct_reports_menu", panels.arrange_reports)
hooks.register("construct_page_action_menu", reviews.arrange_action_menu, order=100)
hooks.register("register_log_actions", log_words.register)
hooks.register("register_admin_menu_item", menus.queue_item)
hooks.register("register_admin_menu_item", AgendaMenuItem)
hooks.register("register_reports_menu_item", menus.equal_treatment_item)
hooks.register("register_reports_menu_item", menus.fast_tracks_item)
hooks.register("register_reports_menu_item", menus.other_channels_item)
hooks.register("register_page_action_menu_item", lambda: menus.TranslateItem(order=50))
hooks.register("register_page_action_menu_item", lambda: menus.FastTrackItem(order=60))


@hooks.register("register_admin_urls", order=-10)
def addresses() -> list[Any]:
    """They come first, so that ours stand before localize's and Wagtail's own views at the same addresses."""
    return admin_urls.urlpatterns


@hooks.register("insert_editor_js")
def editor_script() -> str:
    return format_html('<script src="{}" defer></script>', static("portal/editor.js"))


@hooks.register("insert_global_admin_css")
def editor_look() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/editor.css"))
