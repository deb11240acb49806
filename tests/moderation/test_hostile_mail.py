"""Mails that were made to break something: none is a traceback, none is more than a draft."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.models import PortalImage
from moderation.models import Arrival
from moderation.plain_text import as_html, from_html, one_line, plain, unwrapped, without_quotes
from moderation.received_mail import UnreadableMailError, read_mail
from neighbourhood_news.models import NewsPage
from tests.factories import SenderFactory
from tests.home.test_images import bomb
from tests.moderation.sending import letter
from tests.moderation.test_received_mail import DATAERR, NOPERM, OK, deliver, html_of  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
HEAD = b"From: info@water.example\r\nTo: roads@auneval.example\r\nMessage-ID: <1@water.example>\r\n"


@pytest.fixture
def water(roads: Any) -> Any:
    return SenderFactory(email="info@water.example", department=roads)


@pytest.fixture
def sent(water: Any, deliver: Any) -> Any:  # noqa: F811
    return deliver


def test_a_mail_of_fifty_megabytes_is_refused(sent):
    assert sent(HEAD + b"\r\n" + b"x" * (50 * 1024 * 1024)) == DATAERR
    assert not Arrival.objects.exists()


def test_all_of_a_mail_that_is_too_big_is_read_so_that_the_mail_server_can_finish(water, monkeypatch):
    from django.core.management import call_command

    stream = io.BytesIO(b"x" * (26 * 1024 * 1024))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stream))
    with pytest.raises(SystemExit):
        call_command("receive_mail")
    assert stream.read() == b""


def test_a_picture_of_too_many_pixels_is_left_out_and_named(sent, roads, water):
    mail = letter(water, roads.email)
    mail.add_attachment(bomb(20_000, 20_000), maintype="image", subtype="png", filename="bombe.png")
    assert sent(mail) == OK
    assert not PortalImage.objects.exists()
    assert "bombe.png" in Arrival.objects.get().left_out


def test_a_title_of_ten_thousand_signs_is_cut_and_kept_whole_with_the_original(sent):
    assert sent(HEAD + b"Subject: " + b"eau " * 2500 + b"\r\n\r\nTexte") == OK
    assert len(NewsPage.objects.get().title) <= 150
    assert len(Arrival.objects.get().original) > 9000


def test_markup_is_shown_as_signs(sent):
    assert sent(HEAD + b"Subject: <script>alert(1)</script>\r\n\r\n<img src=x onerror=alert(1)>") == OK
    page = NewsPage.objects.get()
    assert page.title == "<script>alert(1)</script>"
    assert html_of(page) == "<p>&lt;img src=x onerror=alert(1)&gt;</p>"


def test_a_head_that_smuggles_another_line_gives_no_second_head(sent):
    subject = b"Subject: =?utf-8?q?Eau=0D=0ABcc=3A_x=40y.example?=\r\n"
    assert sent(HEAD + subject + b"\r\nTexte") == OK
    assert NewsPage.objects.get().title == "Eau Bcc: x@y.example"


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Type: text/plain; charset=no-such\r\n\r\nTexte \xff\xfe",
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nTexte \xe9\x00\x07 \xed\xa0\x80",
        b"Content-Type: text/plain; charset=utf-7\r\n\r\nTexte +ADw-",
        b'Content-Type: text/plain; charset="\xff"\r\n\r\nTexte',
        b"Content-Type: text/plain; charset=zlib\r\n\r\nTexte",
        b"Content-Transfer-Encoding: base64\r\n\r\n####not base64 Texte",
        b"Content-Type: multipart/mixed\r\n\r\nTexte sans limites",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nTexte",
        "Subject: \u202eenil\r\n\r\nTexte \u202e\u2066caché\u2069".encode(),
        b"Subject: =?utf-8?b?###?=\r\n\r\nTexte",
        b"Subject: \xff\xfe\r\n\r\nTexte",
        b"\r\n\r\n" + b"Texte\r\n" * 50_000,
    ],
)
def test_a_broken_mail_is_a_draft_or_a_refusal_and_never_a_crash(sent, body):
    assert sent(HEAD + body) in (OK, DATAERR)
    for page in NewsPage.objects.all():
        assert "\x00" not in page.title + html_of(page)
        assert not set("\u202e\u2066\u2069") & set(page.title + html_of(page))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"no mail at all",
        b"\r\n\r\n",
        b"From: a@b.example, info@water.example\r\nTo: roads@auneval.example\r\n\r\nTexte",
        b"From: info@water.example\r\nFrom: a@b.example\r\nTo: roads@auneval.example\r\n\r\nTexte",
        HEAD + b"\r\n\r\n",
        HEAD + b"Content-Type: application/pdf\r\n\r\n",
        HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n\r\n" * 3000,
    ],
)
def test_what_is_no_mail_of_one_person_with_words_is_refused(sent, content):
    assert sent(content) == DATAERR
    assert not Arrival.objects.exists()


def test_a_mail_in_a_mail_a_thousand_deep_is_refused_or_taken_without_a_crash(sent):
    nested = b"".join(
        f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n".encode() for number in range(1500)
    )
    assert sent(HEAD + nested + b"\r\nTexte") in (OK, DATAERR)


def test_a_name_that_looks_like_a_known_address_is_a_strangers(sent):
    assert sent(b'From: "info@water.example" <spam@spam.example>\r\nTo: roads@auneval.example\r\n\r\nTexte') == NOPERM
    assert sent(b"From: info@water.example <spam@spam.example>\r\nTo: roads@auneval.example\r\n\r\nTexte") != OK


def test_a_message_identifier_of_two_thousand_signs_is_still_one_delivery(sent):
    mail = HEAD.replace(b"1@", b"1" * 2000 + b"@") + b"Subject: Eau\r\n\r\nTexte"
    assert [sent(mail), sent(mail)] == [OK, OK]
    assert Arrival.objects.count() == 1


@given(st.binary(max_size=3000))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_mail_or_are_refused(content: bytes):
    for each in (content, HEAD + content, HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" + content):
        try:
            mail = read_mail(each)
        except UnreadableMailError:
            continue
        assert "\x00" not in mail.text + mail.subject + mail.name + mail.delivery


@given(st.text(max_size=2000))
@settings(max_examples=150, deadline=None)
def test_any_text_becomes_paragraphs_without_markup_of_its_own(text: str):
    html = as_html(without_quotes(unwrapped(text)))
    assert set(html.replace("<p>", "").replace("</p>", "").replace("<br/>", "")) & {"<", ">"} == set()
    assert plain(plain(text)) == plain(text)
    assert "\n" not in one_line(text)
    from_html(text).encode()
