"""Reactions to the signals of Django and of allauth, each calling one action."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_changed
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

from digests.actions import resume, subscribe_account
from digests.models import Subscription


def connect() -> None:
    user_logged_in.connect(subscribe_whoever_signs_in, dispatch_uid="digests_subscribe")
    email_changed.connect(resume_at_the_new_address, dispatch_uid="digests_resume")


def subscribe_whoever_signs_in(sender: Any, user: Any, **kwargs: Any) -> None:
    """Give an account its digest from its first sign-in on, as the page of signing up says; later ones change nothing."""
    subscribe_account(user)


def resume_at_the_new_address(sender: Any, user: Any, **kwargs: Any) -> None:
    """Mails came back from the address that was; the new one was just confirmed from its own mailbox."""
    for subscription in Subscription.objects.filter(user=user, suspended_at__isnull=False):
        resume(subscription=subscription, now=timezone.now())
