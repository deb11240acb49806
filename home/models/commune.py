"""Settings of the commune: what every page says of it."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField, StreamField

from home.colours import validate_readable_on_white
from home.commune_blocks import HoursExceptionBlock, NetworkBlock, OpeningHoursBlock
from home.languages import in_active_language
from home.models.bilingual import side_by_side
from home.opening_hours import Day, opening_days

FOOTER_FEATURES = ["bold", "italic", "link", "ul"]


@register_setting(icon="home")
class CommuneSettings(BaseGenericSetting):
    """Names, look, address and opening hours, in one row that every page reads once."""

    select_related = ["logo"]

    name_fr = models.CharField(_("in French"), max_length=60, default="Commune")
    name_nl = models.CharField(_("in Dutch"), max_length=60, default="Gemeente")
    claim_fr = models.CharField(_("in French"), max_length=90, blank=True)
    claim_nl = models.CharField(_("in Dutch"), max_length=90, blank=True)
    logo = models.ForeignKey(
        "home.PortalImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    colour = models.CharField(
        _("main colour"),
        max_length=7,
        default="#12493f",
        validators=[validate_readable_on_white],
        help_text=_("Dark enough to carry white text: checked when you save."),
    )
    accent = models.CharField(
        _("second colour"),
        max_length=7,
        default="#b3440f",
        validators=[validate_readable_on_white],
        help_text=_("For what should stand out; as dark as the first."),
    )
    address_fr = models.TextField(_("in French"), blank=True)
    address_nl = models.TextField(_("in Dutch"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    opening_hours = StreamField(
        [("hours", OpeningHoursBlock())], verbose_name=_("opening hours"), blank=True, use_json_field=True
    )
    hours_exceptions = StreamField(
        [("exception", HoursExceptionBlock())], verbose_name=_("exceptions"), blank=True, use_json_field=True
    )
    networks = StreamField([("network", NetworkBlock())], verbose_name=_("networks"), blank=True, use_json_field=True)
    footer_fr = RichTextField(_("in French"), features=FOOTER_FEATURES, blank=True)
    footer_nl = RichTextField(_("in Dutch"), features=FOOTER_FEATURES, blank=True)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    side_by_side("name", _("Name of the commune")),
                    side_by_side("claim", _("Line under the name")),
                    FieldPanel("logo"),
                    MultiFieldPanel(
                        [FieldRowPanel([FieldPanel("colour"), FieldPanel("accent")])], heading=_("Colours")
                    ),
                ],
                heading=_("Name and look"),
            ),
            ObjectList(
                [
                    side_by_side("address", _("Address of the town hall")),
                    FieldRowPanel([FieldPanel("telephone"), FieldPanel("email")]),
                    FieldPanel("opening_hours"),
                    FieldPanel("hours_exceptions"),
                ],
                heading=_("Address and opening hours"),
            ),
            ObjectList([FieldPanel("networks"), side_by_side("footer", _("Text of the footer"))], heading=_("Footer")),
        ]
    )

    class Meta:
        verbose_name = _("the commune")

    def __str__(self) -> str:
        return self.both_names

    @property
    def name(self) -> str:
        return in_active_language(self, "name")

    @property
    def both_names(self) -> str:
        return " / ".join(dict.fromkeys([self.name_fr, self.name_nl]))

    @property
    def claim(self) -> str:
        return in_active_language(self, "claim")

    @property
    def address(self) -> str:
        return in_active_language(self, "address")

    @property
    def footer(self) -> str:
        return in_active_language(self, "footer")

    @cached_property
    def theme_url(self) -> str:
        """The address of the style sheet with the commune's colours; it changes with them, so browsers may keep it."""
        version = hashlib.sha256(f"1 {self.colour} {self.accent}".encode()).hexdigest()[:8]
        return reverse("theme", args=[version])

    def days(self, *, start: date, count: int = 7) -> list[Day]:
        """Return the hours of `count` days from `start`, exceptions applied."""
        hours: list[Any] = [block.value for block in self.opening_hours]
        exceptions: list[Any] = [block.value for block in self.hours_exceptions]
        return opening_days(hours, exceptions, dates=[start + timedelta(days=n) for n in range(count)])

    def is_open(self, *, now: datetime) -> bool:
        """Whether the counters are open at the local time `now`."""
        return self.days(start=now.date(), count=1)[0].is_open(at=now.time())
