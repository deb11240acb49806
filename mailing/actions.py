"""What is done with mails: one function per verb. Handing them to the mail server is `mailing.delivery`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mailing.models import FORGOTTEN, OutgoingMail, Status
from mailing.permissions import can_decide_over_mails
from mailing.querysets import OutgoingMailQuerySet
from mailing.rendering import render

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser


def queue_mail(
    *,
    key: str,
    kind: str,
    to: str,
    language: str,
    template: str,
    context: dict[str, Any],
    user: Any = None,
    due_at: datetime | None = None,
    private: bool = False,
    unsubscribe_url: str = "",
    forgets_recipient: bool = False,
) -> OutgoingMail:
    """Put a mail to one person in the outbox, in the caller's transaction: what is rolled back sends nothing.

    `key` names the mail and its recipient ("approved:12:5"); one that was queued before is returned as it is.
    `template` is a path without its ending (`mailing.rendering`). `private` is for what no colleague may read, a code
    for one: no screen shows it, and its words go once it is sent. `unsubscribe_url` is where one click ends mails of
    this sort (RFC 8058). `forgets_recipient` lets the address of a last mail go too, however it ends.
    """
    if queued := OutgoingMail.objects.filter(key=key).first():
        return queued
    due, parts = due_at or timezone.now(), render(template, language=language, context={"user": user, **context})
    mail, _created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "to": to,
            "user": user,
            "language": language,
            **vars(parts),
            "private": private or forgets_recipient,
            "forgets_recipient": forgets_recipient,
            "unsubscribe_url": unsubscribe_url,
            "due_at": due,
            "next_attempt_at": due,
        },
    )
    return mail


def queue_rendered(mails: Iterable[OutgoingMail]) -> list[OutgoingMail]:
    """Put many mails in the outbox that were rendered already, in the caller's transaction.

    Raises IntegrityError when one was queued before: who sends many keeps a ledger of their own.
    """
    return OutgoingMail.objects.bulk_create(mails)


def withdraw(*, unsubscribe_url: str = "", key_prefix: str = "") -> int:
    """Give up mails that nobody wants any more and that have not left; return how many. No person decides over these."""
    waiting = OutgoingMail.objects.filter(status=Status.DUE)
    waiting = waiting.filter(unsubscribe_url=unsubscribe_url) if unsubscribe_url else waiting
    waiting = waiting.filter(key__startswith=key_prefix) if key_prefix else waiting
    return waiting.update(status=Status.GIVEN_UP) if unsubscribe_url or key_prefix else 0


@transaction.atomic
def send_again(*, mail: OutgoingMail, user: AbstractUser | AnonymousUser, now: datetime | None = None) -> None:
    """Put a mail that failed, was given up, or is uncertain, back among those that are due."""
    now = now or timezone.now()
    _decide(mail, user, now, Status.FAILED, Status.GIVEN_UP, Status.UNCERTAIN, to=Status.DUE)
    OutgoingMail.objects.filter(pk=mail.pk).update(due_at=now, next_attempt_at=now, attempts=0, error="")


@transaction.atomic
def give_up(*, mail: OutgoingMail, user: AbstractUser | AnonymousUser, now: datetime | None = None) -> None:
    """Stop trying; of an uncertain mail it says that somebody looked into it."""
    _decide(mail, user, now or timezone.now(), Status.DUE, Status.FAILED, Status.UNCERTAIN, to=Status.GIVEN_UP)
    OutgoingMail.objects.filter(pk=mail.pk, forgets_recipient=True).update(**FORGOTTEN)


def _decide(mail: OutgoingMail, user: AbstractUser | AnonymousUser, now: datetime, *states: Status, to: Status) -> None:
    """Change a mail's state in one UPDATE, so that of a person and a worker at the same moment one comes first."""
    if not can_decide_over_mails(user):
        raise PermissionDenied
    free = OutgoingMail.objects.filter(Q(taken_until=None) | Q(taken_until__lte=now), pk=mail.pk, status__in=states)
    free = free.exclude(to="")  # whoever it was for is forgotten
    if not free.update(status=to, taken_by=None, taken_until=None):
        raise ValidationError(_("This mail is not in that state any more. This is how it stands now."))


@transaction.atomic
def forget_person(*, mails: OutgoingMailQuerySet) -> None:
    """Take a person out of the mails to them: what is due is given up, in a worker's hands too; that there was one stays.

    A worker that holds one finds it taken over before it hands anything to the server (mailing.delivery).
    """
    unfinished = [Status.DUE, Status.SENDING, Status.UNCERTAIN]
    for pk in mails.select_for_update().values_list("pk", flat=True):
        mail = OutgoingMail.objects.filter(pk=pk)
        mail.filter(status__in=unfinished).update(status=Status.GIVEN_UP, taken_by=None, taken_until=None)
        mail.update(key=f"forgotten:{pk}", user=None, **FORGOTTEN)


def forget_old(*, now: datetime | None = None) -> int:
    """Remove mails with their recipient after 90 days; return how many. One that is still due is kept.

    Of a last mail whose answer nobody heard, the recipient goes after a day: nobody can be asked whether it arrived.
    """
    now = now or timezone.now()
    last_ones = OutgoingMail.objects.uncertain(now=now).filter(
        forgets_recipient=True, due_at__lt=now - timedelta(days=1)
    )
    last_ones.exclude(to="").update(status=Status.GIVEN_UP, taken_by=None, taken_until=None, **FORGOTTEN)
    removed, _by_model = OutgoingMail.objects.old(now=now).delete()
    return removed
