"""The digests of an account: made by itself, chosen on its page, managed by the link in its mails."""

from __future__ import annotations

import pytest
from django.urls import reverse

from digests.actions import change, subscribe_account
from digests.links import token_of
from digests.making import make_due
from digests.models import SentItem, Subscription
from mailing.models import OutgoingMail
from residents.models import Follow, User
from tests.digests.moments import DAY, THURSDAY, WEEK, news
from tests.factories import SubscriptionFactory
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
PAGE = {"fr": "/fr/mon-espace/resumes/", "nl": "/nl/mijn-omgeving/overzichten/"}


def test_an_account_gets_the_weekly_digest_and_alerts_until_it_says_otherwise(noor):
    first, second = subscribe_account(noor), subscribe_account(noor)
    assert first == second
    subscription = Subscription.objects.get()
    assert (subscription.frequency, subscription.wants_alerts) == ("weekly", True)
    assert subscription.confirmed_at


@pytest.mark.parametrize("fields", [{"is_active": False}, {"email": None}])
def test_an_account_that_can_not_be_written_to_has_no_subscription(noor, fields):
    User.objects.filter(pk=noor.pk).update(**fields)
    noor.refresh_from_db()
    assert subscribe_account(noor) is None
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("code", PAGE)
def test_the_page_says_what_comes_when_and_where(noor, signed_in, code):
    page = words(seen(signed_in(noor).get(PAGE[code])).select_one("main"))
    assert noor.email in page
    assert {"fr": "Canal", "nl": "Kanaal"}[code] in page
    assert {"fr": "chaque semaine", "nl": "elke week"}[code] in page


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(PAGE["fr"]).status_code == 302
    assert not Subscription.objects.exists()


def test_choices_are_kept_and_shown(noor, signed_in):
    client = signed_in(noor)
    page = client.post(PAGE["nl"], {"frequency": "daily"}, follow=True)
    assert "Genoteerd" in page.content.decode()
    subscription = Subscription.objects.get()
    assert (subscription.frequency, subscription.wants_alerts) == ("daily", False)


def test_a_choice_that_is_none_is_told_and_nothing_changes(noor, signed_in):
    page = seen(signed_in(noor).post(PAGE["nl"], {"frequency": "hourly", "wants_alerts": "on"}))
    assert page.select_one("#id_frequency_error")
    assert Subscription.objects.get().frequency == "weekly"


def test_one_button_ends_it_and_the_page_offers_it_again(noor, signed_in):
    client = signed_in(noor)
    page = client.post(PAGE["nl"], {"stop": "1"}, follow=True).content.decode()
    assert Subscription.objects.get().is_silent
    assert 'name="stop"' not in page
    client.post(PAGE["nl"], {"frequency": "weekly", "wants_alerts": "on"})
    assert not Subscription.objects.get().is_silent


def test_another_frequency_begins_with_its_next_edition(canal, noor):
    subscription = subscribe_account(noor, now=THURSDAY - 30 * DAY)
    news(canal)
    make_due(now=THURSDAY)
    friday = THURSDAY + DAY
    change(subscription=subscription, frequency="daily", wants_alerts=True, now=friday)
    news(canal, at=friday)
    assert make_due(now=friday) == 0
    assert make_due(now=friday + DAY) == 1
    change(subscription=subscription, frequency="weekly", wants_alerts=True, now=friday + DAY)
    news(canal, at=friday + 2 * DAY)
    assert make_due(now=friday + 3 * DAY) == 0
    assert make_due(now=THURSDAY + WEEK) == 1


def test_what_an_address_subscribed_to_becomes_the_account_s(canal, gare, noor):
    """The items that it had don't come again, and its neighbourhoods are followed."""
    bare = SubscriptionFactory(email="Noor@auneval.example", frequency="daily", neighbourhoods=[canal, gare])
    SentItem.objects.create(subscription=bare, item="news:1", day=THURSDAY.date())
    subscription = subscribe_account(noor)
    assert Subscription.objects.get() == subscription
    assert (subscription.user, subscription.email, subscription.frequency) == (noor, "", "daily")
    assert subscription.sent_items.count() == 1
    assert list(Follow.objects.values_list("neighbourhood", flat=True)) == [gare.pk]


def test_what_nobody_confirmed_is_no_wish_of_the_account(gare, noor):
    SubscriptionFactory(email=noor.email, confirmed_at=None, frequency="daily", neighbourhoods=[gare])
    assert subscribe_account(noor).frequency == "weekly"
    assert not Follow.objects.exists()


def test_of_two_subscriptions_the_account_s_choices_stay(canal, noor):
    own = subscribe_account(noor)
    SentItem.objects.create(subscription=own, item="news:1", day=THURSDAY.date())
    bare = SubscriptionFactory(email=noor.email, frequency="daily", neighbourhoods=[canal])
    SentItem.objects.create(subscription=bare, item="news:1", day=THURSDAY.date())
    SentItem.objects.create(subscription=bare, item="news:2", day=THURSDAY.date())
    assert subscribe_account(noor).frequency == "weekly"
    assert Subscription.objects.count() == 1
    assert set(SentItem.objects.values_list("item", flat=True)) == {"news:1", "news:2"}


def test_the_link_in_a_mail_works_without_signing_in_and_changes_how_often_alone(client, canal, noor):
    subscription = subscribe_account(noor)
    path = reverse("manage_digests", args=[token_of(subscription.key)])
    page = seen(client.get(path))
    assert not page.select("[name=neighbourhoods], [name=language]")
    client.post(path, {"frequency": "never", "neighbourhoods": [canal.pk], "language": "fr"})
    subscription.refresh_from_db()
    assert (subscription.frequency, subscription.language) == ("never", "")
    assert not subscription.neighbourhoods.exists()


def test_one_click_silences_an_account_and_leaves_it(client, canal, noor):
    subscription = subscribe_account(noor, now=THURSDAY - WEEK)
    page = client.post(reverse("stop_digests", args=[token_of(subscription.key)]))
    assert page.status_code == 200
    assert Subscription.objects.get().is_silent
    news(canal)
    assert make_due(now=THURSDAY) == 0
    assert User.objects.filter(pk=noor.pk).exists()


def test_mails_that_came_back_are_told_on_the_page_and_it_begins_again_when_asked(noor, signed_in):
    subscription = subscribe_account(noor)
    Subscription.objects.update(suspended_at=THURSDAY)
    client = signed_in(noor)
    assert 'name="resume"' in client.get(PAGE["fr"]).content.decode()
    client.post(PAGE["fr"], {"resume": "1"})
    subscription.refresh_from_db()
    assert subscription.suspended_at is None


def test_the_pages_ask_little(noor, signed_in, client, django_assert_max_num_queries):
    signed = signed_in(noor)
    signed.get(PAGE["fr"])
    with django_assert_max_num_queries(16):
        signed.get(PAGE["fr"])
    client.get("/fr/abonnement/")
    with django_assert_max_num_queries(6):
        client.get("/fr/abonnement/")


def test_nobody_reads_another_s_page_from_a_cache(noor, signed_in):
    response = signed_in(noor).get(PAGE["fr"])
    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]


def test_nothing_is_written_when_an_account_subscribes(noor):
    subscribe_account(noor)
    assert not OutgoingMail.objects.exists()
