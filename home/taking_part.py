"""A block by which any text invites readers to take part: a small registry says which pages that may be.

A feature registers its pages in `ready()`, and shows them in `templates/home/blocks/take_part.html`.
"""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

_registered: list[type[Page]] = []


def register(*models: type[Page]) -> None:
    """Let texts hold cards of pages of these types."""
    _registered.extend(model for model in models if model not in _registered)


class TakePartBlock(blocks.PageChooserBlock):
    """A consultation, a survey…: its card, with what one can do today."""

    @cached_property
    def target_models(self) -> list[type[Page]]:
        return list(_registered)

    @cached_property
    def target_model(self) -> type[Page]:
        """Any page, however many types are registered: the template finds out which one it is."""
        return Page

    class Meta:
        icon = "comment"
        label = _("Take part")
        description = _("A consultation or a survey: its card, with what one can do today, kept up to date by itself.")
        template = "home/blocks/take_part.html"
        preview_template = "home/blocks/take_part_preview.html"
