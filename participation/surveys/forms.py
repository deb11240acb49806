"""The editor's form of a survey: its questions judged together, before anything is saved."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext_lazy as _

from home.languages import active_language
from home.page_forms import DepartmentPageForm
from participation.surveys.building import TERMS, definition_from
from participation.surveys.changes import Frozen, frozen_fields, refusals
from participation.surveys.question_forms import FreezingMixin
from participation.surveys.soundness import problems
from participation.surveys.terms import Access


class SurveyPageForm(FreezingMixin, DepartmentPageForm):
    """One's own departments only; what breaks answers is refused, and what nobody could answer once it is proposed."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_with_keys_of_their_own(data), *args, **kwargs)
        self.fixed = frozen_fields(self.instance) if self.instance.pk else Frozen()
        self.freeze(self.fixed.page)
        for form in self.formsets["questions"].forms if "questions" in self.formsets else ():
            if str(form.instance.key) in self.fixed.questions:
                form.freeze(self.fixed.fields_of(str(form.instance.key)))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.refuse_what_is_frozen()
        self._check_dates_and_names(cleaned)
        formset = self.formsets.get("questions")
        if formset is not None and formset.is_valid():
            self._check_questions(cleaned, self._kept_forms(formset))
        return cleaned

    def _check_dates_and_names(self, cleaned: dict[str, Any]) -> None:
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It closes before it opens. Choose a later moment."))
        if cleaned.get("is_open_about_who_answered") and cleaned.get("access") == Access.ANYONE:
            self.add_error("access", _("A survey that is not anonymous needs people who are signed in."))
        if cleaned.get("access") == Access.VERIFIED_THERE and not cleaned.get("neighbourhoods"):
            self.add_error("neighbourhoods", _("Tick the neighbourhoods whose residents may answer."))

    def _kept_forms(self, formset: Any) -> list[Any]:
        """The questions that stay, in their order."""
        kept = [each for each in formset.forms if each.cleaned_data and not each.cleaned_data.get("DELETE")]
        return sorted(kept, key=lambda each: each.cleaned_data.get("ORDER") or len(kept))

    def _check_questions(self, cleaned: dict[str, Any], kept: list[Any]) -> None:
        by_key = {str(form.instance.key): form for form in kept}
        settings = {name: cleaned.get(name, getattr(self.instance, name)) for name in (*TERMS, "is_quiz", "title")}
        settings["neighbourhoods"] = cleaned.get("neighbourhoods", ())
        code = self.instance.locale.language_code if self.instance.locale_id else active_language()
        new = definition_from({code: (SimpleNamespace(**settings), [form.instance for form in kept])})
        before = self.instance.kept_definition() if self.instance.pk else None
        for refusal in refusals(before, new) if before else ():
            self._tell(by_key.get(refusal.question), refusal.field, refusal.message)
        if not self.is_deferred_validation:
            for key, message in problems(new):
                self._tell(by_key.get(key), None, message)

    def _tell(self, question: Any, field: str | None, message: str) -> None:
        """Put an error where it can be put right: in the question's own form, else on the page's."""
        if question is not None:
            question.add_error(field if field in question.fields else None, message)
            self.add_error(None, f"{question.instance.text}: {message}")
        else:
            self.add_error(field if field in self.fields else None, message)


def _with_keys_of_their_own(data: Any) -> Any:
    """Return what was sent, without the keys that stand in it twice: a copied question is given one of its own."""
    names = [name for name in data or () if re.fullmatch(r"questions-[0-9]+-key", name)]
    taken: set[str] = set()
    for name in sorted(names, key=lambda each: int(each.split("-")[1])):
        key = str(data[name])
        if key in taken:
            data = data.copy()
            data[name] = ""
        taken.add(key)
    return data
