"""Alerts at once: to each who wants them when one begins, and once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from digests.actions import subscribe_account
from digests.alerts import send_alerts
from digests.models import Subscription
from home.models import Alert
from mailing.models import OutgoingMail
from tests.digests.moments import DAY, THURSDAY, news
from tests.factories import SubscriptionFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def alert(**fields: Any) -> Alert:
    words = {"message_fr": "Plus d’eau rue du Canal.", "message_nl": "Geen water in de Kanaalstraat."}
    return Alert.objects.create(**{"level": 3, "starts_at": THURSDAY, "ends_at": THURSDAY + DAY, **words, **fields})


def test_each_who_wants_alerts_gets_one_in_their_language(canal, noor, mails_to):
    subscribe_account(noor, now=THURSDAY - DAY)
    bare = SubscriptionFactory(neighbourhoods=[canal], frequency="never")
    SubscriptionFactory(neighbourhoods=[canal], wants_alerts=False)
    alert()
    assert send_alerts(now=THURSDAY) == 2
    assert send_alerts(now=THURSDAY + HOUR) == 0
    (dutch,), (french,) = mails_to(noor.email), mails_to(bare.email)
    assert "Geen water in de Kanaalstraat." in dutch.text
    assert "Dag Noor," in dutch.text
    assert "Plus d’eau" in french.subject
    assert (dutch.kind, french.language) == ("alert", "fr")
    assert french.unsubscribe_url


def test_an_alert_that_begins_later_is_written_of_then(canal):
    SubscriptionFactory()
    alert(starts_at=THURSDAY + HOUR)
    assert send_alerts(now=THURSDAY) == 0
    assert send_alerts(now=THURSDAY + HOUR) == 1


def test_an_alert_that_has_ended_goes_to_nobody(canal):
    """Neither from a worker that was off, nor from an outbox whose mail server was."""
    SubscriptionFactory()
    alert(ends_at=THURSDAY + HOUR)
    assert send_alerts(now=THURSDAY + 2 * HOUR) == 0
    send_alerts(now=THURSDAY)
    assert send_alerts(now=THURSDAY + 2 * HOUR) == 0
    assert OutgoingMail.objects.get().status == "given_up"


@pytest.mark.parametrize(
    "fields",
    [{"confirmed_at": None}, {"suspended_at": THURSDAY}, {"confirmed_at": THURSDAY + HOUR}],
    ids=["unconfirmed", "suspended", "subscribed after it began"],
)
def test_whoever_did_not_ask_for_it_in_time_gets_none(fields, canal):
    SubscriptionFactory(**fields)
    alert()
    assert send_alerts(now=THURSDAY + 2 * HOUR) == 0


def test_two_alerts_are_two_mails(canal):
    SubscriptionFactory()
    alert()
    alert()
    assert send_alerts(now=THURSDAY) == 2


def test_an_alert_that_is_changed_is_not_sent_again(canal):
    SubscriptionFactory()
    changed = alert()
    send_alerts(now=THURSDAY)
    changed.message_fr = "Encore plus d’eau du tout."
    changed.ends_at += DAY
    changed.save()
    assert send_alerts(now=THURSDAY + HOUR) == 0


def test_an_alert_leads_to_its_page(canal):
    page = news(canal)
    SubscriptionFactory(language="nl")
    alert(page=page)
    send_alerts(now=THURSDAY)
    assert "/nl/nieuws/" in OutgoingMail.objects.get().text


def test_many_take_few_questions(canal, django_assert_max_num_queries):
    for _number in range(30):
        SubscriptionFactory()
    alert()
    with django_assert_max_num_queries(20):
        assert send_alerts(now=THURSDAY) == 30
    assert Subscription.objects.count() == 30
