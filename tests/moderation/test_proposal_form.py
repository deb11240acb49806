"""The form behind a personal link: what it takes, what it refuses, in whose language, and what it tells nobody."""

from __future__ import annotations

import io
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override
from PIL import Image

from home.models import PortalDocument, PortalImage
from moderation.models import Arrival
from moderation.sender_actions import revoke_link
from neighbourhood_news.models import NewsPage
from portal.logs import SecretAddressFilter
from tests.factories import NeighbourhoodFactory, SenderFactory, UserFactory
from tests.home.test_images import bomb
from tests.moderation.sending import address, link_of, picture, proposal, upload
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def sender(roads: Any) -> Any:
    return SenderFactory(department=roads)


@pytest.fixture
def secret(sender: Any) -> str:
    return link_of(sender)


def errors(response: Any) -> str:
    assert response.status_code == 200
    return words(seen(response).select_one(".error-summary"))


def in_language(code: str, words: str) -> str:
    with override(code):
        return gettext(words)


@pytest.mark.parametrize(("code", "start"), [("fr", "/fr/proposer/"), ("nl", "/nl/voorstellen/")])
def test_the_form_stands_at_an_address_in_each_language_and_in_its_words(client, secret, code, start):
    assert address(secret, code).startswith(start)
    page = seen(client.get(address(secret, code)))
    assert page.html["lang"] == code
    assert words(page.h1) == in_language(code, "Propose a text")
    assert page.h1.get_text() != "Propose a text"


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_text_becomes_a_draft_of_its_department_below_the_news_of_its_language(client, secret, roads, code):
    response = client.post(address(secret, code), proposal())
    page = NewsPage.objects.get()
    assert (page.live, page.department, page.locale.language_code) == (False, roads, code)
    assert page.title == "Contrôles de vitesse"
    assert page.workflow_in_progress
    arrival = Arrival.objects.get(page_key=page.translation_key)
    assert response["Location"] == f"{address(secret, code)}?reference={arrival.reference}"
    assert arrival.reference in words(seen(client.get(response["Location"])))


def test_paragraphs_stay_paragraphs_and_markup_is_shown_as_it_was_typed(client, secret):
    client.post(address(secret), proposal(text="Un <script>alert(1)</script>\r\nhttps://police.example\r\n\r\nDeux"))
    html = NewsPage.objects.get().body.raw_data[0]["value"]
    assert html == "<p>Un &lt;script&gt;alert(1)&lt;/script&gt;<br/>https://police.example</p><p>Deux</p>"


def test_neighbourhoods_kind_contact_day_and_word_arrive_with_it(client, secret):
    place, tomorrow = NeighbourhoodFactory(), timezone.localdate() + timedelta(days=1)
    fields = {"neighbourhoods": [place.pk], "kind": "caring", "contact": "02 555 01 99", "word": "Merci !"}
    client.post(address(secret), proposal(**fields, wanted_on=tomorrow.isoformat()))
    page, arrival = NewsPage.objects.get(), Arrival.objects.get()
    assert (list(page.neighbourhoods.all()), page.kind, page.contact) == ([place], "caring", "02 555 01 99")
    assert (arrival.wanted_on, arrival.word) == (tomorrow, "Merci !")


def test_a_picture_and_a_pdf_file_stand_in_the_draft_under_names_that_nobody_guesses(client, secret):
    files = {"file_1": upload("radar.jpg", picture()), "file_2": upload("plan.pdf", PDF, "application/pdf")}
    client.post(address(secret), proposal(**files, description_1="Un radar."))
    page, image, document = NewsPage.objects.get(), PortalImage.objects.get(), PortalDocument.objects.get()
    assert page.image == image
    assert (image.alt_fr, image.alt_nl, image.title) == ("Un radar.", "", "radar")
    assert page.body.raw_data[-1]["type"] == "documents"
    assert page.body[-1].value["documents"][0] == document
    assert image.file.name != "original_images/radar.jpg"
    assert len(document.filename) > len("plan.pdf") + 15


