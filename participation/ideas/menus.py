"""Where the ideas' screens stand in the admin's menu."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from participation.ideas.permissions import can_answer_some, can_type_in


class AnswersMenuItem(MenuItem):
    """Shown to those who answer ideas, or whose department does."""

    def is_shown(self, request: Any) -> bool:
        return can_answer_some(request.user)


class CounterMenuItem(MenuItem):
    """Shown to those who write ideas down for others."""

    def is_shown(self, request: Any) -> bool:
        return can_type_in(request.user)


def answers_item() -> MenuItem:
    return AnswersMenuItem(_("Ideas to answer"), reverse("idea_answers"), name="ideas", icon_name="comment", order=60)


def counter_item() -> MenuItem:
    return CounterMenuItem(
        _("Ideas at the counter"), reverse("idea_counter"), name="ideas-counter", icon_name="edit", order=123
    )
