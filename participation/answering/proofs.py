"""Where anyone may answer: an answer has cost its sender some work, or some patience, and each proof counts once.

With JavaScript the browser solves a challenge (https://altcha.org, protocol 2: a SHA-256 that begins with given signs).
Without it, the form itself is the proof: a signed ticket that is some seconds old, of which one network address may use
few within an hour. Neither asks another server.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import altcha
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from participation.models import SpentProof
from participation.surveys.errors import TooQuickError, WrongProofError
from residents.fingerprints import keyed

USABLE = timedelta(hours=12)
LONGEST = 4000  # signs of a solution: ours have about 700


def challenge_for(survey_key: UUID, *, now: datetime) -> str:
    """Return a challenge for a survey's form, as JSON; it is worth something for this survey alone, for half a day."""
    challenge = altcha.create_challenge(
        "SHA-256",
        1,
        key_prefix=settings.SURVEY_PROOF_PREFIX,
        expires_at=now + USABLE,
        data={"survey": str(survey_key)},
        hmac_secret=_secret(),
    )
    return json.dumps(challenge.to_dict())


def ticket_for(survey_key: UUID, *, now: datetime) -> str:
    """Return what stands in the form for readers without JavaScript."""
    ticket = {"id": secrets.token_urlsafe(12), "at": int(now.timestamp())}
    return signing.dumps(ticket, salt=f"survey ticket {survey_key}")


def spend(survey_key: UUID, *, solution: str, ticket: str, now: datetime) -> None:
    """Take a proof, once. Raises WrongProofError, or TooQuickError for a form that was sent as soon as it was there."""
    digest = _worked(survey_key, solution) if solution else _waited(survey_key, ticket, now)
    try:
        with transaction.atomic():
            SpentProof.objects.create(digest=digest, usable_until=now + USABLE)
    except IntegrityError as error:
        raise WrongProofError from error


def forget_proofs(*, now: datetime | None = None) -> int:
    """Remove those that would be refused for their age anyway; return how many."""
    removed, _by_model = SpentProof.objects.filter(usable_until__lt=now or timezone.now()).delete()
    return removed


def _secret() -> str:
    return keyed("survey proof")


def _worked(survey_key: UUID, solution: str) -> str:
    """Return the fingerprint of a solved challenge. Raises WrongProofError: wrong, too old, or another survey's."""
    try:
        payload = altcha.Payload.from_base64(solution if len(solution) <= LONGEST else "")
        survey, counter = payload.challenge.parameters.data["survey"], payload.solution.counter  # type: ignore[index]
        is_ours = survey == str(survey_key) and isinstance(counter, int) and 0 <= counter < 2**32
        if is_ours and altcha.verify_solution(payload, _secret()).verified:
            return _digest(str(payload.challenge.signature))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WrongProofError from error
    raise WrongProofError


def _waited(survey_key: UUID, ticket: str, now: datetime) -> str:
    """Return the fingerprint of a ticket that is old enough, and not too old."""
    try:
        known = signing.loads(ticket, salt=f"survey ticket {survey_key}", max_age=USABLE)
    except signing.BadSignature as error:
        raise WrongProofError from error
    if now.timestamp() - known["at"] < settings.SURVEY_WAIT_SECONDS:
        raise TooQuickError
    return _digest(known["id"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