def test_where_a_picture_was_taken_is_not_kept(client, secret):
    content = picture(positioned=True)
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    client.post(address(secret), proposal(file_1=upload("a.jpg", content), description_1="Une rue."))
    with Image.open(PortalImage.objects.get().file) as stored:
        assert not stored.getexif()


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_picture_without_its_description_is_asked_for_it_and_nothing_is_stored(client, secret, code):
    response = client.post(address(secret, code), proposal(file_1=upload("radar.jpg", picture())))
    asked = in_language(code, "Say in one sentence what “%(name)s” shows.") % {"name": "radar"}
    assert " ".join(asked.split()) in errors(response)
    assert in_language(code, "Choose your files again: a browser does not keep them.") in response.content.decode()
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ"),
        ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("page.html", b"<script>"),
        ("plan.pdf", b"<script>"),
        ("photo.jpg", b"no picture"),
        ("photo.jpg", picture()[:400]),
        ("photo.png", bomb(20_000, 20_000)),
        ("sans-nom", b"x"),
        ("vide.pdf", b""),
    ],
)
def test_another_kind_of_file_is_refused_in_words(client, secret, name, content):
    response = client.post(address(secret), proposal(file_1=upload(name, content), description_1="Une image."))
    assert errors(response)
    assert not NewsPage.objects.exists()


def test_a_refused_file_is_named(client, secret):
    assert "virus.exe" in errors(client.post(address(secret), proposal(file_2=upload("virus.exe", b"MZ"))))


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_mistake_is_told_in_the_readers_language_and_nothing_typed_is_lost(client, secret, code):
    place = NeighbourhoodFactory()
    typed = proposal(
        title="", wanted_on="2020-01-01", neighbourhoods=[place.pk], kind="policy", contact="Ici", word="!"
    )
    page = seen(client.post(address(secret, code), typed))
    told = words(page.select_one(".error-summary"))
    assert in_language(code, "This day is over. Choose today or a later day, or leave it empty.") in told
    assert page.select_one("[name=text]").get_text().strip() == typed["text"]
    assert page.select_one("[name=contact]")["value"] == "Ici"
    assert page.select_one("[name=wanted_on]")["value"] == "2020-01-01"
    assert page.select_one(f"[name=neighbourhoods][value='{place.pk}']").has_attr("checked")
    assert page.select_one("[name=kind] [selected]")["value"] == "policy"
    assert page.select_one("[name=number]")["value"] == typed["number"]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "x" * 10_000},
        {"title": "\u202e\u2066\u200f"},
        {"text": "\x00\x00"},
        {"text": "x" * 7000},
        {"neighbourhoods": ["x", "999999"]},
        {"kind": "unknown"},
        {"wanted_on": "32/13/2030"},
        {"number": "x"},
        {"number": ""},
        {"contact": "x" * 200},
    ],
)
def test_odd_input_is_an_error_in_words_and_never_a_crash(client, secret, fields):
    assert errors(client.post(address(secret), proposal(**fields)))
    assert not Arrival.objects.exists()


def test_signs_that_turn_the_reading_direction_and_nuls_are_left_out(client, secret):
    client.post(address(secret), proposal(title="Rue \u202edu\x00 Moulin\u2069", text="Lundi\u202e\x07 ou mardi 🚲"))
    page = NewsPage.objects.get()
    assert page.title == "Rue du Moulin"
    assert page.body.raw_data[0]["value"] == "<p>Lundi ou mardi 🚲</p>"


def test_a_title_without_a_latin_letter_has_an_address_all_the_same(client, secret):
    client.post(address(secret), proposal(title="水"))
    client.post(address(secret), proposal(title="水"))
    assert set(NewsPage.objects.values_list("slug", flat=True)) == {"message", "message-1"}


def test_the_same_form_sent_twice_is_one_draft(client, secret):
    form = proposal()
    first, second = (client.post(address(secret), form)["Location"] for _ in range(2))
    assert first == second
    assert NewsPage.objects.count() == 1


