"""A form of something that is written on a board: signed with a name, and after the board's charter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.ideas.screens.names import NamedForm
from participation.ideas.writing import accept_charter, has_to_accept_charter
from participation.models import IdeaBoardPage


class CharteredForm(NamedForm):
    """Before somebody's first contribution the charter is shown, and has to be agreed to."""

    accepts_charter = forms.BooleanField(
        label=_("I have read how we talk here, and agree"),
        error_messages={"required": _("Read how we talk here, and say that you agree; then go on.")},
    )

    def __init__(self, page: IdeaBoardPage, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.page = page
        self.shows_charter = has_to_accept_charter(page, user)
        if not self.shows_charter:
            self.fields.pop("accepts_charter")

    def keep_agreement(self, *, now: datetime) -> None:
        """Note that the charter was agreed to in this form; nothing where it wasn't asked."""
        if self.shows_charter and self.cleaned_data.get("accepts_charter"):
            accept_charter(board_key=self.page.board_key, user=self.user, now=now)
