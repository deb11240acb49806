"""What things with a name in both languages share."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.languages import in_active_language


class BilingualName(models.Model):
    """A thing with a French and a Dutch name; where only one is known, it serves both languages."""

    name_fr = models.CharField(_("name in French"), max_length=120)
    name_nl = models.CharField(_("name in Dutch"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_active_language(self, "name")


def side_by_side(field: str, heading: str | Promise, **options: object) -> MultiFieldPanel:
    """Return a panel that edits `field_fr` and `field_nl` next to each other."""
    return MultiFieldPanel(
        [FieldRowPanel([FieldPanel(f"{field}_fr", **options), FieldPanel(f"{field}_nl", **options)])],
        heading=heading,
    )
