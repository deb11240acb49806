"""What a mail that came back does to a subscription."""

from __future__ import annotations

import re

import pytest

from digests.actions import subscribe_account
from digests.making import make_due
from digests.models import Subscription
from mailing.bounces import note_bounce, read_bounce
from mailing.models import OutgoingMail
from residents.my_data.addresses import ask_for_change, confirm
from tests.digests.moments import DAY, THURSDAY, news
from tests.digests.test_subscribing import asked, link_in
from tests.factories import SubscriptionFactory
from tests.mailing.bounces import bounce_of

pytestmark = pytest.mark.django_db


def came_back(mail: OutgoingMail, **words: str) -> None:
    note_bounce(read_bounce(bounce_of(mail, **words)))


def test_an_address_that_does_not_exist_is_written_to_no_more(canal, noor):
    account = subscribe_account(noor, now=THURSDAY - DAY)
    SubscriptionFactory(neighbourhoods=[canal], frequency="daily")
    news(canal)
    make_due(now=THURSDAY)
    came_back(OutgoingMail.objects.get(user=None))
    news(canal, at=THURSDAY)
    assert make_due(now=THURSDAY + DAY) == 0
    assert Subscription.objects.get(suspended_at__isnull=True) == account


def test_an_account_s_address_too(canal, noor):
    subscription = subscribe_account(noor, now=THURSDAY - DAY)
    news(canal, at=THURSDAY - DAY / 2)
    make_due(now=THURSDAY)
    came_back(OutgoingMail.objects.get())
    subscription.refresh_from_db()
    assert subscription.suspended_at


@pytest.mark.parametrize("words", [{"status": "5.2.2"}, {"status": "5.7.1"}, {"action": "delayed", "status": "4.4.1"}])
def test_what_may_be_over_at_the_next_mail_suspends_nothing(canal, words):
    SubscriptionFactory(neighbourhoods=[canal])
    news(canal)
    make_due(now=THURSDAY)
    came_back(OutgoingMail.objects.get(), **words)
    assert Subscription.objects.get().suspended_at is None


def test_whoever_confirms_anew_is_written_to_again(client, canal):
    subscription = SubscriptionFactory(email="bram@auneval.example", neighbourhoods=[canal], suspended_at=THURSDAY)
    asked(client, canal)
    path = link_in(OutgoingMail.objects.get())
    client.get(path)
    assert Subscription.objects.get().suspended_at
    client.post(path)
    subscription.refresh_from_db()
    assert subscription.suspended_at is None
    assert subscription.frequency == "weekly", "what was chosen before stays"


def test_the_bounce_of_a_mail_whose_recipient_is_forgotten_suspends_nobody(canal, noor):
    """An account's row holds no address of its own: it is none of "nobody"."""
    subscription = subscribe_account(noor, now=THURSDAY - DAY)
    news(canal, at=THURSDAY - DAY / 2)
    make_due(now=THURSDAY)
    OutgoingMail.objects.update(to="")
    came_back(OutgoingMail.objects.get())
    subscription.refresh_from_db()
    assert subscription.suspended_at is None


def test_an_account_that_moved_to_another_address_is_written_to_again(noor):
    subscription = subscribe_account(noor, now=THURSDAY - DAY)
    Subscription.objects.update(suspended_at=THURSDAY)
    change = ask_for_change(user=noor, email="noor.new@auneval.example", now=THURSDAY)
    for mail in OutgoingMail.objects.filter(kind="address_change"):
        assert Subscription.objects.get().suspended_at, "one end alone changes nothing"
        confirm(secret=re.findall(r"/([\w-]{43})/", mail.text)[0], now=THURSDAY)
    change.refresh_from_db()
    subscription.refresh_from_db()
    assert change.is_confirmed_at_both_ends
    assert subscription.suspended_at is None
