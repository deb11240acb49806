"""Blocks that every page's body is made of."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.segments import StringSegmentValue

from home.taking_part import TakePartBlock

RICH_TEXT = ["h3", "bold", "italic", "link", "document-link", "ol", "ul"]
PLAIN_RICH_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul"]


class PictureBlock(blocks.StructBlock):
    """A picture; what it shows is told once, with the picture itself, in both languages."""

    picture = ImageChooserBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with a caption. The picture itself carries its description in both languages.")
        template = "home/blocks/picture.html"
        preview_value = {"picture": None, "caption": "La place, un jour de marché"}


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quotation"), max_length=500)
    attribution = blocks.CharBlock(label=_("who said it"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("What somebody said, word for word, with their name.")
        template = "home/blocks/quote.html"
        preview_value = {"text": "Je connais enfin mes voisins de palier.", "attribution": "Une habitante du Canal"}


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("question or title"), max_length=160)
    text = blocks.RichTextBlock(label=_("text"), features=PLAIN_RICH_TEXT)

    class Meta:
        icon = "help"
        label = _("Item")


class AccordionBlock(blocks.StructBlock):
    """Items that open one by one; they work without JavaScript."""

    items = blocks.ListBlock(AccordionItemBlock(), label=_("items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        description = _("Questions and answers, or details that not everyone needs: readers open what concerns them.")
        template = "home/blocks/accordion.html"
        preview_value = {
            "items": [
                {"title": "Faut-il prendre rendez-vous ?", "text": "<p>Non, sauf le samedi.</p>"},
                {"title": "Que faut-il apporter ?", "text": "<p>Votre carte d'identité.</p>"},
            ]
        }


class AddressBlock(blocks.CharBlock):
    """A web, mail or telephone address: the same in both languages, so localize finds nothing in it to translate."""

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        return []

    def restore_translated_segments(self, value: Any, segments: list[StringSegmentValue]) -> Any:
        return value


def _scheme(url: str) -> str:
    """Return what an address begins with; "" for one that can't be read."""
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""


