"""What a mail that comes back tells the portal, and what nobody can make it believe."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from mailing import bounces
from mailing.bounces import MOST_BYTES, NotABounceError, note_bounce, read_bounce
from mailing.delivery import send_due
from mailing.models import Bounce, OutgoingMail
from tests.factories import OutgoingMailFactory
from tests.mailing.bounces import RETURNED, bounce_of
from tests.mailing.smtp_server import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: Any) -> list[OutgoingMail]:
    """Return the mails that a feature is told of, because their address takes no more."""
    mails: list[OutgoingMail] = []
    monkeypatch.setattr(bounces, "_handlers", [mails.append])
    return mails


def received(content: bytes, monkeypatch: Any, **options: Any) -> str:
    """Give `content` to the command as the mail server does; return what it wrote."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    call_command("read_bounces", stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("returned", [name for name in RETURNED if name != "nothing"])
def test_a_bounce_is_known_by_the_mail_that_it_returns(returned, told):
    mail = OutgoingMailFactory()
    note_bounce(read_bounce(bounce_of(mail, returned=returned)))
    bounce = Bounce.objects.get()
    assert (bounce.mail, bounce.is_final, bounce.code) == (mail, True, "5.1.1")
    assert told == [mail]


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_a_bounce_that_returns_nothing_is_known_by_what_it_answers_to(header, told):
    mail = OutgoingMailFactory()
    note_bounce(read_bounce(bounce_of(mail, returned="nothing", answers=header)))
    assert told == [mail]


@pytest.mark.parametrize(
    ("action", "status", "is_final"),
    [
        ("failed", "5.1.1", True),
        ("failed", "5.1.10", True),
        ("failed", "5.0.0", True),
        ("failed", "5.2.1", True),
        ("failed", "5.2.2", False),  # a full mailbox
        ("failed", "5.7.1", False),  # our text taken for spam says nothing of the address
        ("failed", "4.4.7", False),
        ("failed", "", False),
        ("delayed", "4.4.1", False),
        ("delayed", "5.1.1", False),
    ],
)
def test_only_what_speaks_of_the_address_is_final(action, status, is_final, told):
    mail = OutgoingMailFactory()
    bounce = note_bounce(read_bounce(bounce_of(mail, action=action, status=status)))
    assert (bounce.is_final, bounce.code) == (is_final, status)
    assert bool(told) == is_final


def test_the_last_word_counts_but_what_is_final_stays_so():
    mail = OutgoingMailFactory()
    for action, status in [("delayed", "4.4.1"), ("failed", "5.1.1"), ("delayed", "4.4.1")]:
        note_bounce(read_bounce(bounce_of(mail, action=action, status=status)))
    assert (Bounce.objects.get().code, Bounce.objects.get().is_final) == ("5.1.1", True)


def test_no_word_of_a_bounce_is_kept():
    mail = OutgoingMailFactory()
    note_bounce(read_bounce(bounce_of(mail)))
    kept = {str(value) for value in Bounce.objects.values().get().values()}
    assert not any("user" in value or mail.to in value for value in kept)


def test_nobody_bounces_a_mail_that_they_did_not_have(told):
    """Its number can be guessed, and about when it was made; the trace in its Message-ID can't."""
    mail = OutgoingMailFactory()
    for forged in (mail.message_id.replace(".", ".0", 1), mail.message_id[:-40] + "0" * 20 + "@127.0.0.1>"):
        content = bounce_of(mail).replace(mail.message_id.encode(), forged.encode())
        with pytest.raises(NotABounceError):
            note_bounce(read_bounce(content))
    assert told == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: a@b.example\n\nBonjour, je ne veux plus rien recevoir.",
        b"Auto-Submitted: auto-replied\nSubject: Absent\n\nJe suis en vacances.",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n--b--",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * 200,
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"Content-Type: message/delivery-status\n\n\n\nAction: failed\nStatus: 5.1.1\n",
        b"Content-Type: text/plain; charset=no-such\nIn-Reply-To: =?x?q?=\n\n\xe9",
        b"x" * (MOST_BYTES + 1),
    ],
    ids=range(10),
)
def test_what_is_no_bounce_of_ours_is_thrown_away_in_silence(content, monkeypatch, told):
    assert received(content, monkeypatch) == ""
    assert not Bounce.objects.exists()


@how(max_examples=60, deadline=None)
@given(st.data())
def test_a_broken_bounce_is_one_or_is_none_and_never_an_error(data):
    whole = bounce_of(OutgoingMail(pk=1, to="a@auneval.example"))
    cut = data.draw(st.integers(0, len(whole)))
    noise = data.draw(st.binary(max_size=40))
    try:
        read_bounce(whole[:cut] + noise + whole[cut + data.draw(st.integers(0, 30)) :])
    except NotABounceError:
        return


def test_the_command_reads_one_from_standard_input(monkeypatch, told):
    mail = OutgoingMailFactory()
    assert "5.1.1 final" in received(bounce_of(mail), monkeypatch, dry_run=True)
    assert not Bounce.objects.exists()
    assert received(bounce_of(mail), monkeypatch) == ""
    assert told == [mail]


def test_when_something_breaks_on_our_side_the_mail_server_keeps_the_bounce(monkeypatch):
    def breaks(mail: OutgoingMail) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(bounces, "_handlers", [breaks])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bounce_of(OutgoingMailFactory()))))
    errors = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("read_bounces", stderr=errors)
    assert ended.value.code == 75
    assert errors.getvalue().strip() == "(RuntimeError)"
    assert not Bounce.objects.exists()


@pytest.mark.parametrize(
    ("answer", "is_final"),
    [("550 5.1.1 unknown", True), ("550 no", True), ("552 5.2.2 full", False), ("554 5.7.1 spam", False)],
)
def test_a_recipient_refused_while_it_is_sent_counts_as_come_back(settings, told, answer, is_final):
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = "mailing.smtp.EmailBackend", 2
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        mail = OutgoingMailFactory()
        server.replies[mail.to] = answer
        send_due()
    assert Bounce.objects.get().is_final == is_final
    assert bool(told) == is_final


def test_a_refusal_of_the_text_is_no_bounce_of_the_address(settings, told):
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = "mailing.smtp.EmailBackend", 2
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        OutgoingMailFactory()
        server.replies["DATA"] = "554 5.7.1 spam"
        send_due()
    assert not Bounce.objects.exists()


def test_the_desk_sees_what_came_back(signed_in, desk):
    came, other = OutgoingMailFactory(to="came@auneval.example"), OutgoingMailFactory(to="other@auneval.example")
    note_bounce(read_bounce(bounce_of(came)))
    client = signed_in(desk)
    listed = client.get(reverse("mails:index"), {"came_back": "on"}).content.decode()
    assert came.to in listed
    assert other.to not in listed
    assert other.to in client.get(reverse("mails:index"), {"came_back": ""}).content.decode()
    assert "5.1.1" in client.get(reverse("mails:inspect", args=[came.pk])).content.decode()
