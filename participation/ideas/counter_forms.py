"""The clerk's form of one idea, told at the counter or written on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.ideas.kinds import Way
from participation.ideas.screens.idea_forms import IdeaFields
from participation.ideas.screens.names import display_name_of
from participation.models import Idea, IdeaBoardPage
from residents.display_names import LONGEST, clean_display_name
from residents.models import User
from residents.verifying.counter import find_account
from residents.verifying.permissions import can_verify

FIRST = ("way", "who", "author_name", "language", "title", "text")


class CounterForm(IdeaFields):
    """Everything that the board asks, and whose idea it is. Only who verifies residents may name an account."""

    way = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[(Way.COUNTER.value, Way.COUNTER.label), (Way.PAPER.value, Way.PAPER.label)],
        widget=forms.RadioSelect,
    )
    who = forms.CharField(
        label=gettext_lazy("Account of the person"),
        help_text=gettext_lazy(
            "Their e-mail address, or the number on their page: the idea is theirs, and they hear what comes of it. Left "
            "empty, it stands in nobody’s account."
        ),
        required=False,
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True}),
    )
    author_name = forms.CharField(
        label=gettext_lazy("Name, as everybody reads it"),
        help_text=gettext_lazy("A first name or a pen name is fine. With an account, left empty: the name it has."),
        required=False,
        max_length=LONGEST * 2,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, page: IdeaBoardPage, clerk: User, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.author: User | None = None
        self.ask_idea(page, data)
        self.fields["language"].label = _("Language")
        self.fields["title"].label = _("Title")
        self.fields["text"].label = _("Text")
        self.fields["is_thanked_by_name"].label = _("If it comes true, the person agrees to be thanked by name")
        if "place" in self.fields:
            self.fields["place"].help_text = ""  # there is no map to point on
        self.order_fields(FIRST)
        if not can_verify(clerk):
            self.fields.pop("who")

    def clean_who(self) -> str:
        words: str = self.cleaned_data["who"]
        self.author = find_account(words) if words else None
        if words and self.author is None:
            raise ValidationError(
                _("No account has this address or number. Check it with the resident, letter for letter.")
            )
        return words

    def clean_author_name(self) -> str:
        name: str = self.cleaned_data["author_name"]
        return clean_display_name(name) if name else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("author_name") and not self.has_error("author_name"):
            cleaned["author_name"] = display_name_of(self.author) if self.author else ""
            if not cleaned["author_name"] and not self.has_error("who"):
                self.add_error("author_name", _("Write the name under which everybody reads it."))
        same = Idea.objects.on_board(self.page.board_key).sent()
        if cleaned.get("title") and same.filter(title=cleaned["title"], text=cleaned.get("text", "")).exists():
            self.add_error("title", _("This idea stands on the board already."))
        return cleaned
