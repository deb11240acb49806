"""What staff are told on the first screen of the admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from home import jobs


class LateJobsPanel(Component):
    """Says which jobs of the portal did not run, on top of everything else, to whoever may do something about it."""

    name = "late_jobs"
    template_name = "home/late_jobs_panel.html"
    order = 10

    def __init__(self, late: list[jobs.LateJob]) -> None:
        self.late = late

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"late": self.late}


def add_late_jobs(request: Any, panels: list[Component]) -> None:
    if not request.user.has_perm("home.view_jobrun"):
        return
    late = jobs.late(now=timezone.now())
    if late:
        panels.append(LateJobsPanel(late))
