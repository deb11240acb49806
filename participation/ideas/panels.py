"""The editor's panels of an idea board."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import InlinePanel

from participation.ideas.board_forms import BoardQuestionForm


class BoardQuestionsPanel(InlinePanel):
    """The questions below the board. Wagtail reads a `base_form_class` of the page only, so their form is named here."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = BoardQuestionForm
        return options
