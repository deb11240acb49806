"""What each reader is interested in: an account's places and follows, or what a bare address chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import prefetch_related_objects

from digests.models import Subscription
from digests.sources import Interests
from residents.languages import language_of
from residents.models import Residency, User


def interests_of(subscriptions: Iterable[Subscription]) -> dict[int, Interests]:
    """Return the interests by the key of each subscription, in a fixed number of queries."""
    everybody = list(subscriptions)
    accounts = [subscription.user for subscription in everybody if subscription.user]
    prefetch_related_objects(accounts, "wagtail_userprofile", "follows")
    prefetch_related_objects([each for each in everybody if each.user is None], "neighbourhoods")
    homes = dict(Residency.objects.filter(user__in=accounts).values_list("user", "neighbourhood"))
    return {each.pk: _account(each.user, homes) if each.user else _bare(each) for each in everybody}


def languages_of(subscriptions: Iterable[Subscription]) -> dict[int, str]:
    """Return the language in which each is written to, in a fixed number of queries."""
    everybody = list(subscriptions)
    prefetch_related_objects([each.user for each in everybody if each.user], "wagtail_userprofile")
    return {each.pk: language_of(each.user) if each.user else each.language for each in everybody}


def _bare(subscription: Subscription) -> Interests:
    places = frozenset(place.pk for place in subscription.neighbourhoods.all())
    return Interests(language=subscription.language, neighbourhoods=places)


def _account(user: User, homes: Mapping[int, int | None]) -> Interests:
    places, departments, subjects = {homes.get(user.pk)}, set(), set()
    for follow in user.follows.all():
        places.add(follow.neighbourhood_id)
        departments.add(follow.department_id)
        subjects.add((follow.subject, follow.key))
    return Interests(
        language=language_of(user),
        neighbourhoods=frozenset(place for place in places if place),
        departments=frozenset(department for department in departments if department),
        subjects=frozenset(subject for subject in subjects if subject[0]),
        has_account=True,
    )
