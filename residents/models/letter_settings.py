"""What the commune's letters to residents look like, and to which addresses they go."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.languages import in_active_language
from home.models import CommuneSettings
from home.models.bilingual import side_by_side


@register_setting(icon="mail")
class LetterSettings(BaseGenericSetting):
    """One row, read when a letter is asked for or printed."""

    class Window(models.TextChoices):
        RIGHT = "right", _("on the right (most Belgian envelopes)")
        LEFT = "left", _("on the left")

    postcodes = models.CharField(
        _("postcodes of the commune"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^\s*[1-9][0-9]{3}(\s+[1-9][0-9]{3})*\s*$", _("Four digits each, with spaces."))],
        help_text=_("With a space between them. A letter to another postcode can’t be asked for."),
    )
    town_fr = models.CharField(_("in French"), max_length=80, blank=True)
    town_nl = models.CharField(_("in Dutch"), max_length=80, blank=True)
    window = models.CharField(
        _("window of the envelope"),
        max_length=5,
        choices=Window.choices,
        default=Window.RIGHT,
        help_text=_("For envelopes DL and C5/6 with a window, the sheet folded in three."),
    )
    signed_fr = models.CharField(_("in French"), max_length=80, default="Le service Population")
    signed_nl = models.CharField(_("in Dutch"), max_length=80, default="De dienst Bevolking")

    panels = [
        FieldPanel("postcodes"),
        side_by_side("town", _("Town in the address; the commune’s name when left empty")),
        FieldPanel("window"),
        side_by_side("signed", _("Who signs")),
    ]

    class Meta:
        verbose_name = _("letters to residents")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def known_postcodes(self) -> list[str]:
        return self.postcodes.split()

    @property
    def town(self) -> str:
        return in_active_language(self, "town") or CommuneSettings.load().name

    @property
    def signed(self) -> str:
        return in_active_language(self, "signed")
