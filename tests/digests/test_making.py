"""What is in a digest, for whom, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from digests.actions import subscribe_account
from digests.editions import latest
from digests.making import Run, make_due
from digests.models import Digest, Frequency, SentItem, Subscription
from mailing.models import OutgoingMail
from residents.models import Follow
from tests.digests.moments import DAY, THURSDAY, WEEK, news
from tests.factories import NeighbourhoodFactory, SubscriptionFactory, resident_of

pytestmark = pytest.mark.django_db


def make(at=THURSDAY) -> int:
    return make_due(now=at)


def account(user, **fields) -> Subscription:
    subscription = subscribe_account(user, now=THURSDAY - 100 * DAY)
    Subscription.objects.filter(pk=subscription.pk).update(**fields)
    return subscription


def titles(mail: OutgoingMail) -> list[str]:
    return [line.removeprefix("* ") for line in mail.text.splitlines() if line.startswith("* ")]


def test_a_subscriber_gets_the_news_of_their_neighbourhoods_and_of_the_whole_commune_newest_first(canal, gare):
    SubscriptionFactory(neighbourhoods=[canal])
    news(canal, at=THURSDAY - 3 * DAY, title="Ancien")
    news(canal, at=THURSDAY - DAY, title="Neuf")
    news(at=THURSDAY - 2 * DAY, title="Pour tous")
    news(gare, title="Ailleurs")
    assert make() == 1
    mail = OutgoingMail.objects.get()
    assert titles(mail) == ["Neuf", "Ancien", "Pour tous"]
    assert "CANAL" in mail.text
    assert "Ailleurs" not in mail.html
    assert mail.subject == "Neuf, et 2 autres actualités"


def test_a_digest_is_in_its_readers_language(canal, noor):
    account(noor)
    SubscriptionFactory(language="nl", neighbourhoods=[canal], email="bram@auneval.example")
    news(canal, title="Rue du Moulin", dutch={"title": "Molenstraat"})
    assert make() == 2
    for mail in OutgoingMail.objects.all():
        assert titles(mail) == ["Molenstraat"]
        assert "/nl/nieuws/" in mail.html
        assert "/fr/" not in mail.html
        assert mail.language == "nl"


def test_a_message_in_one_language_is_not_shown_to_readers_of_the_other(canal):
    SubscriptionFactory(language="nl", neighbourhoods=[canal])
    page = news(canal)
    page.get_translations().update(live=False)
    assert make() == 0


def test_a_digest_is_never_empty_and_an_empty_one_is_not_looked_for_again(canal, gare):
    SubscriptionFactory(neighbourhoods=[canal])
    news(gare)
    assert make() == 0
    assert not Digest.objects.exists()
    news(canal)
    assert make() == 0
    assert make(THURSDAY + WEEK) == 1


def test_each_item_goes_once_to_each(canal):
    SubscriptionFactory(neighbourhoods=[canal], frequency=Frequency.DAILY)
    news(canal, title="Premier")
    assert make() == 1
    assert make(THURSDAY + timedelta(hours=1)) == 0
    news(canal, title="Second", at=THURSDAY + timedelta(hours=3))
    assert make(THURSDAY + DAY) == 1
    assert make(THURSDAY + 2 * DAY) == 0
    assert [titles(mail) for mail in OutgoingMail.objects.order_by("pk")] == [["Premier"], ["Second"]]


def test_what_is_older_than_two_weeks_or_than_the_subscription_is_left_out(canal):
    SubscriptionFactory(neighbourhoods=[canal])
    SubscriptionFactory(neighbourhoods=[canal], confirmed_at=THURSDAY - 2 * DAY)
    news(canal, at=THURSDAY - 15 * DAY, title="Trop vieux")
    news(canal, at=THURSDAY - 13 * DAY, title="Encore bon")
    news(canal, title="Hier")
    make()
    assert [titles(mail) for mail in OutgoingMail.objects.order_by("pk")] == [["Hier", "Encore bon"], ["Hier"]]


@pytest.mark.parametrize(
    ("frequency", "moment", "made"),
    [
        ("daily", THURSDAY - timedelta(seconds=1), 1),  # yesterday's edition, by a worker that was off
        ("daily", THURSDAY, 1),
        ("weekly", THURSDAY, 1),
        ("weekly", THURSDAY + 2 * DAY, 1),  # made late, by a worker that was off
        ("never", THURSDAY, 0),
    ],
)
def test_a_digest_is_made_at_its_hour_or_as_soon_as_the_worker_is_back(canal, frequency, moment, made):
    news(canal, at=THURSDAY - 2 * DAY)
    SubscriptionFactory(neighbourhoods=[canal], frequency=frequency)
    assert make(moment) == made


@pytest.mark.parametrize(("frequency", "served"), [("daily", THURSDAY - DAY), ("weekly", THURSDAY - WEEK)])
def test_before_seven_nothing_is_made(canal, frequency, served):
    news(canal, at=THURSDAY - 2 * DAY)
    SubscriptionFactory(neighbourhoods=[canal], frequency=frequency, served_on=served.date())
    assert make(THURSDAY - timedelta(minutes=1)) == 0
    assert make(THURSDAY) == 1


def test_seven_is_seven_on_the_commune_s_clock_in_summer_too(canal):
    summer = THURSDAY.replace(month=7, day=2)
    news(canal, at=summer - DAY)
    SubscriptionFactory(
        neighbourhoods=[canal], served_on=(summer - WEEK).date(), confirmed_at=summer - WEEK, frequency="weekly"
    )
    assert make(summer - timedelta(minutes=1)) == 0
    assert make(summer) == 1


@pytest.mark.parametrize("fields", [{"confirmed_at": None}, {"suspended_at": THURSDAY - DAY}])
def test_whoever_did_not_confirm_or_is_suspended_gets_nothing(canal, fields):
    SubscriptionFactory(neighbourhoods=[canal], **fields)
    news(canal)
    assert make() == 0


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": None}])
def test_an_account_that_is_closed_or_has_no_address_gets_nothing(canal, noor, change):
    account(noor)
    type(noor).objects.filter(pk=noor.pk).update(**change)
    news(canal)
    assert make() == 0


def test_an_address_gets_one_digest_and_its_account_s_goes_first(canal, noor, mails_to):
    account(noor)
    SubscriptionFactory(email="NOOR@auneval.example", neighbourhoods=[canal])
    news(canal)
    assert make() == 1
    assert mails_to(noor.email)[0].user == noor


def test_what_an_account_follows_comes_with_its_neighbourhood(canal, gare, noor, roads, social):
    account(noor)
    elsewhere = NeighbourhoodFactory()
    Follow.objects.create(user=noor, neighbourhood=gare)
    Follow.objects.create(user=noor, department=social)
    Follow.objects.create(user=noor, subject="news_kind", key="caring")
    news(gare, department=roads, dutch={"title": "Gare"})
    news(elsewhere, department=social, dutch={"title": "Dienst"})
    news(elsewhere, department=roads, kind="caring", dutch={"title": "Soort"})
    news(elsewhere, department=roads, dutch={"title": "Niet"})
    make()
    assert set(titles(OutgoingMail.objects.get())) == {"Gare", "Dienst", "Soort"}


def test_what_is_kept_for_a_neighbourhood_goes_to_its_accounts_first_and_to_each_reader_once(canal, gare, noor):
    """A bare address is nobody's home: it hears of the message once everybody may read it."""
    account(noor, frequency=Frequency.DAILY)
    neighbour = resident_of(gare)
    account(neighbour, frequency=Frequency.DAILY)
    bare = SubscriptionFactory(neighbourhoods=[canal, gare], frequency=Frequency.DAILY)
    news(canal, reserved_until=THURSDAY + timedelta(hours=30))
    assert make() == 1
    assert OutgoingMail.objects.get().to == noor.email
    assert make(THURSDAY + DAY) == 0
    assert make(THURSDAY + 2 * DAY) == 1
    assert OutgoingMail.objects.last() is not None
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {noor.email, bare.email}
    assert make(THURSDAY + 3 * DAY) == 0


