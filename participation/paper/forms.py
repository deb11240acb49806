"""The clerk's forms: one sheet of paper, a new batch, and a spreadsheet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from home.languages import active_language
from home.models import Neighbourhood
from participation.paper.codes import Box, boxes_of, legend, read_typed
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import LONG_TEXT_SIGNS
from participation.surveys.places import placed
from participation.surveys.storing import Answer

LARGEST_FILE = 2 * 1024 * 1024
NOT_ON_PAPER = frozenset({"lon", "lat"})  # paper asks for an address


@dataclass(frozen=True)
class Asked:
    """One question on the screen: its codes, and the fields of its boxes."""

    number: str
    question: QuestionDefinition
    text: str
    codes: list[tuple[str, str]]
    fields: list[Any]


class SheetForm(forms.Form):
    """One sheet of paper. Its fields are named as the columns of a spreadsheet are (`paper.codes`)."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the form"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    identity = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, definition: SurveyDefinition, **kwargs: Any) -> None:
        kwargs["initial"] = {"identity": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.definition = definition
        with override(self._language_of_the_sheet()):
            self.boxes = boxes_of(definition)
        for box in self.boxes:
            if box.part not in NOT_ON_PAPER:
                self.fields[box.name] = _field(box)
        if definition.terms.keeps_place:
            places = [("", _("not told")), *((place.pk, place.name) for place in Neighbourhood.objects.drawn())]
            self.fields["place"] = forms.ChoiceField(label=_("Neighbourhood"), choices=places, required=False)
            self.order_fields(["language", "place"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        typed = read_typed(self.definition, {box.name: cleaned.get(box.name, "") for box in self.boxes})
        for name, messages in typed.errors.items():
            self.add_error(name if name in self.fields else None, messages)
        self.answers = typed.reading.answers
        return cleaned

    def answer(self) -> Answer:
        place = int(self.cleaned_data.get("place") or 0)
        answers = placed(self.definition, self.answers)
        return Answer(answers, self.cleaned_data["language"], place, self.definition.digest)

    def typed(self) -> dict[str, Any]:
        """Return what was typed, to show it again for correction."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value not in ("", None)}

    @cached_property
    def asked(self) -> list[Asked]:
        numbers = {question.key: str(at) for at, question in enumerate(self.definition.questions, 1)}
        code, found = self._language_of_the_sheet(), []
        for question in self.definition.asked:
            boxes = [box for box in self.boxes if box.question.key == question.key and box.name in self.fields]
            with override(code):
                codes = legend(question)
            text = question.text.in_language(code)
            found.append(Asked(numbers[question.key], question, text, codes, [self[box.name] for box in boxes]))
        return found

    def _language_of_the_sheet(self) -> str:
        """Questions and choices read as on the sheet: in the language that was chosen, or that of the sheet before."""
        code = str(self.data.get("language") or self.initial.get("language") or "")
        return code if code in dict(settings.LANGUAGES) else active_language()


def _field(box: Box) -> forms.Field:
    """Boxes are plain: what is wrong with an answer is said in words of its question, not of a widget."""
    if box.part == "near":
        places = [("", _("by its address")), *((place.pk, place.name) for place in Neighbourhood.objects.drawn())]
        return forms.ChoiceField(label=box.label, choices=places, required=False)
    attrs = {"autocomplete": "off", "data-box": ""}
    widget = forms.Textarea({**attrs, "rows": 3}) if box.is_long else forms.TextInput(attrs)
    if not box.is_text:
        widget.attrs["inputmode"] = "decimal" if box.part in {"lon", "lat"} else "text"
        widget.attrs["class"] = "paper__code"
    return forms.CharField(
        label=box.label or _("Answer"), required=False, widget=widget, max_length=LONG_TEXT_SIGNS * 2, strip=True
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("CSV or XLSX, with the columns of the example; at most 2 MB and 2,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 2 MB. Divide it and import the parts."))
        return file
