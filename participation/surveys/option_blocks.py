"""What a question offers: choices, and the rows of a matrix. The id of a block is the identity of its option."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class ChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("text"), max_length=200)
    picture = ImageChooserBlock(label=_("picture"), required=False)
    is_right = blocks.BooleanBlock(label=_("right answer"), required=False, help_text=_("In a quiz."))
    is_retired = blocks.BooleanBlock(
        label=_("no longer offered"), required=False, help_text=_("Answers that were given stay in the results.")
    )

    class Meta:
        icon = "check"
        label = _("Choice")
        description = _("One of the answers that can be chosen, with a picture where the question is of that kind.")
        preview_value = {"text": "À pied", "picture": None, "is_right": False, "is_retired": False}


class RowBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("text"), max_length=200)
    is_retired = blocks.BooleanBlock(
        label=_("no longer asked"), required=False, help_text=_("Answers that were given stay in the results.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Line of a matrix")
        description = _("One of the things that are each given a point on the same scale.")
        preview_value = {"text": "La propreté", "is_retired": False}


class OptionsBlock(blocks.StreamBlock):
    choice = ChoiceBlock()
    row = RowBlock()

    class Meta:
        required = False
