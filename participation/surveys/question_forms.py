"""The part of a survey's form that is one question."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from participation.surveys.definitions import Condition

FIXED_BY_ANSWERS = _("Answers have fixed this: it stays as it is. What else you typed is kept below.")


class ConditionInput(forms.Textarea):
    """A condition as JSON; in the editor a script lets one choose a question above, and answers to it, by their words."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, "data-survey-condition": "", **(attrs or {})})


FIXED = _("Fixed since people have answered.")


class FreezingMixin:
    """Fields that answers have fixed: shown, and not to be changed.

    A browser does not send them; whoever sends another value is told at the field, and what is kept stays.
    """

    frozen: frozenset[str] = frozenset()

    def freeze(self: Any, names: Iterable[str]) -> None:
        self.frozen = frozenset(names) & self.fields.keys()
        for name in self.frozen:
            self.fields[name].disabled = True
            self.fields[name].help_text = f"{self.fields[name].help_text} {FIXED}".strip()

    def refuse_what_is_frozen(self: Any) -> None:
        for name in self.frozen:
            if self._is_sent_otherwise(name):
                self.add_error(name, FIXED_BY_ANSWERS)

    def _is_sent_otherwise(self: Any, name: str) -> bool:
        if self.add_prefix(name) not in self.data:
            return False
        field = self.fields[name]
        field.disabled = False  # Django compares nothing that is disabled
        try:
            return bool(self[name]._has_changed())
        finally:
            field.disabled = True


class SurveyQuestionForm(FreezingMixin, WagtailAdminModelForm):
    """A new question comes without a key and is given one; a condition is one, or an error of its field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.refuse_what_is_frozen()
        return cleaned

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data.get("key") or uuid.uuid4()

    def clean_shows_when(self) -> Any:
        return self._condition("shows_when")

    def clean_section_shows_when(self) -> Any:
        return self._condition("section_shows_when")

    def _condition(self, name: str) -> Any:
        value = self.cleaned_data.get(name)
        try:
            condition = Condition.from_json(value)
        except ValueError as error:
            raise forms.ValidationError(
                _("This isn't a condition. Choose a question, and the answers to it.")
            ) from error
        return condition.to_json() if condition else None
