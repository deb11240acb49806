"""Attempts at messages that are kept for their neighbourhoods first."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from home.models import Neighbourhood
from neighbourhood_news.models import NewsPage
from residents.models import Residency
from tests.factories import NeighbourhoodFactory, published_news
from tests.moderation.attempts import Attempt, action
from tests.moderation.editor import edit
from tests.neighbourhood_news.reserving import in_hours


def _reads(a: Attempt, place: Neighbourhood) -> bool:
    page = published_news(department=a.department, neighbourhoods=[place], reserved_until=in_hours(5))
    return a.client.get(page.url).status_code == 200


@action("Read a message that is kept for one's own neighbourhood first")
def read_of_ones_own(a: Attempt) -> bool:
    place = NeighbourhoodFactory()
    if not isinstance(a.user, AnonymousUser):
        Residency.objects.create(user=a.user, neighbourhood=place)
    return _reads(a, place)


@action("Read a message that is kept for another neighbourhood first")
def read_of_another(a: Attempt) -> bool:
    return _reads(a, NeighbourhoodFactory())


@action("Keep a message for its neighbourhoods until a moment")
def keep_for_its_neighbourhoods(a: Attempt) -> bool:
    page, until = a.draft(), in_hours(30)
    moment = timezone.localtime(until).strftime("%Y-%m-%d %H:%M")
    edit(a.client, page, neighbourhoods=[NeighbourhoodFactory().pk], reserved_until=moment)
    return NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().reserved_until == until
