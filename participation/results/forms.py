"""The readers' filters of results: every parameter passes here, so that none can break a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from home.accents import written_in
from home.filter_fields import OneOfField, SlugChoiceField
from home.languages import active_language
from home.models import Neighbourhood
from participation.models import AnswerTag, Survey, WrittenAnswer
from participation.surveys.definitions import SurveyDefinition

PER_PAGE = 30


class ResultsForm(forms.Form):
    neighbourhood = SlugChoiceField(Neighbourhood.objects.drawn(), label=_("Neighbourhood"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def place(self) -> Neighbourhood | None:
        found: Neighbourhood | None = self.cleaned_data.get("neighbourhood")
        return found


class TextsForm(forms.Form):
    """Which written answers one wants to read. Questions are known by their number, as the page of results has it."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, survey: Survey, definition: SurveyDefinition, written: set[str]) -> None:
        super().__init__(data)
        self.keys = {str(at): each.key for at, each in enumerate(definition.questions, 1)}
        code = active_language()
        texts = {each.key: each.text.in_language(code) for each in definition.questions}
        questions = [(number, f"{number}. {texts[key]}") for number, key in self.keys.items() if key in written]
        tags = [(str(tag.pk), tag.name) for tag in AnswerTag.objects.filter(survey=survey)]
        self.fields["question"] = OneOfField(questions, label=_("Question"))
        if tags:
            self.fields["tag"] = OneOfField(tags, label=_("Tag"))
        self.fields["language"] = OneOfField(list(settings.LANGUAGES), label=_("Language"))
        self.order_fields(["question", "tag", "language", "q"])
        self.is_valid()

    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value and name != "page"}

    def filtered(self, texts: QuerySet[WrittenAnswer]) -> QuerySet[WrittenAnswer]:
        chosen = self.chosen()
        if "question" in chosen:
            texts = texts.filter(question=self.keys[chosen["question"]])
        if "tag" in chosen:
            texts = texts.filter(tags=chosen["tag"])
        if "language" in chosen:
            texts = texts.filter(language=chosen["language"])
        return texts.filter(written_in("text", chosen.get("q", "")))

    def page_of(self, texts: QuerySet[WrittenAnswer]) -> PaginatorPage:
        found = self.filtered(texts).order_by("language", "pk").prefetch_related("tags")
        return Paginator(found, PER_PAGE).get_page(self.cleaned_data.get("page") or 1)

    def query(self) -> str:
        return urlencode(self.chosen())