class CallToActionBlock(blocks.StructBlock):
    """One thing to do next: a page of the site, or an address elsewhere."""

    title = blocks.CharBlock(label=_("title"), max_length=100, required=False)
    text = blocks.TextBlock(label=_("text"), max_length=300, required=False)
    label = blocks.CharBlock(label=_("what the button says"), max_length=60)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = AddressBlock(
        label=_("or an address"), required=False, help_text=_("https://…, mailto:… or tel:…"), max_length=300
    )

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        description = _("One thing that the reader can do next, with a button.")
        template = "home/blocks/call_to_action.html"
        preview_value = {
            "title": "Une place libre dans votre rue ?",
            "text": "Dites-nous où planter le prochain arbre.",
            "label": "Proposer un endroit",
            "page": None,
            "url": "mailto:info@auneval.example",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        url = cleaned.get("url") or ""
        errors = {}
        if url and _scheme(url) not in {"http", "https", "mailto", "tel"}:
            errors["url"] = ValidationError(_("Begin the address with https://, mailto: or tel:."))
        if not url and not cleaned.get("page"):
            errors["page"] = ValidationError(_("Choose a page, or write an address."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = value.get("page")
        context["address"] = page.localized.url if page else value.get("url")
        return context


class DocumentsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=100, required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("document")), label=_("documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("Files to download, with their size and language.")
        template = "home/blocks/documents.html"
        preview_template = "home/blocks/documents_preview.html"


class ContactBlock(blocks.StructBlock):
    """The card of a department, always as it stands in the list of departments."""

    department = SnippetChooserBlock("home.Department", label=_("department"))

    class Meta:
        icon = "group"
        label = _("Contact card")
        description = _("Name, telephone and e-mail address of a department, kept up to date in one place.")
        template = "home/blocks/contact.html"
        preview_template = "home/blocks/contact_preview.html"


class TranslatableTableBlock(TableBlock):
    """A table whose caption and cells are translated one by one.

    Wagtail-localize doesn't look into tables by itself; it calls these two methods of a block that has them.
    """

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        if not value:
            return []
        segments = []
        if value.get("table_caption"):
            segments.append(StringSegmentValue("caption", value["table_caption"]))
        for row, cells in enumerate(value.get("data", [])):
            for column, text in enumerate(cells):
                if text:
                    segments.append(StringSegmentValue(f"{row}-{column}", str(text)))
        return segments

    def restore_translated_segments(self, value: Any, segments: list[StringSegmentValue]) -> Any:
        restored = {**value, "data": [list(cells) for cells in value.get("data", [])]}
        for segment in segments:
            if segment.path == "caption":
                restored["table_caption"] = segment.render_text()
            else:
                row, column = (int(part) for part in segment.path.split("-"))
                restored["data"][row][column] = segment.render_text()
        return restored

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Figures or hours in rows and columns. Give it a caption: screen readers announce it.")
        template = "home/blocks/table.html"
        preview_value = {
            "table_caption": "Collectes",
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "data": [["Quartier", "Jour"], ["Centre", "Mardi"], ["Canal", "Jeudi"]],
        }


YOUTUBE_ID = re.compile(r"[\w-]{6,20}")


def video_player(url: str) -> str:
    """Return the address of the player for a film's page on YouTube or Vimeo, or "" for any other address."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").removeprefix("www."), parts.path.strip("/")
    if host in {"youtube.com", "m.youtube.com", "youtu.be"}:
        identifier = path if host == "youtu.be" else parse_qs(parts.query).get("v", [""])[0]
        return f"https://www.youtube-nocookie.com/embed/{identifier}" if YOUTUBE_ID.fullmatch(identifier) else ""
    if host in {"vimeo.com", "player.vimeo.com"}:
        identifier = path.split("/")[-1]
        return f"https://player.vimeo.com/video/{identifier}?dnt=1" if identifier.isdigit() else ""
    return ""


class VideoBlock(blocks.StructBlock):
    """A film by its link. Nothing is asked of the other site before the reader says so."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    url = blocks.URLBlock(label=_("address of the film"), help_text=_("On YouTube, Vimeo, or any other site."))
    description = blocks.TextBlock(
        label=_("what one sees and hears"),
        required=False,
        max_length=600,
        help_text=_("For those who can't see or hear it (WCAG 1.2)."),
    )

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A link to a film. The reader decides whether the other site is asked for it.")
        template = "home/blocks/video.html"
        preview_value = {
            "title": "Le canal au fil des saisons",
            "url": "https://vimeo.com/76979871",
            "description": "Promenade le long du canal, sans paroles.",
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["player"] = video_player(value.get("url") or "")
        context["host"] = (urlsplit(value.get("url") or "").hostname or "").removeprefix("www.")
        return context


class OpeningHoursTableBlock(blocks.StaticBlock):
    """The commune's opening hours of the coming week, as they stand in its settings."""

    class Meta:
        icon = "time"
        label = _("Opening hours")
        admin_text = _("Shows the opening hours of the coming week from the commune's settings, exceptions included.")
        description = _("The counters' hours of the coming week, exceptions included, kept up to date in one place.")
        template = "home/blocks/opening_hours.html"
        preview_value = None

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["today"] = timezone.localdate()
        return context


class BodyBlock(blocks.StreamBlock):
    """What the body of any page may hold."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        icon="title",
        max_length=120,
        template="home/blocks/heading.html",
        description=_("Divides a long text. Smaller headings stand in the text itself."),
        preview_value="Ce qui change dans votre rue",
    )
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=RICH_TEXT,
        template="home/blocks/text.html",
        description=_("Paragraphs, lists, links and small headings."),
        preview_value="<p>Les travaux commencent <b>lundi</b> et durent deux semaines.</p>",
    )
    picture = PictureBlock()
    quote = QuoteBlock()
    accordion = AccordionBlock()
    call_to_action = CallToActionBlock()
    documents = DocumentsBlock()
    contact = ContactBlock()
    table = TranslatableTableBlock()
    video = VideoBlock()
    opening_hours = OpeningHoursTableBlock()
    take_part = TakePartBlock()

    class Meta:
        required = False
