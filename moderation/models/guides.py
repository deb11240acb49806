"""The rules of the game: what an audience is told while it writes."""

from __future__ import annotations

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.rich_text import expand_db_html

from home.languages import in_active_language
from home.models.bilingual import side_by_side

GUIDE_RICH_TEXT = ["h3", "bold", "ol", "ul", "link", "document-link"]


class Guide(models.Model):
    """Which messages belong, who may post, tone and length, as one audience is told; kept by the desk."""

    class Audience(models.TextChoices):
        DEPARTMENT = "department", _("department editors")
        DESK = "desk", _("communications desk")
        SENDER = "sender", _("senders without an account")

    audience = models.CharField(
        _("written for"),
        max_length=20,
        choices=Audience.choices,
        unique=True,
        error_messages={"unique": _("These readers have their rules of the game already.")},
    )
    title_fr = models.CharField(_("in French"), max_length=120)
    title_nl = models.CharField(_("in Dutch"), max_length=120)
    text_fr = RichTextField(_("in French"), features=GUIDE_RICH_TEXT)
    text_nl = RichTextField(_("in Dutch"), features=GUIDE_RICH_TEXT)

    panels = [
        FieldPanel("audience", read_only=True),
        side_by_side("title", _("Title")),
        MultiFieldPanel([FieldPanel("text_fr"), FieldPanel("text_nl")], heading=_("Rules")),
    ]

    class Meta:
        verbose_name = _("rules of the game")
        verbose_name_plural = _("rules of the game")
        ordering = ["audience"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience__in=["department", "desk", "sender"]),
                name="moderation_guide_has_a_known_audience",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_active_language(self, "title")

    @property
    def text(self) -> SafeString:
        """The rules as HTML in the reader's language, links to pages included."""
        return SafeString(expand_db_html(in_active_language(self, "text")))
