"""What the database itself promises of the messages."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from home.models import Department
from moderation.actions import publish_in_both_languages
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsPage, NewsPageTheme
from tests.factories import draft_news, published_news

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["advert", "POLICY", " ", "policy "])
def test_a_kind_that_is_not_one_of_the_five_is_refused(kind):
    page = draft_news()
    with pytest.raises(IntegrityError, match="kind_is_one_of_the_five"), transaction.atomic():
        NewsPage.objects.filter(pk=page.pk).update(kind=kind)
    page.refresh_from_db()
    assert page.kind == Kind.POLICY


@pytest.mark.parametrize("kind", ["", *Kind.values])
def test_the_five_kinds_are_accepted_and_so_is_one_still_open(kind):
    page = draft_news()
    assert NewsPage.objects.filter(pk=page.pk).update(kind=kind) == 1


def test_the_kinds_are_the_five_that_belong_to_the_neighbourhoods():
    assert set(Kind.values) == {"caring", "policy", "participation", "connection", "platform"}


def test_a_theme_stands_once_on_a_message(bikes, trees):
    page, other = draft_news(), draft_news(title="Autre")
    NewsPageTheme.objects.create(tag=bikes, content_object=page)
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsPageTheme.objects.create(tag=bikes, content_object=page)
    NewsPageTheme.objects.create(tag=trees, content_object=page)
    NewsPageTheme.objects.create(tag=bikes, content_object=other)
    assert NewsPageTheme.objects.count() == 3


def test_a_theme_taken_off_a_message_leaves_both_languages(bikes, trees):
    page = published_news()
    dutch = page.get_translations().get()
    for themes in ([bikes, trees], [trees], []):
        page.tags.set(themes)
        page.save_revision()
        publish_in_both_languages(page=page, user=None)
        assert set(NewsPage.objects.get(pk=dutch.pk).tags.all()) == set(themes)


def test_a_theme_that_goes_leaves_its_messages_alone(bikes):
    page = draft_news()
    page.tags.add(bikes)
    page.save()
    bikes.delete()
    assert list(NewsPage.objects.get(pk=page.pk).tags.all()) == []


@pytest.mark.parametrize(
    "delete", [lambda thing: thing.delete(), lambda thing: Department.objects.filter(pk=thing.pk).delete()]
)
def test_a_department_with_messages_stays(roads, delete):
    page = draft_news(department=roads)
    with pytest.raises(ProtectedError):
        delete(roads)
    assert NewsPage.objects.get(pk=page.pk).department == roads


def test_a_department_without_messages_may_go(roads, social):
    draft_news(department=roads)
    social.delete()
    assert not Department.objects.filter(slug="social").exists()
