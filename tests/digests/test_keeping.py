"""What is kept of digests, and what the database refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from digests import actions
from digests.actions import forget_old_digests
from digests.models import Digest, SentItem, Subscription
from tests.factories import SubscriptionFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ago(days: int) -> Any:
    return timezone.localdate(NOW) - timedelta(days=days)


def test_items_are_kept_half_a_year_and_digests_a_year_and_both_go_in_parts(monkeypatch):
    monkeypatch.setattr(actions, "PRUNED_AT_ONCE", 2)
    subscription = SubscriptionFactory()
    for number in range(5):
        SentItem.objects.create(subscription=subscription, item=f"news:{number}", day=ago(181 + number))
    SentItem.objects.create(subscription=subscription, item="news:young", day=ago(180))
    for days in (364, 365, 366, 400):
        Digest.objects.create(subscription=subscription, day=ago(days), frequency="weekly")
    assert forget_old_digests(now=NOW) == 7
    assert SentItem.objects.get().item == "news:young"
    assert Digest.objects.count() == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda one: Digest.objects.create(subscription=one, day=ago(1), frequency="weekly"),
        lambda one: SentItem.objects.create(subscription=one, item="news:1", day=ago(0)),
        lambda one: Subscription.objects.create(email=one.email.upper(), language="nl"),
        lambda one: Subscription.objects.create(language="nl"),
        lambda one: Subscription.objects.create(email="x@auneval.example"),
        lambda one: Subscription.objects.create(email="x@auneval.example", language="de"),
        lambda one: Subscription.objects.create(user=UserFactory(), email="x@auneval.example", language="nl"),
    ],
    ids=["day", "item", "address", "nobody", "no language", "other language", "two at once"],
)
def test_the_database_refuses_a_second_digest_a_second_item_and_an_unclear_reader(make):
    one = SubscriptionFactory()
    Digest.objects.create(subscription=one, day=ago(1), frequency="daily")
    SentItem.objects.create(subscription=one, item="news:1", day=ago(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make(one)
