"""Ours in the place of Wagtail's own view, which takes back the schedule of one language only."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.revisions import RevisionsUnschedule

from moderation.actions import unschedule


class UnscheduleTogether(RevisionsUnschedule):
    """Asks as Wagtail does, then takes back the schedule of both languages."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if unschedule(page=self.object, user=request.user):
            messages.success(request, _("No longer scheduled, in both languages."))
        return redirect(self.get_next_url())
