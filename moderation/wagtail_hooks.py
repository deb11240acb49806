"""Registration only."""

from django.urls import path
from wagtail import hooks

from moderation import localize_views, panels, reviews

hooks.register("construct_homepage_panels", panels.arrange_panels)
hooks.register("before_edit_page", reviews.before_edit, order=-10)
hooks.register("after_edit_page", reviews.after_edit)
hooks.register("before_copy_page", reviews.before_copy)
hooks.register("construct_reports_menu", panels.arrange_reports)
hooks.register("construct_page_action_menu", reviews.arrange_action_menu, order=100)


@hooks.register("register_admin_urls", order=-10)
def localize_addresses() -> list[object]:
    """Stand before localize's own views at the same addresses."""
    closed = localize_views.closed
    return [
        path("localize/submit/page/<int:page_id>/", localize_views.submit_page_translation),
        path("localize/update/<int:translation_source_id>/", localize_views.update_translations),
        path("localize/translate/<int:translation_id>/disable/", closed),
        path("localize/page/<int:page_id>/convert_to_alias/", closed),
        path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", closed),
    ]
