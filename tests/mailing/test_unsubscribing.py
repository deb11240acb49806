"""The headers by which a mailbox's provider offers to end such mails (RFC 2369, RFC 8058), on the wire."""

from __future__ import annotations

import pytest

from mailing.actions import withdraw
from mailing.delivery import message_of
from mailing.models import OutgoingMail
from tests.factories import OutgoingMailFactory

pytestmark = pytest.mark.django_db
URL = "https://www.auneval.example/nl/abonnement/stoppen/" + "a" * 120 + "/"


def test_a_mail_that_can_be_ended_says_where():
    wire = message_of(OutgoingMailFactory(unsubscribe_url=URL)).message().as_bytes(linesep="\r\n")
    unfolded = wire.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", " ")
    head = {" ".join(line.split()) for line in unfolded.split("\r\n")}
    assert {f"List-Unsubscribe: <{URL}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"} <= head


def test_a_mail_that_is_not_one_of_many_says_nothing_of_it():
    assert b"List-Unsubscribe" not in message_of(OutgoingMailFactory()).message().as_bytes()


def test_what_is_withdrawn_is_what_was_named_and_has_not_left():
    OutgoingMailFactory(key="a:1", unsubscribe_url=URL)
    OutgoingMailFactory(key="a:2", unsubscribe_url=URL, status="failed")
    OutgoingMailFactory(key="b:1")
    assert withdraw(unsubscribe_url=URL) == 1
    assert withdraw(key_prefix="b:") == 1
    OutgoingMailFactory(key="c:1")
    assert withdraw() == 0
    assert dict(OutgoingMail.objects.values_list("key", "status"))["c:1"] == "due"
