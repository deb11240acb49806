"""People and organisations without an account, who may send a text in the name of a department."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel

from home.models import Department


def hash_of(secret: str) -> str:
    """Return what is stored of a link's secret. It has 256 random bits, so that a slow hash would add nothing."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


class SenderQuerySet(models.QuerySet["Sender"]):
    def active(self) -> SenderQuerySet:
        return self.filter(is_active=True)

    def holding(self, secret: str) -> SenderQuerySet:
        """Those whose personal link has this secret. It is looked up by its hash: nothing is compared sign by sign."""
        return self.filter(link_hash=hash_of(secret))

    def writing_from(self, email: str) -> SenderQuerySet:
        return self.filter(email__iexact=email)


class Sender(models.Model):
    """The police, a water company, a colleague of a department: their texts become drafts of that department."""

    class Language(models.TextChoices):
        FRENCH = "fr", _("French")
        DUTCH = "nl", _("Dutch")

    name = models.CharField(_("name"), max_length=120, help_text=_("Of the person or the organisation."))
    email = models.EmailField(
        _("e-mail address"), help_text=_("A mail from this address to the department's own becomes a draft too.")
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        related_name="senders",
        help_text=_("In whose name the drafts stand."),
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        help_text=_("Of their link, and of the texts that they send by mail."),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switched off, neither their link nor their mails are taken.")
    )

    link_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - none has no hash
    link_made_at = models.DateTimeField(_("link made"), null=True, editable=False)
    link_made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("link made by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_used_at = models.DateTimeField(_("link last used"), null=True, editable=False)

    objects = SenderQuerySet.as_manager()

    panels = [
        HelpPanel(
            content=_("What they send is a draft in the queue. It is never published before the desk has approved it."),
        ),
        FieldRowPanel([FieldPanel("name"), FieldPanel("email")]),
        FieldRowPanel([FieldPanel("department"), FieldPanel("language")]),
        FieldPanel("is_active"),
    ]

    class Meta:
        verbose_name = _("sender")
        verbose_name_plural = _("senders")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "department",
                name="moderation_sender_stands_once_with_each_department",
                violation_error_message=_("This department has a sender with this e-mail address already."),
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["fr", "nl"]), name="moderation_sender_language_is_one_of_two"
            ),
            models.CheckConstraint(
                condition=models.Q(link_hash__isnull=True, link_made_at__isnull=True)
                | models.Q(link_hash__isnull=False, link_made_at__isnull=False),
                name="moderation_sender_link_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_link(self) -> bool:
        return self.link_hash is not None

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip()

    def lock(self) -> Any:
        """Hold the row until the transaction ends, so that one sender's texts are counted one after the other."""
        return Sender.objects.select_for_update().get(pk=self.pk)
