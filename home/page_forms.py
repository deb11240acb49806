"""The editor's form of any page; apart from `forms.py`, since page models are loaded before pictures have theirs."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from home.permissions import departments_open_to


class PortalPageForm(WagtailAdminPageForm):
    """Its dates stand among its fields, so Wagtail's dialog for them is not offered."""

    show_schedule_publishing_toggle = False


class DepartmentPageForm(PortalPageForm):
    """One's own departments only; where that is one, it is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "department" in self.fields and self.for_user:
            field: Any = self.fields["department"]
            field.queryset = departments_open_to(self.for_user)
            mine = list(field.queryset[:2])
            if len(mine) == 1:
                field.empty_label = None
                self.initial["department"] = self.initial.get("department") or mine[0].pk
