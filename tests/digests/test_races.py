"""Two at the same moment, with real threads; SQLite writes one after the other by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from digests.actions import Wishes, ask_to_subscribe, subscribe_account
from digests.alerts import send_alerts
from digests.links import token_of
from digests.making import make_due
from digests.models import Digest, SentItem, Subscription
from home.models import Alert
from mailing.models import OutgoingMail
from tests.conftest import set_up_commune
from tests.digests.moments import DAY, THURSDAY, news
from tests.factories import NeighbourhoodFactory, SubscriptionFactory, UserFactory
from tests.moderation.test_races import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]


def test_four_workers_at_once_make_each_digest_once():
    """Red without the lock on the subscriptions: three of four then break on the ledger's constraint."""
    set_up_commune()
    canal = NeighbourhoodFactory()
    for _number in range(30):
        SubscriptionFactory(neighbourhoods=[canal])
    news(canal)
    assert at_once([lambda: make_due(now=THURSDAY)] * 4) == []
    assert Digest.objects.count() == OutgoingMail.objects.count() == SentItem.objects.count() == 30


def test_four_workers_at_once_write_of_an_alert_once():
    set_up_commune()
    for _number in range(30):
        SubscriptionFactory()
    words = {"message_fr": "Fumées.", "message_nl": "Rook."}
    Alert.objects.create(starts_at=THURSDAY, ends_at=THURSDAY + DAY, **words)
    assert at_once([lambda: send_alerts(now=THURSDAY)] * 4) == []
    assert OutgoingMail.objects.count() == 30


def test_eight_requests_at_once_for_one_address_make_one_subscription():
    set_up_commune()
    wishes = Wishes(email="bram@auneval.example", language="nl", neighbourhoods=(NeighbourhoodFactory(),))
    assert at_once([lambda: ask_to_subscribe(wishes=wishes, now=timezone.now())] * 8) == []
    assert Subscription.objects.count() == 1


def test_eight_visits_at_once_make_one_subscription_of_an_account():
    set_up_commune()
    user = UserFactory()
    assert at_once([lambda: subscribe_account(user)] * 8) == []
    assert Subscription.objects.count() == 1


def test_a_provider_that_asks_twice_at_once_is_answered_twice():
    set_up_commune()
    subscription = SubscriptionFactory()
    path = f"/nl/abonnement/stoppen/{token_of(subscription.key)}/"
    codes: list[int] = []
    assert at_once([lambda: codes.append(Client().post(path).status_code)] * 4) == []
    assert codes == [200] * 4
    assert not Subscription.objects.exists()
