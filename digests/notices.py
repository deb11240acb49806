"""The mails about a subscription itself. Each of the three ways to answer a request writes one mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from digests.kinds import SUBSCRIPTION
from digests.links import confirmation_token, link, token_of
from digests.models import Subscription
from home.addresses import absolute
from mailing.actions import queue_mail
from residents.languages import language_of


def tell_to_confirm(*, subscription: Subscription, now: datetime) -> None:
    """Ask whether the request came from the address; the link works for a week."""
    url = link("confirm_digests", confirmation_token(subscription), language=subscription.language)
    _send("confirm", subscription, now=now, url=url)


def tell_known(*, subscription: Subscription, now: datetime) -> None:
    """Somebody asked again: say that the address is subscribed, and how to change it."""
    url = link("manage_digests", token_of(subscription.key), language=subscription.language)
    _send("known", subscription, now=now, url=url)


def _send(name: str, subscription: Subscription, *, now: datetime, url: str) -> None:
    places = list(subscription.neighbourhoods.all())
    queue_mail(
        key=f"{SUBSCRIPTION}:{name}:{subscription.pk}:{now:%Y%m%d%H%M%S%f}",
        kind=SUBSCRIPTION,
        to=subscription.email,
        language=subscription.language,
        template=f"digests/mails/{name}",
        context={"subscription": subscription, "places": places, "url": url},
        private=True,
    )


def tell_account(*, user: Any, now: datetime) -> None:
    """Say that the address has an account, where the same is to be found; each address gets one digest."""
    language = language_of(user)
    with override(language):
        url = absolute(reverse("my_digests"))
    queue_mail(
        key=f"{SUBSCRIPTION}:account:{user.pk}:{now:%Y%m%d%H%M%S%f}",
        kind=SUBSCRIPTION,
        to=user.email,
        user=user,
        language=language,
        template="digests/mails/account",
        context={"url": url},
        private=True,
    )
