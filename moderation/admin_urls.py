"""The desk's own addresses in the admin, and ours in the place of views that know one language only."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from moderation import afterwards_views, localize_views, queue_views, views
from moderation.agenda import views as agenda_views
from moderation.equal_treatment import EqualTreatmentView
from moderation.unscheduling import UnscheduleTogether

desk = [
    path("to-review/", queue_views.queue, name="queue"),
    path("to-review/<int:task_state_id>/", queue_views.review, name="review"),
    path("to-review/<int:task_state_id>/preview/<str:language>/", queue_views.review_preview, name="review_preview"),
    path("to-review/check/<int:use_id>/", afterwards_views.check_fast_track, name="check_fast_track"),
    path("to-review/owed/<int:release_id>/", afterwards_views.owed_language, name="owed_language"),
    path("to-review/other-channels/", afterwards_views.other_channels, name="other_channels"),
    path("to-review/other-channels/<int:diversion_id>/reopen/", afterwards_views.reopen, name="reopen"),
    path("reports/fast-track/", afterwards_views.fast_tracks, name="fast_tracks"),
    path("fast-track/<int:page_id>/", afterwards_views.fast_track, name="fast_track"),
    path("take-over/<int:page_id>/", views.take_over, name="take_over"),
    path("confirm-words/<int:page_id>/", queue_views.confirm_words, name="confirm_words"),
    path("reports/equal-treatment/", EqualTreatmentView.as_view(), name="equal_treatment"),
    path(
        "reports/equal-treatment/results/",
        EqualTreatmentView.as_view(results_only=True),
        name="equal_treatment_results",
    ),
]
calendar = [
    path("agenda/", agenda_views.agenda, name="agenda"),
    path("agenda/<int:page_id>/move/", agenda_views.move, name="agenda_move"),
    path("agenda/address/", agenda_views.make_address, name="agenda_make_address"),
    path("agenda/address/stop/", agenda_views.stop_address, name="agenda_stop_address"),
]
in_the_place_of = [
    path("localize/submit/page/<int:page_id>/", localize_views.submit_page_translation),
    path("localize/update/<int:translation_source_id>/", localize_views.update_translations),
    path("localize/translate/<int:translation_id>/disable/", localize_views.closed),
    path("localize/page/<int:page_id>/convert_to_alias/", localize_views.closed),
    path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", localize_views.closed),
    path("localize/api/snippets/<slug:app_label>/<slug:model_name>/", localize_views.closed),
    path("localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/", localize_views.closed),
    path("localize/reports/translations/", localize_views.closed),
    path("localize/reports/translations/results/", localize_views.closed),
]
urlpatterns = [*desk, *calendar, *in_the_place_of]

# Wagtail's own pages come before whatever a hook registers, so the project's addresses include these in front.
unschedule = require_admin_access(UnscheduleTogether.as_view())
in_front = [path("pages/<int:page_id>/revisions/<int:revision_id>/unschedule/", unschedule)]