@pytest.mark.parametrize("change", [{"live": False}, {"expires_on": (THURSDAY - DAY).date()}])
def test_what_was_taken_off_or_has_expired_is_not_sent(canal, change):
    SubscriptionFactory(neighbourhoods=[canal])
    page = news(canal)
    type(page).objects.filter(pk=page.pk).update(**change)
    assert make() == 0


def test_what_was_taken_off_and_comes_back_is_sent_then(canal):
    """The ledger says what each had, not the hour of the last digest."""
    SubscriptionFactory(neighbourhoods=[canal], frequency=Frequency.DAILY)
    page = news(canal)
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert make() == 0
    type(page).objects.filter(pk=page.pk).update(live=True)
    assert make(THURSDAY + DAY) == 1


def test_readers_who_share_their_interests_share_the_questions(canal, gare):
    for _number in range(3):
        news(canal)

    def asked() -> int:
        Subscription.objects.update(served_on=THURSDAY - WEEK)
        SentItem.objects.all().delete()
        Digest.objects.all().delete()
        OutgoingMail.objects.all().delete()
        run = Run(now=THURSDAY)
        with CaptureQueriesContext(connection) as queries:
            run.serve(latest("weekly", now=THURSDAY))
        return len(queries)

    SubscriptionFactory(neighbourhoods=[canal])
    asked()  # Wagtail and the content types are asked for once a process
    alone = asked()
    for _number in range(20):
        SubscriptionFactory(neighbourhoods=[canal])
    assert asked() == alone <= 16
    SubscriptionFactory(neighbourhoods=[gare])
    assert asked() <= alone + 3


def test_the_worker_makes_them(canal):
    SubscriptionFactory(neighbourhoods=[canal])
    page = news(canal)
    type(page).objects.filter(pk=page.pk).update(first_published_at=page.latest_revision_created_at)
    call_command("run_worker", once=True)
    assert Digest.objects.get().mail.kind == "digest"
