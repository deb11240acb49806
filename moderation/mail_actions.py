"""Takes a mail in as a draft, or says why not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from home.models import Department
from moderation.models import Arrival, Sender
from moderation.received_mail import Mail, UnreadableMailError, received_files
from moderation.received_texts import Origin, ReceivedText
from moderation.sender_actions import receive_text
from residents.models import User


class UnknownRecipientError(Exception):
    """No department has this address."""


def receive_mail(*, mail: Mail, recipient: str = "", now: datetime) -> Arrival | None:
    """Make a draft of a mail to a department by somebody who may send it one; None for a mail that a program sent.

    `recipient` is the address that the mail server delivers to; without it, those in the mail's head are asked.
    Raises UnknownRecipientError, PermissionDenied for a stranger, UnreadableMailError for one without words, and what
    `receive_text` raises.
    """
    if mail.is_automatic:
        return None
    origin = _origin(mail, _departments([recipient] if recipient else mail.recipients))
    with override(origin.language):
        text = _received(mail)
    return receive_text(origin=origin, text=text, now=now)


def _departments(addresses: Any) -> list[Department]:
    """Return the departments that `addresses` are of; "roads+portal@…" is "roads@…" (RFC 5233)."""
    wanted = {address.strip().lower() for address in addresses}
    for address in list(wanted):
        local, _at, host = address.partition("@")
        wanted.add(f"{local.partition('+')[0]}@{host}")
    departments = [each for each in Department.objects.exclude(email="") if each.email.lower() in wanted]
    if not departments:
        raise UnknownRecipientError
    return departments


def _origin(mail: Mail, departments: list[Department]) -> Origin:
    """Find out for whom the mail's sender may write: as a sender, or as a member of the department."""
    senders = Sender.objects.active().writing_from(mail.email).filter(department__in=departments)
    sender = senders.select_related("department").first()
    way = Arrival.Way.MAIL
    if sender:
        return Origin(sender.department, sender.name, mail.email, sender.language, way, mail.delivery, sender)
    for department in departments:
        member = User.objects.filter(is_active=True, email__iexact=mail.email, groups=department.group_id).first()
        if member:
            language = UserProfile.get_for_user(member).get_preferred_language()[:2]
            return Origin(department, str(member)[:120], mail.email, language, way, mail.delivery, account=member)
    raise PermissionDenied


def _received(mail: Mail) -> ReceivedText:
    files, left_out = received_files(mail.attachments)
    if not mail.text and not files:
        raise UnreadableMailError
    return ReceivedText(
        title=mail.subject or _("(no subject)"),
        text=mail.text,
        original=f"{mail.subject}\n\n{mail.original}",
        files=files,
        left_out=left_out,
    )
