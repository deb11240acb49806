"""What participation adds to the admin's menu."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from participation.results.permissions import can_enter_paper, can_look_at_surveys


class PaperMenuItem(MenuItem):
    """Shown to who types in answers from paper."""

    def is_shown(self, request: Any) -> bool:
        return can_enter_paper(request.user)


class ResultsMenuItem(MenuItem):
    """Shown to who may see results before everybody, or screens what was written."""

    def is_shown(self, request: Any) -> bool:
        return can_look_at_surveys(request.user)


def paper_item() -> MenuItem:
    return PaperMenuItem(_("Answers on paper"), reverse("paper_surveys"), name="paper", icon_name="form", order=122)


def results_item() -> MenuItem:
    return ResultsMenuItem(_("Results"), reverse("survey_results"), name="survey-results", icon_name="table", order=123)
