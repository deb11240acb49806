"""What a reader may ask."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
    page = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def words(self) -> str:
        """The words to look for: without signs that mean something to a search engine, and "" when none is left."""
        typed = self.cleaned_data.get("q") or ""
        words = UNSEARCHABLE.sub(" ", typed)
        return " ".join(word for word in words.split() if any(sign.isalnum() for sign in word))

    @property
    def page_number(self) -> int:
        return self.cleaned_data.get("page") or 1
