"""The officers' forms: which texts to read, what becomes of each, and the tags."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.accents import written_in
from home.filter_fields import OneOfField
from participation.models import AnswerTag, SurveyPage, WrittenAnswer
from participation.results.actions import Decision

PER_PAGE = 20
STATES = WrittenAnswer.State


class ScreeningFilter(forms.Form):
    """Which texts one works on; those that wait, unless told."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["state"] = OneOfField(list(STATES.choices), label=gettext_lazy("State"))
        self.order_fields(["state", "q"])
        self.is_valid()

    def page_of(self, texts: QuerySet[WrittenAnswer]) -> PaginatorPage:
        state, words = self.cleaned_data.get("state"), self.cleaned_data.get("q") or ""
        texts = texts.filter(state=state) if state else texts
        texts = texts.filter(written_in("text", words))
        return Paginator(texts.order_by("question", "pk"), PER_PAGE).get_page(self.cleaned_data.get("page") or 1)


def decisions_from(data: Any) -> dict[UUID, Decision]:
    """Read what was chosen for each text of a page; what can't be read is no decision."""
    found = {}
    for name in data:
        prefix, _dash, key = name.partition("-")
        if prefix != "state" or data[name] not in STATES.values:
            continue
        try:
            tags = frozenset(int(tag) for tag in data.getlist(f"tags-{key}") if tag.isdecimal() and len(tag) < 10)
            found[UUID(key)] = Decision(data[name], tags)
        except ValueError:
            continue
    return found


class TagForm(forms.ModelForm):
    """A tag has a name in each language: results are read in both."""

    class Meta:
        model = AnswerTag
        fields = ("name_fr", "name_nl")

    def __init__(self, *args: Any, page: SurveyPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["name_nl"].required = True

    def clean_name_fr(self) -> str:
        name: str = self.cleaned_data["name_fr"]
        if AnswerTag.objects.filter(survey=self.page.survey_key, name_fr=name).exists():
            raise ValidationError(_("This survey has a tag of that name already."))
        return name
