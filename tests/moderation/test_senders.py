"""Senders and their links, as the desk keeps them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import ModelLogEntry

from moderation.models import Arrival, Sender
from moderation.models.senders import hash_of
from neighbourhood_news.models import NewsPage
from tests.factories import SenderFactory, UserFactory
from tests.moderation.sending import address, link_of, proposal
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


def link_page(sender: Sender) -> str:
    return reverse("wagtailsnippets_moderation_sender:link", args=[sender.pk])


def test_a_new_link_is_shown_once_in_the_senders_language_and_works(administrator, signed_in, client):
    sender = SenderFactory(language="nl")
    staff = signed_in(administrator)
    shown = seen(staff.post(link_page(sender), {"action": "new"})).select_one("#sender-link")["value"]
    assert "/nl/voorstellen/" in shown
    assert client.get(shown.removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert shown.rsplit("/", 2)[1] not in staff.get(link_page(sender)).content.decode()
    sender.refresh_from_db()
    assert (sender.link_made_by, sender.link_hash) == (administrator, hash_of(shown.rsplit("/", 2)[1]))


def test_the_page_of_a_link_is_kept_by_no_cache(desk, signed_in):
    sender = SenderFactory()
    response = signed_in(desk).post(link_page(sender), {"action": "new"})
    assert "no-store" in response["Cache-Control"]


def test_to_look_at_the_page_of_a_link_changes_nothing(desk, signed_in):
    sender = SenderFactory()
    link_of(sender)
    signed_in(desk).get(link_page(sender), {"action": "revoke"})
    sender.refresh_from_db()
    assert sender.has_link


def test_a_revoked_link_leads_nowhere_and_what_came_by_it_stays(desk, signed_in, client):
    sender = SenderFactory()
    secret = link_of(sender)
    client.post(address(secret), proposal())
    signed_in(desk).post(link_page(sender), {"action": "revoke"})
    assert client.get(address(secret)).status_code == 404
    assert NewsPage.objects.count() == 1


def test_making_and_revoking_a_link_stands_in_the_senders_history(desk, signed_in):
    sender = SenderFactory()
    for action in ("new", "revoke"):
        signed_in(desk).post(link_page(sender), {"action": action})
    assert ModelLogEntry.objects.filter(object_id=str(sender.pk), user=desk).count() == 2


@pytest.mark.parametrize("key", ["9999", "x"])
def test_a_link_of_a_sender_that_is_not_there_is_not_found(desk, signed_in, key):
    SenderFactory(pk=1)
    path = link_page(Sender.objects.get()).replace("/1/", f"/{key}/")
    assert signed_in(desk).get(path, follow=True).status_code == 404


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_list_leads_to_each_link_in_the_language_of_the_desk(desk, signed_in, language):
    desk.wagtail_userprofile.preferred_language = language
    desk.wagtail_userprofile.save()
    sender = SenderFactory()
    page = seen(signed_in(desk).get(reverse("wagtailsnippets_moderation_sender:list")))
    with override(language):
        assert gettext("Personal link") in words(page.select_one(f"a[href='{link_page(sender)}']"))
    assert (
        link_page(sender)
        in signed_in(desk).get(reverse("wagtailsnippets_moderation_sender:edit", args=[sender.pk])).content.decode()
    )


def test_one_address_stands_once_with_each_department_whatever_its_case(roads, social):
    SenderFactory(email="a@police.example", department=roads)
    SenderFactory(email="a@police.example", department=social)
    with pytest.raises(IntegrityError):
        SenderFactory(email="A@police.example", department=roads)


def test_a_second_sender_with_that_address_is_told_in_words(desk, roads, signed_in):
    SenderFactory(email="a@police.example", department=roads)
    form = {"name": "B", "email": "A@police.example", "department": roads.pk, "language": "fr", "is_active": "on"}
    response = signed_in(desk).post(reverse("wagtailsnippets_moderation_sender:add"), form)
    with override("fr"):
        told = gettext("This department has a sender with this e-mail address already.")
    assert told in response.content.decode()


@pytest.mark.parametrize("fields", [{"language": "de"}, {"link_hash": "x"}])
def test_the_database_refuses_another_language_and_a_link_without_a_date(fields):
    with pytest.raises(IntegrityError):
        SenderFactory(**fields)


def test_a_department_with_senders_stays(roads):
    SenderFactory(department=roads)
    with pytest.raises(ProtectedError):
        roads.delete()


def test_a_deleted_sender_leaves_their_texts_with_their_name(client):
    sender = SenderFactory()
    client.post(address(link_of(sender)), proposal())
    sender.delete()
    arrival = Arrival.objects.get()
    assert (arrival.sender, arrival.from_name) == (None, "Zone de police")


def test_the_link_tells_when_it_was_used_last(client):
    sender = SenderFactory()
    secret = link_of(sender, UserFactory())
    client.get(address(secret))
    sender.refresh_from_db()
    assert sender.link_used_at is None
    client.post(address(secret), proposal())
    sender.refresh_from_db()
    assert sender.link_used_at == Arrival.objects.get().received_at
