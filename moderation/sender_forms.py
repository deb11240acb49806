"""The form behind a personal link."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import Neighbourhood
from moderation.plain_text import one_line, plain
from moderation.received_texts import TITLE_SIGNS, ReceivedFile, ReceivedText, received_file
from neighbourhood_news.kinds import Kind

TEXT_SIGNS = 6000


class PlainField(forms.CharField):
    """Words without signs that nobody sees; on one line unless it has a text area."""

    def to_python(self, value: Any) -> str:
        clean = plain if isinstance(self.widget, forms.Textarea) else one_line
        return super().to_python(clean(value or "")) or ""


class ReceivedFileField(forms.FileField):
    """A picture or a PDF file; what isn't one is named in its error."""

    def __init__(self) -> None:
        kinds = ",".join(f".{kind}" for kind in [*settings.WAGTAILIMAGES_EXTENSIONS, "pdf"])
        super().__init__(
            label=_("Picture or PDF file"),
            required=False,
            allow_empty_file=False,
            widget=forms.FileInput(attrs={"accept": kinds}),
        )

    def clean(self, data: Any, initial: Any = None) -> ReceivedFile | None:
        upload = super().clean(data, initial)
        return received_file(upload) if upload else None


class ProposalForm(forms.Form):
    """What a sender writes. Only a title and a text are asked for: the desk completes the rest."""

    number = forms.UUIDField(widget=forms.HiddenInput)
    title = PlainField(label=_("Title"), max_length=TITLE_SIGNS)
    text = PlainField(
        label=_("Your text"),
        max_length=TEXT_SIGNS,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Say first what changes for residents, where and when. A blank line begins a new paragraph."),
    )
    neighbourhoods = forms.ModelMultipleChoiceField(
        Neighbourhood.objects.drawn(),
        label=_("For which neighbourhoods?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None means the whole commune."),
    )
    kind = forms.ChoiceField(
        label=_("Kind of message"), choices=lambda: [("", _("The desk chooses")), *Kind.choices], required=False
    )
    wanted_on = forms.DateField(
        label=_("When should it appear?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        help_text=_("Leave it empty for as soon as possible. The desk does what it can, and decides."),
    )
    contact = PlainField(
        label=_("Contact for residents"),
        max_length=160,
        required=False,
        help_text=_("Name, telephone or e-mail address: it is published with the text."),
    )
    word = PlainField(
        label=_("A word to the desk"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is not published."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].initial = uuid.uuid4
        for position in range(1, settings.RECEIVED_FILES + 1):
            self.fields[f"file_{position}"] = ReceivedFileField()
            self.fields[f"description_{position}"] = PlainField(
                label=_("What the picture shows"),
                max_length=250,
                required=False,
                help_text=_("In one sentence, for those who can't see it. Not needed for a PDF file."),
            )

    @property
    def file_rows(self) -> list[tuple[Any, Any]]:
        """The fields of each file and its description, side by side."""
        numbers = range(1, settings.RECEIVED_FILES + 1)
        return [(self[f"file_{number}"], self[f"description_{number}"]) for number in numbers]

    @property
    def asks_for_files_again(self) -> bool:
        """Whether files came with what is shown again: no browser keeps them."""
        return bool(self.errors and any(self.files.values()))

    def clean_wanted_on(self) -> date | None:
        day: date | None = self.cleaned_data["wanted_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over. Choose today or a later day, or leave it empty."), code="past")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, settings.RECEIVED_FILES + 1):
            file, description = cleaned.get(f"file_{number}"), cleaned.get(f"description_{number}")
            if file and file.is_picture and not description and f"description_{number}" not in self.errors:
                self.add_error(
                    f"description_{number}", _("Say in one sentence what “%(name)s” shows.") % {"name": file.title}
                )
        return cleaned

    def received(self) -> ReceivedText:
        data = self.cleaned_data
        return ReceivedText(
            title=data["title"],
            text=data["text"],
            original=f"{data['title']}\n\n{data['text']}",
            kind=data["kind"],
            neighbourhoods=data["neighbourhoods"],
            contact=data["contact"],
            wanted_on=data["wanted_on"],
            word=data["word"],
            files=self._files(),
        )

    def _files(self) -> list[ReceivedFile]:
        numbers = range(1, settings.RECEIVED_FILES + 1)
        files = ((self.cleaned_data[f"file_{n}"], self.cleaned_data[f"description_{n}"]) for n in numbers)
        return [file.described(description) for file, description in files if file]


class ReferenceForm(forms.Form):
    """The reference in the address of the page that follows."""

    reference = forms.RegexField(r"^[0-9A-F]{8}$", required=False)
