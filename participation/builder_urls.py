"""Addresses in the admin for who builds a survey."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from participation import builder_views
from participation.answering.trial import try_survey

urlpatterns = [
    path(
        "surveys/<int:page_id>/copy/",
        require_admin_access(builder_views.copy_questions),
        name="participation_copy_questions",
    ),
    path("surveys/<int:page_id>/mend/", require_admin_access(builder_views.mend), name="participation_mend_draft"),
    path("surveys/<int:page_id>/try/", require_admin_access(try_survey), name="participation_try_survey"),
]
