"""What one writes under an idea, and how comments are read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from home.languages import active_language
from participation.ideas.kinds import COMMENT_SIGNS, ReportReason
from participation.ideas.screens.chartered import CharteredForm
from participation.models import IdeaBoardPage

OLDEST, NEWEST, REPLIED = "oldest", "newest", "replied"


class CommentForm(CharteredForm):
    """A comment, or a reply to one (`parent`)."""

    text = forms.CharField(
        label=_("Your comment"),
        widget=forms.Textarea({"rows": 4, "maxlength": COMMENT_SIGNS}),
        strip=True,
        error_messages={"required": _("Write something first.")},
    )
    language = forms.ChoiceField(label=_("You write in"), choices=settings.LANGUAGES)
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    field_order = ["text", "language", "author_name", "accepts_charter", "parent"]

    def __init__(self, page: IdeaBoardPage, user: Any, data: Any = None, *, parent: int | None = None) -> None:
        prefix = f"reply-{parent}" if parent else "comment"
        initial = {"language": active_language(), "parent": parent}
        super().__init__(page, user, data, initial=initial, auto_id=f"{prefix}-%s")
        self.parent_key = parent
        if parent:
            self.fields["text"].label = _("Your reply")


class EditCommentForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        widget=forms.Textarea({"rows": 6, "maxlength": COMMENT_SIGNS}),
        error_messages={"required": _("Write something first.")},
    )


class CommentsForm(forms.Form):
    """How comments are sorted, and which of them are shown."""

    comments = forms.ChoiceField(
        label=_("Order"),
        choices=[(OLDEST, _("oldest first")), (NEWEST, _("newest first")), (REPLIED, _("most replies first"))],
        required=False,
    )
    page = forms.IntegerField(required=False, min_value=1)
    reply = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def order(self) -> str:
        return str(self.cleaned_data.get("comments") or OLDEST)

    @property
    def number(self) -> int:
        return int(self.cleaned_data.get("page") or 1)

    @property
    def replies_to(self) -> int | None:
        """The comment that the reader wants to reply to."""
        return self.cleaned_data.get("reply")


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    word = forms.CharField(
        label=_("Anything we should know"),
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3, "maxlength": 600}),
        help_text=_("Only the commune’s staff read this. The author isn’t told who reported."),
    )
