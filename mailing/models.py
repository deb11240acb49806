"""The outbox: a row for each mail and each recipient."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from home.addresses import host
from home.languages import LANGUAGE_CODES
from mailing.kinds import kind_label
from mailing.querysets import OutgoingMailQuerySet

FORGOTTEN = {"to": "", "subject": "–", "text": "", "html": "", "unsubscribe_url": ""}


class Status(models.TextChoices):
    """`UNCERTAIN` begins when a mail is handed over, and ends with the server's answer (docs/decisions/0005)."""

    DUE = "due", _("due")
    SENDING = "sending", _("being sent")
    UNCERTAIN = "uncertain", _("uncertain")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    GIVEN_UP = "given_up", _("given up")


class Rank(models.IntegerChoices):
    """Which mails leave first: a code that somebody waits for doesn't stand in line behind 20,000 digests."""

    AWAITED = 0, _("awaited")
    SOON = 1, _("soon")
    BULK = 2, _("one of many")


class OutgoingMail(models.Model):
    """A mail to one person, as it will be read. `key` says which one it is, so that it is queued once."""

    key = models.CharField(_("key"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    to = models.EmailField(_("to"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    unsubscribe_url = models.URLField(
        blank=True,
        max_length=300,
        help_text=_("Where one click of the mailbox provider ends these mails (RFC 8058)."),
    )
    rank = models.PositiveSmallIntegerField(
        choices=Rank.choices, default=Rank.AWAITED, help_text=_("Mails of a lower rank leave first.")
    )
    private = models.BooleanField(
        default=False, help_text=_("Its words are for the recipient alone: no screen shows them, such as a code.")
    )

    forgets_recipient = models.BooleanField(
        default=False, help_text=_("Its address and words are removed once no further attempt is made.")
    )

    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.DUE)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    error = models.CharField(_("what went wrong"), max_length=100, blank=True)
    taken_by = models.UUIDField(null=True, blank=True, editable=False)
    taken_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-due_at", "-pk"]
        default_permissions = ["view"]
        permissions = [("decide_outgoingmail", _("Can send a mail again or give it up"))]
        indexes = [
            models.Index(
                fields=["rank", "next_attempt_at", "id"],
                name="mailing_next",
                condition=Q(status__in=["due", "sending"]),
            ),
            models.Index(fields=["status", "-due_at"], name="mailing_by_state"),
            models.Index(Lower("to"), name="mailing_by_recipient"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(language__in=LANGUAGE_CODES), name="mailing_language_is_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="mailing_state_is_known"),
            models.CheckConstraint(condition=Q(rank__in=Rank.values), name="mailing_rank_is_known"),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at=None)),
                name="mailing_what_is_sent_says_when",
            ),
            models.CheckConstraint(
                condition=Q(status="uncertain")
                | Q(status="sending", taken_by__isnull=False, taken_until__isnull=False)
                | (~Q(status="sending") & Q(taken_by=None, taken_until=None)),
                name="mailing_what_is_being_sent_is_taken_until_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def kind_label(self) -> str:
        return kind_label(self.kind)

    @property
    def message_id(self) -> str:
        """The same at each attempt, so that a mail server may recognise one that it has already (RFC 5322, 3.6.4).

        Its trace can't be guessed: who names it had the mail. So a bounce that names it is believed (mailing.bounces).
        """
        stamp = f"{self.pk}.{self.created_at:%Y%m%d%H%M%S%f}"
        return f"<{stamp}.{salted_hmac('mailing.message_id', stamp).hexdigest()[:20]}@{host()}>"


class Bounce(models.Model):
    """A mail that came back: what the recipient's server said of it afterwards (RFC 3464), read by a command.

    One for each mail: the last word counts. Only the code is kept, for the words can name the recipient.
    """

    mail = models.OneToOneField(
        OutgoingMail, verbose_name=_("mail"), on_delete=models.CASCADE, related_name="bounce", primary_key=True
    )
    is_final = models.BooleanField(_("for good"))
    code = models.CharField(_("code"), max_length=20, blank=True)
    came_back_at = models.DateTimeField(_("came back"), default=timezone.now)

    class Meta:
        verbose_name = _("mail that came back")
        verbose_name_plural = _("mails that came back")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.mail_id}: {self.code}"
