"""Registration only."""

from typing import Any

from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from participation import builder_urls, menus, panels
from participation.ideas import admin_urls as idea_urls
from participation.ideas.menus import answers_item, counter_item
from participation.ideas.permissions import ANSWER, MODERATE, TYPE_IN
from participation.ideas.viewsets import IdeaViewSetGroup
from participation.outcomes import ANSWERS_FOR_ALL
from participation.paper import admin_urls as paper_urls
from participation.results import admin_urls as results_urls
from participation.results.permissions import ENTER, SCREEN, SEE

register_snippet(IdeaViewSetGroup)
hooks.register("register_admin_menu_item", answers_item)
hooks.register("register_admin_menu_item", counter_item)
hooks.register("construct_homepage_panels", panels.add_panel)
hooks.register("register_admin_menu_item", menus.paper_item)
hooks.register("register_admin_menu_item", menus.results_item)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [*builder_urls.urlpatterns, *results_urls.urlpatterns, *paper_urls.urlpatterns, *idea_urls.urlpatterns]


@hooks.register("register_permissions")
def permissions() -> Any:
    """The groups' form in the admin offers them, and keeps them."""
    names = [name.split(".")[1] for name in (ANSWERS_FOR_ALL, SEE, SCREEN, ENTER, MODERATE, ANSWER, TYPE_IN)]
    return Permission.objects.filter(content_type__app_label="participation", codename__in=names)


@hooks.register("insert_editor_js")
def builder_script() -> str:
    return format_html('<script src="{}" defer></script>', static("portal/survey-builder.js"))


@hooks.register("insert_global_admin_css")
def builder_look() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/survey-builder.css"))
