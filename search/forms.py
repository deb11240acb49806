"""What a reader may ask."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home import finding

UNSEARCHABLE = re.compile(r"[^\w\s'’.@-]|_", re.UNICODE)


class WordsField(forms.CharField):
    """A NUL, which a database would refuse, parts words as any other sign does."""

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\x00", " ")) or ""


class SearchForm(forms.Form):
    """Anything may be typed; what remains is words."""

    q = WordsField(
        label=_("Search the site"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    kind = forms.ChoiceField(required=False)
    page = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(source.name, source.label) for source in finding.sources()]
        self.is_valid()

    @property
    def words(self) -> str:
        """The words to look for: without signs that mean something to a search engine, and "" when none is left."""
        typed = self.cleaned_data.get("q") or ""
        words = UNSEARCHABLE.sub(" ", typed)
        return " ".join(word for word in words.split() if any(sign.isalnum() for sign in word))

    @property
    def source(self) -> finding.Source | None:
        """Of which kind of thing the reader wants to see all; None for pages, with a few of each other kind."""
        name = self.cleaned_data.get("kind")
        return next((source for source in finding.sources() if source.name == name), None)

    @property
    def page_number(self) -> int:
        return self.cleaned_data.get("page") or 1
