"""What goes into the outbox, how long it stays, and what people may do with it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from mailing.actions import forget_old, give_up, queue_mail, send_again
from mailing.delivery import send_due
from mailing.models import OutgoingMail
from tests.conftest import set_up_commune
from tests.factories import OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MAIL: dict[str, Any] = {
    "key": "submitted:1:2",
    "kind": "submitted",
    "to": "noor@auneval.example",
    "language": "nl",
    "template": "moderation/mails/submitted",
}
LONG = "Gemeenteraadsverkiezingsprogrammabesprekingsvergadering" * 4


def words(**changed: Any) -> dict[str, Any]:
    return {"title": "Molenstraat", "name": "Thomas", "edit_url": "http://x/1", "account_url": "http://x/2", **changed}


def test_the_same_mail_is_queued_once(commune):
    first = queue_mail(**MAIL, context=words())
    assert queue_mail(**MAIL, context=words(title="Anders")) == first
    assert OutgoingMail.objects.get().subject == "Na te lezen: Molenstraat"


def test_a_title_with_lines_makes_one_subject_and_no_header_of_its_own(commune):
    mail = queue_mail(**MAIL, context=words(title="Molenstraat\r\nBcc: everyone@example.org " + LONG))
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert len(mail.subject) <= 255
    assert send_due() == 1


def test_long_dutch_words_break_instead_of_widening_the_mail(commune):
    mail = queue_mail(**MAIL, context=words(title=LONG))
    assert "overflow-wrap:anywhere" in mail.html
    assert LONG in mail.text


def test_a_mail_wears_the_name_and_the_colour_of_the_commune(commune):
    mail = queue_mail(**MAIL, context=words())
    assert "background:#12493f" in mail.html
    assert "Gemeente" in mail.html
    assert "Gemeente" in mail.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "de"},
        {"status": "lost"},
        {"status": "sent"},
        {"sent_at": NOW},
        {"status": "sending"},
        {"taken_until": NOW},
    ],
)
def test_the_database_refuses_a_mail_that_can_not_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMailFactory(**wrong)


@pytest.mark.parametrize("status", ["failed", "given_up", "uncertain"])
def test_a_mail_is_sent_again_when_the_desk_says_so(status, desk):
    mail = OutgoingMailFactory(status=status, attempts=6, error="SMTP 550")
    send_again(mail=mail, user=desk)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.error) == ("due", 0, "")
    assert send_due() == 1


@pytest.mark.parametrize("fields", [{"status": "sent", "sent_at": NOW}, {"status": "due"}])
def test_what_was_sent_or_is_about_to_be_is_not_sent_again(fields, desk):
    with pytest.raises(ValidationError):
        send_again(mail=OutgoingMailFactory(**fields), user=desk)


def test_what_a_worker_has_in_its_hands_is_left_to_it(desk):
    mail = OutgoingMailFactory(
        status="uncertain", taken_by="11111111-1111-4111-8111-111111111111", taken_until=NOW + timedelta(minutes=1)
    )
    for action in (send_again, give_up):
        with pytest.raises(ValidationError):
            action(mail=mail, user=desk, now=NOW)


def test_a_mail_that_was_given_up_does_not_leave(desk):
    mail = OutgoingMailFactory()
    give_up(mail=mail, user=desk)
    assert send_due() == 0


def test_whoever_may_not_decide_over_mails_can_not(editor):
    mail = OutgoingMailFactory(status="failed")
    for action in (send_again, give_up):
        with pytest.raises(PermissionDenied):
            action(mail=mail, user=editor)


def test_mails_are_removed_after_ninety_days_but_not_while_they_are_due():
    old, young = NOW - timedelta(days=91), NOW - timedelta(days=89)
    OutgoingMailFactory(key="sent", status="sent", sent_at=old, due_at=old)
    OutgoingMailFactory(key="failed", status="failed", due_at=old)
    OutgoingMailFactory(key="due", due_at=old)
    OutgoingMailFactory(key="young", status="sent", sent_at=young, due_at=young)
    assert forget_old(now=NOW) == 2
    assert set(OutgoingMail.objects.values_list("key", flat=True)) == {"due", "young"}


def test_a_mail_stays_when_its_account_goes():
    user = UserFactory()
    mail = OutgoingMailFactory(user=user)
    user.delete()
    mail.refresh_from_db()
    assert mail.user is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other by itself")
def test_four_workers_at_the_same_moment_send_each_mail_once(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    set_up_commune()
    mails = [OutgoingMailFactory() for _number in range(40)]
    barrier = threading.Barrier(4)

    def work() -> None:
        try:
            barrier.wait()
            send_due()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = "".join(file.read_text() for file in tmp_path.iterdir())
    assert [sent.count(f"To: {mail.to}\n") for mail in mails] == [1] * 40
