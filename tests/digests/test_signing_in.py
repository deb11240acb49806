"""An account gets its digest from its first sign-in on."""

from __future__ import annotations

import pytest
from django.test import Client

from digests.models import Frequency, Subscription
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_whoever_signs_in_first_gets_a_digest_every_week():
    user = UserFactory()
    Client().force_login(user)
    subscription = Subscription.objects.get(user=user)
    assert (subscription.frequency, subscription.wants_alerts) == (Frequency.WEEKLY, True)


def test_signing_in_again_brings_back_nothing_that_was_ended():
    user = UserFactory()
    Client().force_login(user)
    Subscription.objects.filter(user=user).update(frequency=Frequency.NEVER, wants_alerts=False)
    Client().force_login(user)
    subscription = Subscription.objects.get(user=user)
    assert (subscription.frequency, subscription.wants_alerts) == (Frequency.NEVER, False)


def test_an_account_whose_address_is_not_confirmed_gets_none():
    user = UserFactory(confirmed=False)
    Client().force_login(user)
    assert not Subscription.objects.filter(user=user).exists()
