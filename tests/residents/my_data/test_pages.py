"""The pages of "my data": whole, in both languages, for its person alone, at a fixed cost."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.users.models import UserProfile

from mailing.models import OutgoingMail
from residents.models import Profile, User
from tests.factories import NeighbourhoodFactory, OutgoingMailFactory, UserFactory, resident_of
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
QUERIES = 71  # one or two for each table that may hold something of a person, allauth's five among them
PAGES = ["my_data", "my_details", "my_address", "my_closing"]


def address(name: str, code: str = "fr", *args: Any) -> str:
    with override(code):
        return reverse(name, args=args)


@pytest.fixture
def noor(db: None) -> User:
    user = resident_of(NeighbourhoodFactory(name_fr="Canal", name_nl="Kanaal"))
    OutgoingMailFactory.create_batch(15, user=user, to=user.email)
    return user


@pytest.mark.parametrize("name", [*PAGES, "my_address_cancel"])
def test_a_visitor_is_asked_to_sign_in(client, name):
    for answer in (client.get(address(name)), client.post(address(name))):
        assert answer.status_code == 302
        assert "next=" in answer.url


@pytest.mark.parametrize("code", ["fr", "nl"])
@pytest.mark.parametrize("name", PAGES)
def test_no_cache_keeps_a_page_of_a_residents_own(noor, signed_in, name, code):
    answer = signed_in(noor).get(address(name, code))
    assert answer.status_code == 200
    assert {"no-store", "private"} <= set(answer["Cache-Control"].replace(" ", "").split(","))
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize(("code", "place", "why"), [("fr", "Canal", "Pourquoi"), ("nl", "Kanaal", "Waarom")])
def test_everything_is_told_in_the_readers_language_with_why_and_how_long(noor, signed_in, code, place, why):
    page = words(seen(signed_in(noor).get(address("my_data", code))).main)
    assert noor.email in page
    assert place in page
    assert why in page


def test_long_tables_are_shortened_on_the_screen_and_whole_in_the_download(noor, signed_in):
    client = signed_in(noor)
    assert "5, dans le téléchargement" in words(seen(client.get(address("my_data"))).main)
    data = json.loads(client.get(address("my_data_download", "fr", "json")).content)
    (mails,) = [part for part in data["register"] if part["table"] == "mailing.OutgoingMail"]
    assert len(mails["rows"]) == 15


def test_a_private_mails_words_are_in_no_download(noor, signed_in):
    OutgoingMail.objects.update(private=True, text="code 123456")
    assert b"123456" not in signed_in(noor).get(address("my_data_download", "fr", "json")).content


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_the_file_to_read_needs_nothing_else_and_is_a_download(noor, signed_in, code):
    answer = signed_in(noor).get(address("my_data_download", code, "html"))
    assert "attachment" in answer["Content-Disposition"]
    html = answer.content.decode()
    assert f'<html lang="{code}">' in html
    asked: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            asked.extend(value for name, value in attrs if name in ("src", "href"))

    Reader().feed(html)
    assert asked == []
    assert noor.email in html


def test_what_people_wrote_stays_words_in_the_file(noor, signed_in):
    Profile.objects.create(user=noor, display_name="<script>x</script>")
    html = signed_in(noor).get(address("my_data_download", "fr", "html")).content.decode()
    assert "<script>" not in html


def test_a_file_in_a_form_that_is_not_offered_is_not_found(noor, signed_in):
    assert signed_in(noor).get(address("my_data_download", "fr", "xml")).status_code == 404


def test_the_name_and_the_language_are_corrected_and_the_answer_comes_in_the_new_one(noor, signed_in):
    answer = signed_in(noor).post(address("my_details"), {"display_name": "  Noor  L. ", "language": "nl"}, follow=True)
    assert answer.redirect_chain == [(address("my_data", "nl"), 302)]
    assert "verbeterd" in words(seen(answer).main)
    assert Profile.objects.get(user=noor).display_name == "Noor L."
    assert UserProfile.objects.get(user=noor).preferred_language == "nl"


@pytest.mark.parametrize(
    "fields", [{"display_name": "x", "language": "fr"}, {"display_name": "Noor", "language": "de"}, {}]
)
def test_what_is_wrong_is_told_and_stays_typed(noor, signed_in, fields):
    page = seen(signed_in(noor).post(address("my_details"), fields))
    assert page.select_one(".error-summary li a")["href"].startswith("#id_")
    assert page.select_one("#id_display_name").get("value", "") == fields.get("display_name", "")
    assert not Profile.objects.filter(user=noor).exclude(display_name="").exists()


def test_the_page_costs_the_same_however_much_there_is(noor, signed_in):
    client = signed_in(noor)
    client.get(address("my_data"))
    with CaptureQueriesContext(connection) as few:
        client.get(address("my_data"))
    OutgoingMailFactory.create_batch(30, user=noor, to=noor.email)
    with CaptureQueriesContext(connection) as many:
        client.get(address("my_data"))
    assert len(many) == len(few) <= QUERIES


def test_another_resident_sees_nothing_of_it(noor, signed_in):
    html = signed_in(UserFactory()).get(address("my_data")).content.decode()
    assert noor.email not in html
