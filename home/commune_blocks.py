"""Blocks of the commune's settings: its hours, the days that differ, its networks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


class OpeningHoursBlock(blocks.StructBlock):
    """From when to when the counters are open on one day of the week."""

    weekday = blocks.ChoiceBlock(choices=WEEKDAYS, label=_("day"))
    opens = blocks.TimeBlock(label=_("from"))
    closes = blocks.TimeBlock(label=_("until"))

    class Meta:
        icon = "time"
        label = _("Hours")
        form_classname = "struct-block portal-row"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["closes"] <= cleaned["opens"]:
            raise blocks.StructBlockValidationError(
                block_errors={"closes": ValidationError(_("The counters close after they open."))}
            )
        return cleaned


class HoursExceptionBlock(blocks.StructBlock):
    """A day that differs from the usual week: without hours, it is closed."""

    date = blocks.DateBlock(label=_("day"))
    opens = blocks.TimeBlock(label=_("from"), required=False, help_text=_("Leave both empty when closed."))
    closes = blocks.TimeBlock(label=_("until"), required=False)
    reason_fr = blocks.CharBlock(label=_("reason, in French"), max_length=80)
    reason_nl = blocks.CharBlock(label=_("reason, in Dutch"), max_length=80)

    class Meta:
        icon = "date"
        label = _("Exception")
        form_classname = "struct-block portal-row"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if bool(opens) != bool(closes) or (opens and closes <= opens):
            raise blocks.StructBlockValidationError(
                block_errors={"closes": ValidationError(_("Give both hours, the later one last, or neither."))}
            )
        return cleaned


class NetworkBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"), max_length=40)
    url = blocks.URLBlock(label=_("address"))

    class Meta:
        icon = "link"
        label = _("Network")
