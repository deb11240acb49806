"""A person is warned, muted for a time or blocked; and it can be undone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation.ideas import errors
from participation.ideas.kinds import SanctionKind
from participation.ideas.notices import tell_sanctioned
from participation.ideas.permissions import can_sanction
from participation.models import Sanction
from residents.models import User, Voter


@transaction.atomic
def sanction(
    *, voter: UUID, kind: SanctionKind, because: str, user: User, now: datetime, until: datetime | None = None
) -> Sanction:
    """Warn, mute or block a person, on every board. Raises NotAllowedError, ValidationError by field."""
    if not can_sanction(user) or Voter.objects.filter(key=voter, user=user).exists():
        raise errors.NotAllowedError
    if not because.strip():
        raise ValidationError({"because": [_("Say why: the person reads it.")]})
    if kind == SanctionKind.MUTED and (until is None or until <= now):
        raise ValidationError({"until": [_("Choose a moment that is still to come.")]})
    Voter.objects.select_for_update().filter(key=voter).first()  # what they write at this moment is before it or after
    made = Sanction.objects.create(
        voter=voter,
        kind=kind,
        until=until if kind == SanctionKind.MUTED else None,
        because=because.strip(),
        decided_by=user,
        decided_at=now,
    )
    tell_sanctioned(sanction=made)
    return made


@transaction.atomic
def undo_sanction(*, sanction: Sanction, user: User, now: datetime) -> Sanction:
    """Let the person write again; the log keeps both. Raises NotAllowedError."""
    if not can_sanction(user):
        raise errors.NotAllowedError
    held = Sanction.objects.select_for_update().get(pk=sanction.pk)
    if held.undone_at is None:
        held.undone_by, held.undone_at = user, now
        held.save(update_fields=["undone_by", "undone_at"])
        tell_sanctioned(sanction=held)
    return held
