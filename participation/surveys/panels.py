"""The editor's panels of a survey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import InlinePanel, Panel

from participation.surveys.changes import frozen_fields
from participation.surveys.kinds import (
    BLOCK_OF_KIND,
    DECIDING,
    FIELDS_OF_KIND,
    MEASURED,
    NO_OPINION,
    OTHER,
    YES_NO_WORDS,
    Kind,
)
from participation.surveys.question_forms import SurveyQuestionForm


class SurveyStatePanel(Panel):
    """Above the questions: what can be done with them now, and from the first answer on what can't."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "participation/admin/survey_state.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            page = self.instance
            kept = page.pk is not None
            is_answered = kept and page.kept_definition() is not None
            return {
                **super().get_context_data(parent_context),
                "answers": page.answer_count if kept else 0,
                "is_answered": is_answered,
                "breaks": page.breaks() if is_answered else [],
                "is_kept": kept,
                # Of a new page the number comes with Wagtail's first save; the script puts it in the place of the 0.
                "copy_url": reverse("participation_copy_questions", args=[page.pk or 0]),
                "mend_url": reverse("participation_mend_draft", args=[page.pk or 0]),
                "try_url": reverse("participation_try_survey", args=[page.pk or 0]),
            }


class QuestionsPanel(InlinePanel):
    """The questions below the page. Wagtail reads a `base_form_class` of the page only, so their form is named here."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = SurveyQuestionForm
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "participation/admin/questions_panel.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            fixed = frozen_fields(self.instance)
            return {
                **super().get_context_data(parent_context),
                "builder": {
                    "fields": {kind: sorted(names) for kind, names in FIELDS_OF_KIND.items()},
                    "blocks": {kind.value: BLOCK_OF_KIND.get(kind, "") for kind in Kind},
                    "deciding": sorted(DECIDING),
                    "measured": sorted(MEASURED),
                    "picture": Kind.PICTURE.value,
                    "yesNo": Kind.YES_NO.value,
                    "scale": Kind.SCALE.value,
                    "number": Kind.NUMBER.value,
                    "answered": sorted(fixed.questions),
                    "answeredOptions": sorted(fixed.options),
                    "words": _words(self.instance),
                },
            }


def _words(page: Any) -> dict[str, Any]:
    """What the script says, in the editor's language; yes and no in that of the page."""
    at = 1 if page.locale_id and page.locale.language_code == "nl" else 0
    return {
        "always": _("to everybody"),
        "shown": _("Shown"),
        "sectionShown": _("The section is shown"),
        "question": _("Question"),
        "if": _("to who answered “%s”"),
        "operator": _("How"),
        "values": _("Answers"),
        "bound": _("Bound"),
        "is": _("with one of these:"),
        "is_not": _("with none of these:"),
        "answered": _("with anything"),
        "at_least": _("with at least"),
        "at_most": _("with at most"),
        OTHER: _("“other”, with text"),
        NO_OPINION: _("“no opinion”"),
        "gone": _("a question that is not above this one any more"),
        "none": _("No question above this one can decide: it needs choices, a scale or a number."),
        "fixed": _("has answers"),
        "retired": _("no longer asked"),
        **{value: words[at] for value, words in YES_NO_WORDS.items()},
    }
