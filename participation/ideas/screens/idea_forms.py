"""The form of an idea. What is needed is judged by `writing.check_complete`, so that a draft may be kept at any time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.filter_fields import PlainSelect
from home.forms import WholePictureField
from home.languages import active_language
from home.models import Neighbourhood, Theme
from participation.ideas.answers import questions_of
from participation.ideas.kinds import TEXT_SIGNS, TITLE_SIGNS, Asked
from participation.ideas.screens.chartered import CharteredForm
from participation.ideas.screens.drawing import degrees_of
from participation.ideas.screens.photos import keep_photo
from participation.ideas.screens.question_fields import QuestionField, fields_of, read_answers
from participation.ideas.writing import WRITTEN
from participation.models import Idea, IdeaBoardPage

ASKED_BY = {
    "theme_is": ("theme",),
    "neighbourhood_is": ("neighbourhood",),
    "place_is": ("place", "longitude", "latitude"),
    "photo_is": ("photo", "photo_says", "removes_photo"),
}
PLAIN = ("title", "text", "language", "theme", "neighbourhood", "place", "longitude", "latitude", "photo_says")
# Where an error of something that isn't typed itself is shown
SHOWN_AT = {"longitude": "place", "latitude": "place"}
FOR_LATER = frozenset({"author_name", "accepts_charter"})


class ThemeField(forms.ModelChoiceField):
    widget = PlainSelect

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, "label", None) or obj.name)


class IdeaFields(forms.Form):
    """Everything that a board asks of an idea, whoever writes it down."""

    title = forms.CharField(
        label=gettext_lazy("Your idea in one line"),
        required=False,
        max_length=TITLE_SIGNS,
        widget=forms.TextInput({"maxlength": TITLE_SIGNS, "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Your idea in a few sentences"),
        help_text=gettext_lazy("What would change, where, and for whom? An empty line begins a new paragraph."),
        required=False,
        max_length=TEXT_SIGNS,
        widget=forms.Textarea({"rows": 9, "maxlength": TEXT_SIGNS}),
    )
    language = forms.ChoiceField(label=gettext_lazy("You write in"), choices=settings.LANGUAGES, required=False)
    theme = ThemeField(Theme.objects.all(), label=gettext_lazy("Theme"), required=False, empty_label="–")
    neighbourhood = ThemeField(
        Neighbourhood.objects.drawn(),
        label=gettext_lazy("Neighbourhood"),
        help_text=gettext_lazy("Where the idea is about; supports from there are counted apart, too."),
        required=False,
        empty_label=gettext_lazy("The whole commune"),
    )
    place = forms.CharField(
        label=gettext_lazy("Where exactly"),
        help_text=gettext_lazy("A street, a square, a crossing; point it out on the map as well, if you like."),
        required=False,
        max_length=120,
    )
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, min_value=-85, max_value=85, widget=forms.HiddenInput)
    photo = WholePictureField(label=gettext_lazy("Photo"), required=False, widget=forms.FileInput)
    photo_says = forms.CharField(
        label=gettext_lazy("What the photo shows"),
        help_text=gettext_lazy("In one sentence, for who can’t see it."),
        required=False,
        max_length=200,
    )
    removes_photo = forms.BooleanField(label=gettext_lazy("Take the photo away"), required=False)
    is_thanked_by_name = forms.BooleanField(
        label=gettext_lazy("If it comes true, the commune may thank me by my name"), required=False
    )

    def ask_idea(self, page: IdeaBoardPage, data: Any, idea: Idea | None = None) -> None:
        """Keep the fields that the board asks for, and read its own questions; called once the form has its fields."""
        self.page, self.idea = page, idea
        self.questions = questions_of(page)
        self.answers, self.question_errors = read_answers(self.questions, data) if data is not None else ({}, {})
        for setting, names in ASKED_BY.items():
            for name in names if getattr(page, setting) == Asked.NO else ():
                self.fields.pop(name)
        if not (idea and idea.photo):
            self.fields.pop("removes_photo", None)

    @property
    def asked(self) -> list[QuestionField]:
        """The board's own questions, with what was typed."""
        kept = self.idea.answers if self.idea else {}
        data: Any = self.data if self.is_bound else None
        return fields_of(self.questions, kept, active_language(), data=data, errors=self.question_errors)

    @property
    def asked_wrongly(self) -> list[QuestionField]:
        return [field for field in self.asked if field.error]

    def required_names(self) -> set[str]:
        """Return what the board needs, to be marked so."""
        needed = {"title", "text"}
        for setting, names in ASKED_BY.items():
            if getattr(self.page, setting) == Asked.REQUIRED:
                needed.add(names[0])
        return needed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (cleaned.get("longitude") is None) != (cleaned.get("latitude") is None):
            cleaned["longitude"] = cleaned["latitude"] = None
        if self.page.place_is == Asked.REQUIRED and cleaned.get("longitude") is None:
            self._stand_in_the_middle(cleaned)
        cleaned["language"] = cleaned.get("language") or active_language()
        return cleaned

    def _stand_in_the_middle(self, cleaned: dict[str, Any]) -> None:
        """Who can't point on the map, and says the place in words, has the idea stand in the neighbourhood's middle."""
        place = cleaned.get("neighbourhood")
        if place is not None and place.outline_label and cleaned.get("place"):
            cleaned["longitude"], cleaned["latitude"] = degrees_of(*place.outline_label)

    def values(self) -> dict[str, Any]:
        """Return what can be kept, whether or not the rest is right; a new photo is stored."""
        self.is_valid()
        found = {name: self.cleaned_data[name] for name in WRITTEN if name in self.cleaned_data and name != "photo"}
        found["answers"] = self.answers
        found.setdefault("language", active_language())
        if self.cleaned_data.get("photo"):
            found["photo"] = keep_photo(self.cleaned_data["photo"], title=found.get("photo_says") or "")
        elif self.cleaned_data.get("removes_photo"):
            found |= {"photo": None, "photo_says": ""}
        return found

    def problems_beyond_what_lacks(self) -> bool:
        """Whether something that was typed can't be kept; what lacks only matters once the idea is sent."""
        return bool(set(self.errors) - FOR_LATER or self.question_errors)

    def add_problems(self, error: ValidationError) -> None:
        """Show, field by field, what `writing.check_complete` found."""
        for name, found in error.message_dict.items():
            field = SHOWN_AT.get(name, name)
            if name.startswith("question-"):
                self.question_errors.setdefault(name.removeprefix("question-"), " ".join(found))
            elif name == "title":
                self.add_error("title", _("Give your idea a title.") if not self.cleaned_data.get("title") else found)
            elif not self.has_error(field):
                self.add_error(field if field in self.fields else None, found)


class IdeaForm(IdeaFields, CharteredForm):
    """What its author writes, signs, and agrees to."""

    def __init__(
        self, page: IdeaBoardPage, user: Any, data: Any = None, files: Any = None, *, idea: Idea | None = None
    ) -> None:
        names = (*PLAIN, "is_thanked_by_name")
        initial = {name: getattr(idea, name) for name in names} if idea else {"language": active_language()}
        super().__init__(page, user, data, files, initial=initial)
        self.ask_idea(page, data, idea)
