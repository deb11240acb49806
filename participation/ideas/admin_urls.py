"""The desk's and the answerers' addresses in the admin."""

from django.urls import path

from participation.ideas import answer_views, college_views, counter_views, desk_views, file_views

urlpatterns = [
    path("ideas/review/<int:task_state_id>/", desk_views.review, name="idea_review"),
    path("ideas/review/<int:task_state_id>/sanction/", desk_views.add_sanction, name="idea_add_sanction"),
    path("ideas/sanctions/", desk_views.sanctions, name="idea_sanctions"),
    path("ideas/answers/", answer_views.answers, name="idea_answers"),
    path("ideas/answers/publish/", answer_views.publish_answers, name="idea_publish_answers"),
    path("ideas/answers/<int:idea_id>/", answer_views.answer, name="idea_answer"),
    path("ideas/merges/<int:merge_id>/undo/", answer_views.part, name="idea_part"),
    path("ideas/college/", college_views.college, name="idea_college"),
    path("ideas/college/<int:idea_id>/", college_views.college_decision, name="idea_college_decision"),
    path("ideas/counter/", counter_views.boards, name="idea_counter"),
    path("ideas/counter/<uuid:key>/", counter_views.type_in, name="idea_type_in"),
    path("ideas/files/", file_views.files, name="idea_files"),
    path("ideas/files/download/", file_views.download, name="idea_download"),
    path("ideas/decisions/", desk_views.decisions, name="idea_decisions"),
]
