"""Reach: who counts, where, once; and that no figure under 5 can be read or worked out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from digests.models import ReachFigure, Subscription
from digests.reach.chart import lines_of
from digests.reach.counting import count_reach
from digests.reach.shown import Figure, courses, days_before, figure_of, together
from home import jobs
from home.models import Neighbourhood
from residents.models import Residency, User
from tests.factories import NeighbourhoodFactory, UserFactory, resident_of
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def canal(db: None) -> Neighbourhood:
    return NeighbourhoodFactory(code="canal", slug="canal", name_fr="Canal", name_nl="Kanaal", households=100)


def subscribe(*places: Neighbourhood, email: str = "", **fields: Any) -> Subscription:
    fields = {"language": "fr", "confirmed_at": timezone.now(), **fields}
    subscription = Subscription.objects.create(
        email=email or f"reader{Subscription.objects.count()}@b.example", **fields
    )
    subscription.neighbourhoods.set(places)
    return subscription


def reached(place: Neighbourhood) -> int:
    count_reach(timezone.localdate())
    return ReachFigure.objects.get(neighbourhood=place).reached


def figure(place: Neighbourhood, number: int, day: date | None = None, households: int = 100) -> ReachFigure:
    return ReachFigure.objects.create(
        neighbourhood=place, day=day or timezone.localdate(), reached=number, households=households
    )


# Who counts


def test_accounts_that_live_there_and_subscriptions_to_it_alone_count(canal):
    resident_of(canal)
    subscribe(canal)
    resident_of(None, following=[canal])
    assert reached(canal) == 2


@pytest.mark.parametrize(
    "fields",
    [{"confirmed_at": None}, {"suspended_at": timezone.now()}, {"frequency": "never", "wants_alerts": False}],
)
def test_a_subscription_that_reaches_nobody_does_not_count(canal, fields):
    subscribe(canal, **fields)
    assert reached(canal) == 0


def test_a_subscription_to_alerts_alone_counts(canal):
    subscribe(canal, frequency="never", wants_alerts=True)
    assert reached(canal) == 1


def test_a_subscription_to_several_neighbourhoods_counts_in_none(canal):
    other = NeighbourhoodFactory()
    subscribe(canal, other)
    subscribe()
    assert reached(canal) == reached(other) == 0


def test_an_account_that_is_blocked_does_not_count(canal):
    resident_of(canal)
    User.objects.update(is_active=False)
    assert reached(canal) == 0


def test_one_address_counts_once_and_where_its_account_says(canal):
    other = NeighbourhoodFactory()
    user = resident_of(canal)
    subscribe(canal, email=user.email.upper())
    elsewhere = resident_of(other)
    subscribe(canal, email=elsewhere.email)
    assert reached(canal) == 1
    assert reached(other) == 1


def test_an_account_that_says_no_neighbourhood_leaves_its_subscription_to_count(canal):
    user = resident_of(None)
    subscribe(canal, email=user.email)
    assert reached(canal) == 1


def test_the_subscription_of_an_account_adds_nothing(canal):
    user = resident_of(canal)
    Subscription.objects.create(user=user, confirmed_at=timezone.now())
    assert reached(canal) == 1


def test_no_more_than_the_households_that_are_there(canal):
    Neighbourhood.objects.update(households=2)
    for _number in range(3):
        resident_of(canal)
    assert reached(canal) == 2


def test_a_neighbourhood_where_nobody_lives_has_no_figure(canal):
    empty = NeighbourhoodFactory(households=0)
    resident_of(empty)
    count_reach(timezone.localdate())
    assert not ReachFigure.objects.filter(neighbourhood=empty).exists()


def test_counting_twice_a_day_keeps_one_figure_the_latest(canal):
    assert reached(canal) == 0
    resident_of(canal)
    assert reached(canal) == 1


def test_counting_costs_the_same_however_many_there_are(canal, django_assert_num_queries):
    with django_assert_num_queries(4):
        count_reach(timezone.localdate())
    NeighbourhoodFactory.create_batch(5)
    Residency.objects.bulk_create(Residency(user=user, neighbourhood=canal) for user in UserFactory.create_batch(20))
    with django_assert_num_queries(4):
        count_reach(timezone.localdate())


def test_the_worker_counts_every_day():
    (job,) = [job for job in jobs.registered() if job.name == "count_reach"]
    assert job.every == timedelta(days=1)


# What is shown


@pytest.mark.parametrize(("number", "shown"), [(0, None), (4, None), (5, 5), (27, 27)])
def test_no_figure_under_five_is_shown(canal, number, shown):
    found = figure_of(figure(canal, number))
    assert found.reached == shown
    assert (found.percent is None) == (shown is None)


def test_a_sum_is_that_of_what_is_shown_so_that_what_is_hidden_can_not_be_worked_out():
    day = date(2026, 5, 1)
    shown, hidden = [Figure(day, 20, 100), Figure(day, 7, 50)], Figure(day, None, 40)
    assert together([*shown, hidden]) == together(shown) == Figure(day, 27, 150)
    assert together([hidden, None]) is None


def test_the_last_twelve_months_have_a_day_each_and_no_february_30th():
    days = days_before(date(2026, 3, 31))
    assert len(days) == 13
    assert days[-1] == date(2026, 3, 31)
    assert days[-2] == date(2026, 2, 28)
    assert days[0] == date(2025, 3, 28)


def test_a_day_without_a_count_shows_the_latest_of_the_week_before_and_else_none(canal):
    today = timezone.localdate()
    figure(canal, 20, today - timedelta(days=6))
    (course,) = courses(today)
    assert course.ago(0).reached == 20
    assert course.ago(3) is None
    (course,) = courses(today + timedelta(days=1))
    assert course.ago(0) is None


def test_the_line_breaks_where_nothing_is_shown(canal):
    today = timezone.localdate()
    for back, number in ((0, 20), (1, 30), (2, 3), (3, 25)):
        figure(canal, number, days_before(today)[-1 - back])
    (course,) = courses(today)
    assert [len(points.split()) for points in lines_of(course, 30)] == [1, 2]


# On the neighbourhood's page


def page(client: Any, code: str = "fr") -> str:
    return words(seen(client.get({"fr": "/fr/quartiers/canal/", "nl": "/nl/wijken/canal/"}[code])).main)


@pytest.mark.parametrize(("code", "said"), [("fr", "27 % des ménages"), ("nl", "27 % van de huishoudens")])
def test_the_page_says_it_in_words_and_figures_where_the_commune_wants_it(canal, client, code, said):
    figure(canal, 27)
    assert said not in page(client, code)
    Neighbourhood.objects.update(shows_reach=True)
    assert said in page(client, code)


@pytest.mark.parametrize(("code", "said"), [("fr", "Moins de 5 ménages"), ("nl", "Minder dan 5 huishoudens")])
def test_the_page_says_fewer_than_five(canal, client, code, said):
    Neighbourhood.objects.update(shows_reach=True)
    figure(canal, 3)
    assert said in page(client, code)
    assert "3 %" not in page(client, code)


def test_the_page_says_nothing_of_a_figure_that_is_old_nor_of_none(canal, client):
    Neighbourhood.objects.update(shows_reach=True)
    assert "résumés" not in page(client)
    figure(canal, 27, timezone.localdate() - timedelta(days=7))
    assert "résumés" not in page(client)


# In the admin


@pytest.fixture
def report(desk: Any, signed_in: Any) -> Any:
    client = signed_in(desk)
    return lambda **query: client.get(reverse("reach"), query)


def test_the_report_shows_now_three_months_and_a_year_ago(canal, report):
    days = days_before(timezone.localdate())
    for day, number in ((days[-1], 27), (days[-4], 24), (days[0], 20)):
        figure(canal, number, day)
    table = seen(report()).select_one("table.queue")
    cells = [words(cell) for cell in table.select("tbody tr td")]
    assert [cell.split("%")[0].strip() for cell in cells[:3]] == ["27", "24", "20"]
    assert table.select_one("tbody svg polyline")
    assert table.select_one("svg")["aria-hidden"] == "true"


def test_the_report_hides_what_is_small_everywhere_also_in_its_files(canal, report):
    other = NeighbourhoodFactory(code="plateau", name_fr="Plateau", households=50)
    figure(canal, 27)
    figure(other, 4, households=50)
    html = report().content.decode()
    assert "moins de 5" in html
    sums = [words(cell) for cell in seen(report()).select("tfoot td")]
    assert sums[0].endswith("27 sur 100")
    lines = b"".join(report(export="csv").streaming_content).decode().splitlines()
    assert any("moins de 5" in line and line.endswith(",50,") for line in lines)
    assert report(export="xlsx").status_code == 200


def test_a_name_that_begins_a_formula_stays_words_in_the_file(report):
    figure(NeighbourhoodFactory(name_fr="=1+1"), 10)
    assert "'=1+1" in b"".join(report(export="csv").streaming_content).decode()


def test_the_report_costs_the_same_for_more_neighbourhoods(canal, report, django_assert_max_num_queries):
    figure(canal, 27)
    for _number in range(5):
        figure(NeighbourhoodFactory(), 27)
    report()
    with django_assert_max_num_queries(14):
        report()


def test_before_anything_was_counted_the_report_says_so(canal, report):
    assert "Rien n’a encore été compté" in words(seen(report()).body)


def test_the_report_in_dutch(canal, signed_in):
    from_the_desk = UserFactory(groups=["Rédaction finale / Eindredactie"], language="nl")
    figure(canal, 27)
    assert "Bereik" in words(seen(signed_in(from_the_desk).get(reverse("reach"))).body)
