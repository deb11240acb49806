"""From which survey to copy, and which of its questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.languages import active_language
from home.permissions import SPEAK_FOR_ANY, department_ids_of
from participation.models import SurveyPage
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.ready_made import ready_made

READY = "ready:"


def surveys_to_copy(page: SurveyPage, user: Any) -> list[SurveyPage]:
    """Return the surveys, in the language of `page`, whose questions `user` may see: what is published, and their own."""
    others = SurveyPage.objects.filter(locale=page.locale_id).exclude(translation_key=page.translation_key)
    found = others.select_related("locale").order_by("-latest_revision_created_at")
    if user.has_perm(SPEAK_FOR_ANY):
        return list(found)
    mine = department_ids_of(user)
    return [each for each in found if each.live or each.department_id in mine]


class SourceForm(forms.Form):
    """Which survey: a ready-made one, or another of the commune's."""

    source = forms.ChoiceField(label=_("Copy questions from"))

    def __init__(self, *args: Any, page: SurveyPage, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = active_language()
        self.pages = {str(each.pk): each for each in surveys_to_copy(page, user)}
        made = [(f"{READY}{name}", each.definition.title.in_language(code)) for name, each in ready_made().items()]
        others = [(pk, each.get_admin_display_title()) for pk, each in self.pages.items()]
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a survey")),
            (_("Ready-made"), made),
            (_("Surveys of the commune"), others),
        ]


class QuestionsForm(forms.Form):
    """Which of its questions; all of them unless one takes a tick away."""

    questions = forms.MultipleChoiceField(
        label=_("Questions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one question to copy.")},
    )

    def __init__(self, *args: Any, definition: SurveyDefinition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = active_language()
        choices = [(each.key, each.text.in_language(code)) for each in definition.asked]
        self.fields["questions"].choices = choices  # type: ignore[attr-defined]
        self.fields["questions"].initial = [key for key, _text in choices]
