"""The desk's words for choosing among the messages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, live_news, readable_news

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 3, 20)


def found(messages: object) -> list[str]:
    return [page.title for page in messages]


@pytest.mark.parametrize(
    ("day", "is_current"),
    [
        (LAST_DAY - timedelta(days=1), True),
        (LAST_DAY, True),
        (LAST_DAY + timedelta(days=1), False),
        (date(2027, 3, 20), False),
    ],
)
def test_a_message_is_current_until_its_last_day_included(day, is_current):
    draft_news(expires_on=LAST_DAY)
    assert NewsPage.objects.current(on=day).exists() is is_current


def test_a_message_without_a_last_day_stays_current():
    draft_news(expires_on=None)
    assert NewsPage.objects.current(on=date(2099, 12, 31)).count() == 1


def test_news_of_a_neighbourhood_is_its_own_and_that_of_the_whole_commune(mill, station):
    draft_news(title="Moulin", neighbourhoods=[mill])
    draft_news(title="Gare", neighbourhoods=[station])
    draft_news(title="Tous")
    assert set(found(NewsPage.objects.about(mill))) == {"Moulin", "Tous"}
    assert set(found(NewsPage.objects.about(station))) == {"Gare", "Tous"}


def test_a_message_for_several_neighbourhoods_is_found_once_in_each(mill, station):
    draft_news(title="Moulin et Gare", neighbourhoods=[mill, station])
    assert found(NewsPage.objects.about(mill)) == ["Moulin et Gare"]
    assert NewsPage.objects.about(station).count() == 1
    assert NewsPage.objects.about(mill).about(station).count() == 1


def test_a_message_is_of_one_kind():
    draft_news(title="Politique", kind=Kind.POLICY)
    draft_news(title="Solidaire", kind=Kind.CARING)
    assert found(NewsPage.objects.of_kind("caring")) == ["Solidaire"]
    assert found(NewsPage.objects.of_kind(Kind.POLICY)) == ["Politique"]
    assert not NewsPage.objects.of_kind(Kind.PLATFORM).exists()


def test_a_message_is_by_the_department_that_speaks(roads, social):
    draft_news(title="Travaux", department=roads)
    draft_news(title="Aide", department=social)
    assert found(NewsPage.objects.by(social)) == ["Aide"]


def test_a_message_with_several_themes_is_found_once_under_each(bikes, trees):
    page = draft_news(title="Allée")
    page.tags.add(bikes, trees)
    page.save()
    draft_news(title="Sans thème")
    assert found(NewsPage.objects.tagged(bikes)) == ["Allée"]
    assert found(NewsPage.objects.tagged(trees)) == ["Allée"]


def test_the_newest_comes_first_and_of_two_at_once_the_one_made_last():
    newest, one, other = live_news(3)
    moment = datetime(2026, 3, 1, 9, tzinfo=UTC)
    for page, day in [(newest, moment + timedelta(days=1)), (one, moment), (other, moment)]:
        NewsPage.objects.filter(pk=page.pk).update(first_published_at=day)
    assert list(NewsPage.objects.newest_first()) == [newest, other, one]


def test_a_message_that_is_published_again_keeps_its_place():
    first, second = readable_news(title="Premier"), readable_news(title="Second", dutch={"title": "Tweede"})
    first.save_revision().publish()
    assert found(NewsPage.objects.in_language("fr").live().newest_first()) == ["Second", "Premier"]
    assert second.first_published_at > NewsPage.objects.get(pk=first.pk).first_published_at


def test_messages_are_read_in_the_language_of_the_reader_or_in_the_one_named():
    readable_news()
    with translation.override("nl"):
        assert found(NewsPage.objects.in_language()) == ["Molenstraat"]
        assert found(NewsPage.objects.in_language("fr")) == ["Rue du Moulin"]
    with translation.override("fr"):
        assert found(NewsPage.objects.in_language()) == ["Rue du Moulin"]


def test_filters_combine(mill, station, roads, social, bikes):
    wanted = draft_news(title="Oui", neighbourhoods=[mill, station], department=roads, kind=Kind.CARING)
    wanted.tags.add(bikes)
    wanted.save()
    draft_news(title="Autre service", neighbourhoods=[mill], department=social, kind=Kind.CARING)
    draft_news(title="Autre genre", neighbourhoods=[mill], department=roads, kind=Kind.POLICY)
    messages = NewsPage.objects.current(on=LAST_DAY).about(mill).of_kind("caring").by(roads).tagged(bikes)
    assert found(messages.newest_first().for_cards()) == ["Oui"]


def test_a_thing_is_named_by_what_stands_what_is_drafted_and_what_is_scheduled(mill, station, roads, social):
    stands = draft_news(title="Au moulin", neighbourhoods=[mill], department=roads)
    drafted = draft_news(title="Encore partout", department=roads)
    drafted.neighbourhoods, drafted.department = [station, mill], social
    drafted.save_revision()
    draft_news(title="Autre", neighbourhoods=[station], department=roads)
    assert set(NewsPage.objects.all().naming(mill)) == {stands, drafted}
    assert list(NewsPage.objects.all().naming(social)) == [drafted]

    scheduled = draft_news(title="Pour demain", department=roads)
    scheduled.neighbourhoods = [mill]
    revision = scheduled.save_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=datetime(2099, 1, 1, tzinfo=UTC))
    scheduled.neighbourhoods = []
    scheduled.save_revision()
    assert scheduled in NewsPage.objects.all().naming(mill)


def test_an_older_version_names_nothing_any_more(mill):
    page = draft_news()
    page.neighbourhoods = [mill]
    page.save_revision()
    page.neighbourhoods = []
    page.save_revision()
    assert not NewsPage.objects.all().naming(mill).exists()
