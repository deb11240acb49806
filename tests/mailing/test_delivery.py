"""What the outbox does with the mail server's answers, against a real conversation in SMTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from mailing import delivery
from mailing.delivery import BACK_OFF, LEASE, send_due, take_next
from mailing.models import OutgoingMail, Rank, Status
from tests.factories import OutgoingMailFactory
from tests.mailing.smtp_server import MailServer, mail_server

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as started:
        settings.EMAIL_BACKEND = "mailing.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", started.port, 2
        yield started


def due(**fields: Any) -> OutgoingMail:
    return OutgoingMailFactory(**{"due_at": NOW, "next_attempt_at": NOW, **fields})


def send(after: timedelta = timedelta()) -> int:
    return send_due(clock=lambda: NOW + after)


def test_what_is_due_leaves_over_one_connection_and_is_noted(server):
    mails = [due() for _number in range(5)]
    assert send() == 5
    assert server.recipients == [mail.to for mail in mails]
    assert server.conversations == 1
    for mail in mails:
        mail.refresh_from_db()
        assert (mail.status, mail.sent_at, mail.taken_until) == (Status.SENT, NOW, None)
    assert send() == 0


def test_a_mail_has_both_parts_its_language_and_a_name_of_its_own(server):
    mail = due(text="Dag Noor,\n.een punt vooraan\n..en twee\n", html="<p>Dag «Noor»</p>")
    send()
    (received,) = server.accepted
    text, html = (received.get_body((kind,)) for kind in ("plain", "html"))
    assert text.get_content().splitlines() == ["Dag Noor,", ".een punt vooraan", "..en twee"]
    assert "«Noor»" in html.get_content()
    assert received["Content-Language"] == "nl"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Message-ID"] == mail.message_id


def test_what_is_due_later_waits(server):
    due(next_attempt_at=NOW + timedelta(minutes=1))
    assert send() == 0
    assert send(timedelta(minutes=1)) == 1


def test_a_server_that_does_not_answer_costs_no_mail_an_attempt(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "mailing.smtp.EmailBackend", "127.0.0.1", 1
    mail = due()
    with pytest.raises(OSError, match="refused"):
        send()
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Status.DUE, 0)


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_what_the_server_refuses_for_good_fails_at_once_and_the_others_leave(server, step):
    refused = due()
    server.replies[refused.to if step == "RCPT" else "DATA"] = f"550 5.1.1 <{refused.to}> is unknown"
    other = due() if step == "RCPT" else None
    send()
    refused.refresh_from_db()
    assert (refused.status, refused.error) == (Status.FAILED, "SMTP 550 5.1.1")
    assert server.recipients == ([other.to] if other else [])


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_what_the_server_puts_off_is_tried_again_later_and_later_then_fails(server, step):
    mail = due()
    server.replies[mail.to if step == "RCPT" else "DATA"] = "451 4.7.1 greylisted"
    clock = NOW
    for pause in BACK_OFF:
        send_due(clock=lambda: clock)  # noqa: B023 - called at once
        mail.refresh_from_db()
        assert (mail.status, mail.next_attempt_at, mail.error) == (Status.DUE, clock + pause, "SMTP 451 4.7.1")
        clock += pause
    send_due(clock=lambda: clock)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Status.FAILED, 1 + len(BACK_OFF))


def test_a_server_that_closes_the_connection_is_called_again_for_the_next_mail(server):
    first, second = due(), due()
    server.replies[first.to] = "421 4.7.0 too many mails over this connection"
    assert send() == 1
    assert server.recipients == [second.to]
    first.refresh_from_db()
    assert first.status == Status.DUE


def test_a_mail_that_was_put_off_leaves_when_the_server_takes_it(server):
    mail = due()
    server.replies[mail.to] = "451 later"
    send()
    server.replies.clear()
    assert send(BACK_OFF[0]) == 1
    mail.refresh_from_db()
    assert (mail.status, mail.error) == (Status.SENT, "")


def test_silence_after_the_end_is_uncertain_and_never_tried_again_by_itself(server):
    mail, other = due(), due()
    server.replies["DATA"] = ""
    send()
    for each in (mail, other):
        each.refresh_from_db()
        assert (each.status, each.error) == (Status.UNCERTAIN, "SMTPServerDisconnected")
    server.replies.clear()
    send(timedelta(days=1))
    assert server.recipients == [mail.to, other.to]


def test_a_worker_that_was_gone_before_the_end_lost_nothing(server):
    mail = due()
    assert take_next(now=NOW)
    assert send(LEASE - timedelta(seconds=1)) == 0
    assert send(LEASE) == 1
    assert server.recipients == [mail.to]


def test_a_worker_that_was_gone_after_the_end_is_told_and_its_mail_is_not_sent_again(server):
    taken = [due() and take_next(now=NOW)][0]
    delivery.hand_over(taken)
    assert send(timedelta(days=1)) == 0
    assert not OutgoingMail.objects.uncertain(now=NOW).exists()
    assert OutgoingMail.objects.uncertain(now=NOW + LEASE).get() == taken


def test_a_worker_so_slow_that_another_took_its_mail_hands_nothing_over(server, monkeypatch):
    mail = due()
    hand_over = delivery.hand_over

    def slow(taken: OutgoingMail) -> None:
        monkeypatch.setattr(delivery, "hand_over", hand_over)
        assert send(LEASE) == 1
        hand_over(taken)

    monkeypatch.setattr(delivery, "hand_over", slow)
    assert send() == 0
    assert server.recipients == [mail.to]
    mail.refresh_from_db()
    assert mail.status == Status.SENT


def test_a_queue_that_takes_long_goes_on_at_the_next_turn(server, monkeypatch):
    monkeypatch.setattr(delivery, "ROUND_SECONDS", -1)
    mail = due()
    assert send() == 0
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Status.DUE, 0)


def test_the_words_of_a_private_mail_are_removed_once_it_is_sent(server):
    mail = due(private=True, text="Uw code: 123456", html="<p>Uw code: 123456</p>")
    send()
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("", "")


def test_the_log_names_no_recipient(server, caplog):
    refused = due()
    server.replies[refused.to] = "550 no"
    send()
    assert "approved" in caplog.text
    assert refused.to not in caplog.text


def test_a_backend_that_is_not_smtp_sends_too():
    mail = due()
    assert send() == 1
    assert django_mail.outbox[0].to == [mail.to]


def test_what_somebody_waits_for_leaves_before_what_many_get(server):
    ranks = (Rank.BULK, Rank.SOON, Rank.AWAITED)
    mails = {rank: due(rank=rank, next_attempt_at=NOW - timedelta(minutes=int(rank))) for rank in ranks}
    send()
    assert server.recipients == [mails[rank].to for rank in reversed(ranks)]


def test_what_was_taken_and_not_tried_is_given_back_untried(server, monkeypatch):
    """Several are taken at once; a round that ends, or a server that goes, costs the others nothing."""
    monkeypatch.setattr(delivery, "deliver", lambda mail, server, *, clock: (_ for _ in ()).throw(KeyboardInterrupt))
    mails = [due() for _number in range(3)]
    with pytest.raises(KeyboardInterrupt):
        send()
    for mail in mails[1:]:
        mail.refresh_from_db()
        assert (mail.status, mail.attempts, mail.taken_until) == (Status.DUE, 0, None)
    mails[0].refresh_from_db()
    assert mails[0].status == Status.SENDING
