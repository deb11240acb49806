"""The signed links in mails: one confirms a subscription, within a week; one manages it and ends it, as long as it lasts.

Both hold the subscription's own key, so whoever has the mail has the right, without signing in. An old key is worthless.
"""

from __future__ import annotations

import uuid

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from digests.models import Subscription
from digests.querysets import UNCONFIRMED_KEPT
from home.addresses import absolute

MANAGING = signing.Signer(salt="digests.manage", sep=".")
CONFIRMING = "digests.confirm"


class OldLinkError(Exception):
    """It was right once: it is older than a week, or what it was for has ended."""


class WrongLinkError(Exception):
    """Nobody made it, or a part of it is missing."""


def token_of(key: uuid.UUID) -> str:
    """Return what stands in the links that manage and end a subscription."""
    return MANAGING.sign(key.hex)


def managed_by(token: str) -> Subscription:
    """Return the subscription that `token` manages. Raises OldLinkError when it has ended, else WrongLinkError."""
    try:
        key = uuid.UUID(hex=MANAGING.unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise WrongLinkError from error
    return _with(key)


def confirmation_token(subscription: Subscription) -> str:
    return signing.dumps(subscription.key.hex, salt=CONFIRMING)


def confirmed_by(token: str) -> Subscription:
    """Return the subscription that `token` confirms, confirmed or not. Raises as `managed_by` does."""
    try:
        key = uuid.UUID(hex=signing.loads(token, salt=CONFIRMING, max_age=UNCONFIRMED_KEPT))
    except signing.SignatureExpired as error:
        raise OldLinkError from error
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise WrongLinkError from error
    return _with(key)


def _with(key: uuid.UUID) -> Subscription:
    subscription = Subscription.objects.filter(key=key).select_related("user").first()
    if subscription is None:
        raise OldLinkError
    return subscription


def link(name: str, token: str, *, language: str) -> str:
    """Return the absolute address of one of the pages behind a link, in the language of its mail."""
    with override(language):
        return absolute(reverse(name, args=[token]))
