"""The demo's residents: where they live, what they follow and hear, and how far the commune reaches."""

from __future__ import annotations

from collections import Counter

from django.db.models import F
from django.utils import timezone

from digests import figures
from digests.alerts import send_alerts
from digests.kinds import DIGEST
from digests.making import make_due
from digests.models import ReachFigure, Subscription
from digests.reach.counting import count_reach
from digests.reach.shown import courses, together
from home.models import (
    Neighbourhood,
    Street,
    StreetSection,
)
from home.streets.search import located, streets_called
from mailing.models import OutgoingMail
from neighbourhood_news.kinds import Kind
from portal.demo.content import read
from residents.models import Follow, Residency, User

COUNTED_ONLY = "@habitants.auneval.example"  # they live somewhere, for the reach to be counted, and do nothing else


def test_as_many_residents_are_registered_as_in_the_commune_that_it_resembles():
    residents = User.objects.filter(groups=None, is_superuser=False).exclude(email__endswith=COUNTED_ONLY)
    assert residents.count() == 287
    assert Residency.objects.filter(user__in=residents, neighbourhood__isnull=False).count() > 250
    shares = Counter(Residency.objects.values_list("neighbourhood__code", flat=True))
    assert set(shares) == set(Neighbourhood.objects.values_list("code", flat=True))
    assert min(shares.values()) >= 10


def test_residents_have_an_address_that_reaches_nobody_and_no_password_that_opens():
    made = User.objects.filter(email__endswith="@residents.auneval.example")
    assert made.count() == 285
    assert not any(user.has_usable_password() for user in made)
    languages = Counter(made.values_list("wagtail_userprofile__preferred_language", flat=True))
    assert set(languages) == {"fr", "nl"}
    assert languages["fr"] > languages["nl"] > 80


def test_residents_follow_neighbourhoods_departments_and_kinds():
    assert Follow.objects.filter(neighbourhood__isnull=False).count() > 40
    assert Follow.objects.filter(department__isnull=False).count() > 40
    assert set(Follow.objects.exclude(subject__in=["", "idea"]).values_list("subject", "key")) == {
        ("news_kind", kind) for kind in Kind.values
    }
    nobody_at_home = Follow.objects.filter(neighbourhood=F("user__residency__neighbourhood"))
    assert not nobody_at_home.exists()


def test_the_streets_of_each_neighbourhood_are_loaded_and_found():
    assert Street.objects.count() == 63
    assert set(StreetSection.objects.values_list("neighbourhood__code", flat=True)) == set(
        Neighbourhood.objects.values_list("code", flat=True)
    )
    (mill,) = [street for street in streets_called("Molenstraat")[0] if street.name_fr == "rue du Moulin"]
    places = {number: located([mill], number)[0].place.code for number in (1, 140)}
    assert places == {1: "gare", 140: "canal"}


def test_the_reach_of_today_is_what_the_rule_counts_and_a_year_ago_it_was_less():
    today = timezone.localdate()
    stored = dict(ReachFigure.objects.filter(day=today).values_list("neighbourhood", "reached"))
    count_reach(today)
    assert stored == dict(ReachFigure.objects.filter(day=today).values_list("neighbourhood", "reached"))
    now, before = (together(course.ago(months) for course in courses(today)) for months in (0, 12))
    assert (now.percent, before.percent) == (27, 20)


def test_all_neighbourhoods_but_one_show_their_reach(client):
    (hidden,) = Neighbourhood.objects.filter(shows_reach=False)
    pages = {place.slug: client.get(f"/fr/quartiers/{place.slug}/") for place in Neighbourhood.objects.all()}
    shown = {slug: "des ménages" in page.content.decode() for slug, page in pages.items()}
    assert [slug for slug, is_shown in shown.items() if not is_shown] == [hidden.slug]


def test_a_hundred_and_fifty_addresses_subscribe_in_both_languages_beside_the_residents_accounts():
    bare = Subscription.objects.filter(user=None)
    assert bare.count() == read("subscriptions.yaml")["count"]
    assert set(bare.values_list("language", flat=True)) == {"fr", "nl"}
    assert all(email.endswith(".example") for email in bare.values_list("email", flat=True))
    residents = Residency.objects.exclude(user__email__endswith=COUNTED_ONLY)
    assert Subscription.objects.filter(user__isnull=False).count() == residents.count()
    assert set(bare.values_list("neighbourhoods__code", flat=True)) >= set(
        Neighbourhood.objects.filter(households__gt=0).values_list("code", flat=True)
    )


def test_the_digests_of_the_last_weeks_left_and_some_came_back_or_failed():
    this, *earlier = figures.weeks(DIGEST, now=timezone.now())[: read("subscriptions.yaml")["weeks"] + 1]
    assert sum(week.made > 50 for week in (this, *earlier)) >= read("subscriptions.yaml")["weeks"] - 1
    assert sum(week.failed for week in (this, *earlier)) == 1
    assert dict(figures.bounces_by_code()) == read("subscriptions.yaml")["bounced"]
    assert figures.subscribers().suspended == 2


def test_the_worker_has_none_of_the_demos_mails_to_send():
    assert not OutgoingMail.objects.filter(status="due").exists()
    assert make_due() == 0
    assert send_alerts() == 0
