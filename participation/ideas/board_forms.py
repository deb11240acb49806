"""The editor's form of an idea board: its dates and settings judged together, before anything is saved."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.page_forms import DepartmentPageForm
from participation.ideas.kinds import BoardAccess
from participation.surveys.kinds import WITH_CHOICES

ACCESS = ("idea_access", "support_access", "comment_access")


class BoardQuestionForm(WagtailAdminModelForm):
    """A new question comes without a key and is given one; a choice needs something to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data.get("key") or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        offered = [option for option in cleaned.get("options") or () if not option.value.get("is_retired")]
        if cleaned.get("kind") in WITH_CHOICES and len(offered) < 2 and "options" in self.fields:
            self.add_error("options", _("Give at least two choices: with fewer there is nothing to choose."))
        return cleaned


class IdeaBoardPageForm(DepartmentPageForm):
    """What can't be so is refused at the field where it is put right."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for what in ("ideas", "supports", "comments"):
            opens, closes = cleaned.get(f"{what}_from"), cleaned.get(f"{what}_until")
            if opens and closes and closes <= opens:
                self.add_error(f"{what}_until", _("It closes before it opens. Choose a later moment."))
        is_for_some = any(cleaned.get(name) == BoardAccess.VERIFIED_THERE for name in ACCESS)
        if is_for_some and not cleaned.get("neighbourhoods") and "neighbourhoods" in self.fields:
            self.add_error("neighbourhoods", _("Tick the neighbourhoods whose residents may take part."))
        return cleaned
