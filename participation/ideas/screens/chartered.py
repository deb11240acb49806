"""A form of something that is done on a board, after the board's charter; and one of what is signed with a name as well."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.ideas.screens.names import NamedForm
from participation.ideas.writing import accept_charter, has_to_accept_charter
from participation.models import IdeaBoardPage


class AgreementForm(forms.Form):
    """Before somebody's first contribution the charter is shown, and has to be agreed to."""

    accepts_charter = forms.BooleanField(
        label=_("I have read how we talk here, and agree"),
        error_messages={"required": _("Read how we talk here, and say that you agree; then go on.")},
    )

    def ask_agreement(self, page: IdeaBoardPage, user: Any) -> None:
        """Ask for it where this person has not agreed yet; called once the form has its fields."""
        self.page, self.user = page, user
        self.shows_charter = has_to_accept_charter(page, user)
        if not self.shows_charter:
            self.fields.pop("accepts_charter")

    def keep_agreement(self, *, now: datetime) -> None:
        """Note that the charter was agreed to in this form; nothing where it wasn't asked."""
        if self.shows_charter and self.cleaned_data.get("accepts_charter"):
            accept_charter(board_key=self.page.board_key, user=self.user, now=now)


class CharteredForm(AgreementForm, NamedForm):
    """Something that others read."""

    def __init__(self, page: IdeaBoardPage, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.ask_agreement(page, user)
