"""The staff's addresses for results and written answers."""

from django.urls import path

from participation.results import kept_views, staff_views

urlpatterns = [
    path("survey-results/", staff_views.survey_results, name="survey_results"),
    path("survey-results/<uuid:key>/", staff_views.survey_result, name="survey_result"),
    path("survey-results/<uuid:key>/results/", kept_views.kept_results, name="kept_results"),
    path("survey-results/<uuid:key>/results/<slug:kind>/", kept_views.kept_results, name="kept_results_file"),
    path("survey-results/<uuid:key>/answers/<slug:kind>/", staff_views.answers_file, name="survey_answers_file"),
    path("survey-results/<uuid:key>/texts/", staff_views.screen_texts, name="screen_texts"),
    path("survey-results/<uuid:key>/tags/", staff_views.answer_tags, name="answer_tags"),
]
