"""The demo commune's streets, and the residents who use the portal: always the same ones, by a seed."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from wagtail.users.models import UserProfile

from home.models import Department, Neighbourhood
from home.streets.imports import import_streets
from home.streets.register import StreetColumns, read_register
from neighbourhood_news.kinds import NEWS_KIND
from portal.demo.content import FOLDER, read
from residents.models import Follow, Profile, Residency, User

Shares = dict[str, float]
SECOND = 0.3  # of those who follow one thing of a sort, so many follow another


def load_streets() -> None:
    import_streets(read_register(FOLDER / "streets.csv", columns=StreetColumns()))


def load_residents() -> list[User]:
    """Make the residents of `residents.yaml` at once: accounts without a password, with a home, and with follows."""
    data = read("residents.yaml")
    chance = random.Random(data["seed"])  # noqa: S311 - which resident follows what, in a commune that does not exist
    users = _accounts(data, chance)
    places = {place.code: place for place in Neighbourhood.objects.drawn()}
    homes = _homes(data["lives_in"], chance, len(users))
    Residency.objects.bulk_create(
        Residency(user=user, neighbourhood=places[code]) for user, code in zip(users, homes, strict=True) if code
    )
    Follow.objects.bulk_create(_follows(data, chance, users, homes, places))
    return users


def confirm_addresses(users: list[User]) -> None:
    """Let the addresses be confirmed, as a code that came back does."""
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )


def _accounts(data: dict[str, Any], chance: random.Random) -> list[User]:
    now, days = timezone.now(), data["registered_over_days"]
    users = []
    for number in range(1, data["count"] + 1):
        joined = now - timedelta(days=1 + days * chance.random() ** 1.4)
        back = joined + (now - joined) * chance.random()
        users.append(
            User(
                email=data["address"].format(number=number),
                password=make_password(None),
                date_joined=joined,
                last_login=back,
            )
        )
    users = User.objects.bulk_create(users)
    confirm_addresses(users)
    languages = ["fr" if chance.random() < data["in_french"] else "nl" for _user in users]
    UserProfile.objects.bulk_create(
        UserProfile(user=user, preferred_language=code) for user, code in zip(users, languages, strict=True)
    )
    Profile.objects.bulk_create(Profile(user=user, welcomed_at=user.date_joined) for user in users)
    return users


def _homes(shares: Shares, chance: random.Random, count: int) -> list[str]:
    """Return a neighbourhood's code for each resident, "" for who told none, by the shares."""
    weights = {**shares, "": max(0.0, 1 - sum(shares.values()))}
    return chance.choices(list(weights), list(weights.values()), k=count)


def _some(shares: Shares, chance: random.Random) -> list[str]:
    count = 2 if chance.random() < SECOND else 1
    return list(dict.fromkeys(chance.choices(list(shares), list(shares.values()), k=count)))


def _follows(
    data: dict[str, Any],
    chance: random.Random,
    users: list[User],
    homes: list[str],
    places: dict[str, Neighbourhood],
) -> list[Follow]:
    departments = {department.slug: department for department in Department.objects.all()}
    follows = []
    for user, lives_in in zip(users, homes, strict=True):
        follow = {"user": user, "since": user.date_joined}
        if chance.random() < data["follows"]["neighbourhood"]:
            codes = [code for code in _some(data["lives_in"], chance) if code != lives_in]
            follows += [Follow(neighbourhood=places[code], **follow) for code in codes]
        if chance.random() < data["follows"]["department"]:
            slugs = _some(data["departments"], chance)
            follows += [Follow(department=departments[slug], **follow) for slug in slugs]
        if chance.random() < data["follows"]["news_kind"]:
            follows += [Follow(subject=NEWS_KIND, key=key, **follow) for key in _some(data["kinds"], chance)]
    return follows
