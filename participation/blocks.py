"""Blocks of a consultation's own: the points of its outcome, and what it refers to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import PLAIN_RICH_TEXT, AddressBlock


class BasisBlock(blocks.StructBlock):
    """What a decision rests on: the result of one question, an idea, minutes of a meeting."""

    label = blocks.CharBlock(label=_("what it is"), max_length=120)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    address = AddressBlock(
        label=_("place on that page, or an address"),
        required=False,
        max_length=300,
        help_text=_(
            "#question-3: results of a survey’s question. #idee-3: an idea of a board. https://… leads elsewhere."
        ),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        template = "participation/blocks/basis.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        page, address = cleaned.get("page"), cleaned.get("address") or ""
        if page and address and not address.startswith("#"):
            raise _refused("address", _("Begin the place on the page with #, or leave the page out."))
        if not page and not address.startswith(("https://", "http://")):
            raise _refused("page", _("Choose a page, or write an address that begins with https://."))
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page, address = value.get("page"), value.get("address") or ""
        page = page.localized if page else None
        if page is None:
            context["url"] = address
        else:
            context["url"] = page.specific.address_within(address) if page.live and page.url else ""
        return context


def _refused(field: str, words: Any) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError(block_errors={field: ValidationError(words)})


POINT: dict[str, Any] = {
    "decision": "Le préau de l’ancienne école reste ouvert le soir.",
    "text": "<p>C’est ce que demandaient la plupart des réponses.</p>",
    "decided_by": "Le Collège",
    "decided_on": None,
    "next_step": "Les travaux commencent au printemps.",
    "rests_on": [],
}


class PointBlock(blocks.StructBlock):
    """One point of the outcome: what was decided, by whom, when, what comes of it, and which answers it rests on."""

    decision = blocks.CharBlock(label=_("what was decided"), max_length=200)
    text = blocks.RichTextBlock(label=_("why, and what was done with the answers"), features=PLAIN_RICH_TEXT)
    decided_by = blocks.CharBlock(label=_("who decided"), max_length=120)
    decided_on = blocks.DateBlock(label=_("when"))
    next_step = blocks.TextBlock(label=_("what happens next"), max_length=400, required=False)
    rests_on = blocks.ListBlock(BasisBlock(), label=_("the answers it rests on"), default=[])

    class Meta:
        icon = "check"
        label = _("Decision")
        description = _("What was decided, by whom and when, what happens next, and the answers it rests on.")
        template = "participation/blocks/point.html"
        preview_value = POINT


class OutcomeBlock(blocks.StreamBlock):
    """What became of a consultation, point by point."""

    point = PointBlock()

    class Meta:
        required = False


class RelatedBlock(blocks.StreamBlock):
    """Messages and pages that tell more; readers find each in their language, as far as they may read it."""

    page = blocks.PageChooserBlock(label=_("Message or page"), icon="doc-full-inverse")

    class Meta:
        required = False
