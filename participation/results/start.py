"""Everything that results register when the portal starts."""

from participation import survey_routes
from participation.results import pages, views
from participation.results.permissions import results_link


def register_all() -> None:
    pages.register("results", views.results)
    pages.register("file", views.file)
    survey_routes.register_results(results_link)
