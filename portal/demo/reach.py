"""The demo commune's residents in numbers, so that its reach is counted as anybody's would be, and the year before.

Of its households 27 % are reached now; a year ago it was 20 %.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from digests.models import ReachFigure
from digests.reach.counting import count_reach
from home.models import Neighbourhood
from portal.demo.content import read
from portal.demo.residents import confirm_addresses
from residents.models import Residency, User

A_YEAR_AGO, NOW = 20, 27
WEEKS = 53


def load_reach() -> None:
    """Let people live in each neighbourhood, count them by the rule, and let the figures of the past lead there."""
    data = read("commune.yaml")["reach"]
    today = timezone.localdate()
    count_reach(today)
    for figure in ReachFigure.objects.filter(day=today).select_related("neighbourhood"):
        _settle(figure, data["percent"][figure.neighbourhood.code])
    Neighbourhood.objects.exclude(code__in=data["not_shown"]).update(shows_reach=True)
    count_reach(today)
    ReachFigure.objects.bulk_create(
        figure for now in ReachFigure.objects.filter(day=today) for figure in _past(now, today)
    )


def _settle(reached: ReachFigure, percent: int) -> None:
    """Make accounts until as many households are reached as the percentage says. Nobody signs in to them."""
    place = reached.neighbourhood
    wanted = place.households * percent // 100 - reached.reached
    password, now = make_password(None), timezone.now()
    people = User.objects.bulk_create(
        User(email=f"{place.code}.{number}@habitants.auneval.example", password=password, last_login=now)
        for number in range(1, wanted + 1)
    )
    confirm_addresses(people)
    Residency.objects.bulk_create(Residency(user=user, neighbourhood=place) for user in people)


def _past(now: ReachFigure, today: date) -> list[ReachFigure]:
    """Return a figure for each week of the past year: from twenty for every twenty-seven of now, with some weeks' noise."""
    noise = random.Random(now.neighbourhood_id)  # noqa: S311 - a demo, and the same each time
    first = now.reached * A_YEAR_AGO / NOW
    figures = []
    for back in range(1, WEEKS + 1):
        share = 1 - back / WEEKS
        reached = round(first + (now.reached - first) * share + noise.uniform(-0.01, 0.01) * now.reached)
        figures.append(
            ReachFigure(
                neighbourhood_id=now.neighbourhood_id,
                day=today - timedelta(weeks=back),
                reached=max(0, min(reached, now.households)),
                households=now.households,
            )
        )
    return figures
