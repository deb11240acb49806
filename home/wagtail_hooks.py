"""Registration only."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from home import panels, protection
from home.models import CommuneSettings
from home.viewsets import CommuneViewSetGroup

register_snippet(CommuneViewSetGroup)
hooks.register("construct_homepage_panels", panels.add_late_jobs)
hooks.register("before_delete_snippet", protection.before_delete)


@hooks.register("insert_global_admin_css")
def admin_look() -> str:
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        CommuneSettings.load().theme_url,
        static("portal/admin.css"),
    )
