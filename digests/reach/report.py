"""The report "Reach" in the admin: per neighbourhood, now, three months and a year ago; month by month to take along."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

from digests.models import ReachFigure
from digests.reach.chart import HEIGHT, WIDTH, lines_of
from digests.reach.shown import MONTHS, Course, Figure, courses, days_before, together
from home.spreadsheets import harmless

AGO = {0: gettext_lazy("Now"), 3: gettext_lazy("Three months ago"), MONTHS: gettext_lazy("A year ago")}


def can_see_reach(user: Any) -> bool:
    return bool(user.has_perm("digests.view_reachfigure"))


class ReachMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_reach(request.user)


def menu_item() -> MenuItem:
    return ReachMenuItem(gettext_lazy("Reach"), reverse("reach"), name="reach", icon_name="group", order=120)


class ReachView(ReportView):
    """One line for each neighbourhood; a file has one for each neighbourhood and month."""

    index_url_name = "reach"
    index_results_url_name = "reach_results"
    header_icon = "group"
    page_title = gettext_lazy("Reach")
    template_name = "digests/reach/report.html"
    results_template_name = "digests/reach/report_results.html"
    model = ReachFigure
    is_searchable = False
    paginate_by = None
    list_export = ["neighbourhood", "day", "reached", "households", "percent"]
    export_headings = {
        "neighbourhood": gettext_lazy("Neighbourhood"),
        "day": gettext_lazy("Day"),
        "reached": gettext_lazy("Households reached"),
        "households": gettext_lazy("Households"),
        "percent": gettext_lazy("Percent"),
    }

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not can_see_reach(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def courses(self) -> list[Course]:
        return courses(timezone.localdate())

    def get_queryset(self) -> QuerySet[ReachFigure]:
        """The page and the file are made of the courses; Wagtail asks for a queryset."""
        return ReachFigure.objects.none()

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        return super().as_spreadsheet(self._cells(), spreadsheet_format)

    def _cells(self) -> list[dict[str, Any]]:
        found = [(course, figure) for course in self.courses for figure in course.points if figure is not None]
        return [
            {
                "neighbourhood": course.neighbourhood.name,
                "day": figure.day.isoformat(),
                "reached": figure.words,
                "households": str(figure.households),
                "percent": "" if figure.percent is None else str(figure.percent),
            }
            for course, figure in found
        ]

    def to_row_dict(self, item: dict[str, Any]) -> dict[str, str]:
        return {name: harmless(value) for name, value in item.items()}

    def get_filename(self) -> str:
        return f"{_('reach-per-neighbourhood')}-{timezone.localdate():%Y-%m-%d}"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        highest = max((each.percent or 0 for course in self.courses for each in course.points if each), default=0)
        rows = [
            (course, [(label, course.ago(ago)) for ago, label in AGO.items()], lines_of(course, highest))
            for course in self.courses
        ]
        return {
            **context,
            "object_list": self.courses,
            "rows": rows,
            "heads": AGO.values(),
            "sums": [(label, _sum(self.courses, ago)) for ago, label in AGO.items()],
            "months": self._months(),
            "places": [course.neighbourhood for course in self.courses],
            "has_figures": any(any(course.points) for course in self.courses),
            "size": (WIDTH, HEIGHT),
        }

    def _months(self) -> list[tuple[str, list[Figure | None]]]:
        days = days_before(timezone.localdate())
        labels = [date_format(day, "j F Y") for day in days]
        return [(label, [course.points[at] for course in self.courses]) for at, label in enumerate(labels)][::-1]


def _sum(found: list[Course], ago: int) -> Figure | None:
    return together(course.ago(ago) for course in found)
