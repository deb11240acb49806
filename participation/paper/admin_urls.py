"""The clerk's addresses for answers on paper."""

from django.urls import path

from participation.paper import views

urlpatterns = [
    path("paper/", views.paper_surveys, name="paper_surveys"),
    path("paper/<uuid:key>/", views.paper_survey, name="paper_survey"),
    path("paper/<uuid:key>/form/", views.paper_form, name="paper_form"),
    path("paper/<uuid:key>/file/", views.paper_file, name="paper_file"),
    path("paper/<uuid:key>/example/<slug:kind>/", views.paper_example, name="paper_example"),
    path("paper/batch/<int:pk>/", views.paper_batch, name="paper_batch"),
    path("paper/batch/<int:pk>/undo/", views.paper_undo, name="paper_undo"),
]
