"""Pictures and documents, with what a reader needs in both languages."""

from __future__ import annotations

from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from home.languages import active_language

filter_of = lru_cache(maxsize=64)(Filter)  # "fill-640x427|format-webp", read


class PortalImage(AbstractImage):
    """A picture. What it shows is told in both languages; left empty in both, it is decoration."""

    alt_fr = models.CharField(_("what it shows, in French"), max_length=250, blank=True)
    alt_nl = models.CharField(_("what it shows, in Dutch"), max_length=250, blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "alt_fr",
        "alt_nl",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_rendition(self, filter: Filter | str) -> AbstractRendition:  # noqa: A002 - Wagtail's name
        """As Wagtail does, without what it does anew for each picture of a list.

        It would read the words of the filter again, and write what is there to a cache that the portal leaves out.
        """
        wanted = filter_of(filter if isinstance(filter, str) else filter.spec)
        try:
            return self.find_existing_rendition(wanted)
        except self.get_rendition_model().DoesNotExist:
            return super().get_rendition(wanted)

    @property
    def default_alt_text(self) -> str:
        """The alternative text in the reader's language (WCAG 1.1.1); a text in the other one would be worse than none."""
        alt: str = getattr(self, f"alt_{active_language()}")
        return alt


class PortalRendition(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="home_rendition_is_made_once"
            )
        ]


class PortalDocument(AbstractDocument):
    """A file to download, in the language of its own."""

    class Language(models.TextChoices):
        FRENCH = "fr", _("French")
        DUTCH = "nl", _("Dutch")
        BOTH = "", _("both")

    language = models.CharField(_("language"), max_length=2, choices=Language.choices, blank=True, default="")

    admin_form_fields = ("title", "file", "language", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
