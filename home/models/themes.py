"""Themes: the tags that the desk keeps, with a name in both languages."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase
from wagtail.admin.panels import FieldPanel

from home.languages import in_active_language
from home.models.bilingual import side_by_side


class Theme(TagBase):
    """A tag that exists once for both languages. Editors choose from the list; they don't add to it by typing."""

    free_tagging = False

    name_fr = models.CharField(_("name in French"), max_length=60, unique=True)
    name_nl = models.CharField(_("name in Dutch"), max_length=60, unique=True)

    panels = [side_by_side("name", _("Name")), FieldPanel("slug")]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name_fr"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Taggit's own `name` is what an editor types to find it, so it holds both, as far as there is room."""
        self.name = f"{self.name_fr} / {self.name_nl}"[: self._meta.get_field("name").max_length]
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        return in_active_language(self, "name")
