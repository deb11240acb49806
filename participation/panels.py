"""What people of the commune find on the first screen of the admin: the outcomes that they owe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from participation.outcomes import owed_by


class OutcomesOwedPanel(Component):
    """Outcomes that are late, which stand out, or due within two weeks."""

    name = "outcomes_owed"
    template_name = "participation/outcomes_owed_panel.html"
    order = 150

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        return {"outcomes": owed_by(user, on=timezone.localdate())}


def add_panel(request: Any, panels: list[Component]) -> None:
    panels.append(OutcomesOwedPanel())