def test_a_link_takes_so_many_texts_a_day_and_no_more(client, secret, settings):
    settings.SENDER_TEXTS_PER_DAY = 2
    for _number in range(2):
        assert client.post(address(secret), proposal()).status_code == 302
    response = client.post(address(secret, "nl"), proposal(title="De derde"))
    assert response.status_code == 429
    assert in_language("nl", "Your text was not sent") in response.content.decode()
    assert "De derde" in response.content.decode()
    assert NewsPage.objects.count() == Arrival.objects.count() == 2
    Arrival.objects.update(received_at=timezone.now() - timedelta(days=1))
    assert client.post(address(secret), proposal()).status_code == 302


def test_another_senders_texts_do_not_count(client, secret, settings):
    settings.SENDER_TEXTS_PER_DAY = 1
    assert client.post(address(secret), proposal()).status_code == 302
    assert client.post(address(link_of(SenderFactory())), proposal()).status_code == 302


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_wrong_a_revoked_and_a_switched_off_link_get_one_and_the_same_answer(client, roads, code):
    revoked, off = SenderFactory(department=roads), SenderFactory(department=roads)
    secrets = ["wrong", link_of(revoked), link_of(off)]
    revoke_link(sender=revoked, user=UserFactory())
    off.is_active = False
    off.save()
    answers = [client.get(address(secret, code)) for secret in secrets]
    assert {answer.status_code for answer in answers} == {404}
    pages = {answer.content.decode().replace(secret, "") for answer, secret in zip(answers, secrets, strict=True)}
    assert len(pages) == 1
    assert in_language(code, "This link does not work") in pages.pop()
    assert {client.post(address(secret, code), proposal()).status_code for secret in secrets} == {404}
    assert not NewsPage.objects.exists()


def test_a_renewed_link_takes_the_place_of_the_earlier_one(client, sender):
    old, new = link_of(sender), link_of(sender)
    assert client.get(address(old)).status_code == 404
    assert client.get(address(new)).status_code == 200


def test_a_reference_shows_only_what_came_by_this_link(client, secret):
    other = link_of(SenderFactory())
    reference = client.post(address(other), proposal())["Location"].split("=")[1]
    page = seen(client.get(address(secret), {"reference": reference}))
    assert reference not in words(page.main)
    assert page.main.form
    assert client.get(address(secret), {"reference": "x'\"\x00"}).status_code == 200


@pytest.mark.parametrize("link", ["right", "wrong"])
def test_no_cache_no_search_engine_and_no_other_site_learns_the_address(client, secret, link):
    response = client.get(address(secret if link == "right" else "wrong"))
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    page = response.content.decode()
    assert 'rel="canonical"' not in page
    assert "og:url" not in page


def test_the_form_is_taken_from_a_page_that_tells_no_origin(client, secret):
    """With "no-referrer" a browser sends "Origin: null", and no cookie stands in for the secret."""
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(address(secret), proposal(), headers={"Origin": "null"}).status_code == 302


def test_the_log_leaves_the_secret_out(client, caplog):
    caplog.set_level(logging.WARNING)
    caplog.handler.addFilter(SecretAddressFilter())
    for code in ("fr", "nl"):
        client.get(address("a-secret-in-the-address", code))
    assert "404" in caplog.text or "Not Found" in caplog.text
    assert "a-secret-in-the-address" not in caplog.text


def test_every_line_of_the_log_passes_that_filter(settings):
    handlers = settings.LOGGING["handlers"].values()
    assert [settings.LOGGING["filters"][name]["()"] for handler in handlers for name in handler["filters"]] == [
        f"{SecretAddressFilter.__module__}.{SecretAddressFilter.__name__}"
    ]


def test_the_database_does_not_hold_the_secret(sender, secret):
    assert secret not in " ".join(map(str, type(sender).objects.filter(pk=sender.pk).values_list().get()))


def test_other_methods_are_refused(client, secret):
    assert client.put(address(secret)).status_code == 405
    assert client.head(address(secret)).status_code == 200


def test_the_form_asks_the_database_a_fixed_number_of_times(client, secret, django_assert_max_num_queries):
    for _number in range(12):
        NeighbourhoodFactory()
    client.get(address(secret))
    with django_assert_max_num_queries(8):
        client.get(address(secret))
