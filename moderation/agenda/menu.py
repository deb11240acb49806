"""The calendar's place in the admin's menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from moderation.permissions import can_see_agenda


class AgendaMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(_("Calendar"), reverse_lazy("agenda"), name="agenda", icon_name="calendar-alt", order=110)

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_agenda(request.user)  # type: ignore[arg-type]
