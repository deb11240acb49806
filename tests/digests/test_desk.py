"""The desk's screen: the next digest, how many get one, and what did not arrive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from digests import figures
from digests.actions import subscribe_account
from digests.kinds import DIGEST
from digests.previews import preview
from mailing.models import Bounce
from tests.digests.moments import DAY, THURSDAY, WEEK, news
from tests.factories import OutgoingMailFactory, SubscriptionFactory
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


def screen(client: Any, **query: Any) -> Any:
    return seen(client.get(reverse("digests"), query))


def test_the_preview_is_the_mail_that_would_leave(canal, noor):
    news(canal, at=THURSDAY - WEEK - DAY, title="Déjà parti")
    page = news(canal, title="Neuf", dutch={"title": "Nieuw"})
    news(canal, title="Gardé", reserved_until=THURSDAY + 2 * DAY)
    french = preview(canal, language="fr", frequency="weekly", now=THURSDAY - timedelta(hours=1))
    assert french.parts
    assert "Neuf" in french.parts.html
    assert "Gardé" in french.parts.text
    assert "Déjà parti" not in french.parts.html
    assert page.url in french.parts.html
    assert french.edition.day == THURSDAY.date()
    dutch = preview(canal, language="nl", frequency="daily", now=THURSDAY)
    assert dutch.parts is None
    assert dutch.edition.day == (THURSDAY + DAY).date()


def test_no_link_of_anybody_stands_in_the_preview(canal):
    news(canal)
    shown = preview(canal, language="fr", frequency="weekly", now=THURSDAY - timedelta(hours=1))
    assert "/abonnement/gerer/…/" in shown.parts.html


def test_both_languages_are_shown_in_frames_that_may_run_nothing(canal, desk, signed_in):
    client = signed_in(desk)
    page = news(canal, at=timezone.now() - timedelta(minutes=1))
    frames = screen(client).select("iframe")
    assert len(frames) == 2
    for frame in frames:
        assert frame.has_attr("sandbox")
        assert not frame["sandbox"]
        answer = client.get(frame["src"])
        assert answer.status_code == 200
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert page.title in client.get(frames[0]["src"]).content.decode()
    assert "Molenstraat" in client.get(frames[1]["src"]).content.decode()


def test_a_place_is_chosen_and_what_is_none_shows_the_first(canal, gare, desk, signed_in):
    client = signed_in(desk)
    assert screen(client, neighbourhood=gare.slug).select_one("option[selected]")["value"] == gare.slug
    for wrong in ({"neighbourhood": "x"}, {"frequency": "hourly"}, {"neighbourhood": "\x00"}):
        assert screen(client, **wrong).select_one("option[selected]")["value"] == canal.slug
    assert client.get(reverse("digest_preview", args=["fr", "weekly", "nowhere"]), follow=True).status_code == 404


def test_the_screen_of_a_commune_without_neighbourhoods_or_news_says_so(commune, desk, signed_in):
    assert "pas encore de quartier" in words(screen(signed_in(desk)))


def test_subscriptions_are_counted_by_language_and_frequency(canal, noor):
    subscribe_account(noor)
    SubscriptionFactory(frequency="daily")
    SubscriptionFactory(frequency="daily", language="nl", wants_alerts=False)
    SubscriptionFactory(confirmed_at=None)
    SubscriptionFactory(suspended_at=timezone.now())
    found = figures.subscribers()
    assert {line.label: line.by_language for line in found.lines} == {
        "chaque jour": (1, 1),
        "chaque semaine": (0, 1),
        "jamais": (0, 0),
    }
    assert (found.alerts, found.unconfirmed, found.suspended) == (2, 1, 1)


def test_the_mails_of_each_week_are_counted_by_what_became_of_them():
    now = THURSDAY
    OutgoingMailFactory(kind=DIGEST, due_at=now)
    OutgoingMailFactory(kind=DIGEST, due_at=now, status="failed")
    sent = OutgoingMailFactory(kind=DIGEST, due_at=now, status="sent", sent_at=now)
    OutgoingMailFactory(kind=DIGEST, due_at=now - WEEK, status="sent", sent_at=now)
    OutgoingMailFactory(kind=DIGEST, due_at=now - 10 * WEEK, status="sent", sent_at=now)
    OutgoingMailFactory(kind="approved", due_at=now)
    Bounce.objects.create(mail=sent, is_final=True, code="5.1.1")
    this, last, *older = figures.weeks(DIGEST, now=now)
    assert (this.made, this.sent, this.waiting, this.failed, this.bounced) == (3, 1, 1, 1, 1)
    assert (last.made, last.sent) == (1, 1)
    assert all(week.made == 0 for week in older)
    assert this.first.weekday() == 0
    assert figures.bounces_by_code() == [("5.1.1", 1)]


def test_the_screen_asks_little_whatever_there_is(canal, desk, signed_in, django_assert_max_num_queries):
    client = signed_in(desk)
    for _number in range(5):
        news(canal, at=timezone.now() - timedelta(minutes=1))
        SubscriptionFactory(neighbourhoods=[canal])
    screen(client)
    with django_assert_max_num_queries(40):
        screen(client)


def test_nobody_s_address_stands_on_the_screen(canal, desk, signed_in):
    subscription = SubscriptionFactory(neighbourhoods=[canal])
    assert subscription.email not in screen(signed_in(desk)).decode()


@pytest.mark.parametrize("name", ["editor", "clerk", "participation_officer", "resident"])
def test_others_have_no_door_to_it(name, canal, request, signed_in):
    client = signed_in(request.getfixturevalue(name))
    assert client.get(reverse("digests")).status_code in (302, 403)
    assert client.get(reverse("digest_preview", args=["fr", "weekly", canal.slug])).status_code in (302, 403)
