"""The last mail to a person: its address goes with it, however it ends; and a person is taken out of all the others."""

from __future__ import annotations

import smtplib
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mailing import delivery
from mailing.actions import forget_old, forget_person, give_up, send_again
from mailing.delivery import TakenOverError, hand_over, take_next
from mailing.models import OutgoingMail, Status
from tests.factories import OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db
EMAIL = "noor@auneval.example"


class Refusing:
    """A mail server that wants nothing to do with the recipient."""

    def send_messages(self, messages: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({EMAIL: (550, b"5.1.1 no such person")})


def last_mail(**fields: Any) -> OutgoingMail:
    return OutgoingMailFactory(to=EMAIL, forgets_recipient=True, private=True, **fields)


def is_forgotten(mail: OutgoingMail) -> bool:
    mail.refresh_from_db()
    return (mail.to, mail.text, mail.html) == ("", "", "")


def test_a_last_mail_that_is_refused_for_good_forgets_whom_it_was_for():
    mail = last_mail()
    taken = take_next(now=timezone.now())
    delivery.deliver(taken, Refusing(), clock=timezone.now)
    assert is_forgotten(mail)
    assert mail.status == Status.FAILED


def test_a_last_mail_that_is_given_up_forgets_too_and_can_not_be_sent_again(desk):
    mail = last_mail()
    give_up(mail=mail, user=desk)
    assert is_forgotten(mail)
    with pytest.raises(ValidationError):
        send_again(mail=mail, user=desk)
    mail.refresh_from_db()
    assert mail.status == Status.GIVEN_UP


def test_a_last_mail_whose_answer_nobody_heard_forgets_after_a_day():
    now = timezone.now()
    mail = last_mail(status=Status.UNCERTAIN, due_at=now - timedelta(hours=23))
    forget_old(now=now)
    assert not is_forgotten(mail)
    forget_old(now=now + timedelta(hours=2))
    assert is_forgotten(mail)


def test_another_mail_keeps_whom_it_was_for():
    mail = OutgoingMailFactory(to=EMAIL)
    taken = take_next(now=timezone.now())
    delivery.deliver(taken, Refusing(), clock=timezone.now)
    mail.refresh_from_db()
    assert (mail.status, mail.to) == (Status.FAILED, EMAIL)


def test_the_mails_to_a_person_are_found_by_account_and_by_address_whatever_its_case():
    user = UserFactory(email=EMAIL)
    mine = {OutgoingMailFactory(to=EMAIL.upper()), OutgoingMailFactory(to="old@auneval.example", user=user)}
    OutgoingMailFactory()
    assert set(OutgoingMail.objects.to_person(user=user, email=EMAIL)) == mine
    nobody = UserFactory()
    assert not OutgoingMail.objects.to_person(user=nobody, email=None).exists()


def test_what_was_due_to_a_person_who_left_does_not_leave_any_more():
    mail = OutgoingMailFactory(to=EMAIL, key="approved:1:2")
    forget_person(mails=OutgoingMail.objects.filter(pk=mail.pk))
    assert is_forgotten(mail)
    assert (mail.status, mail.key) == (Status.GIVEN_UP, f"forgotten:{mail.pk}")
    assert take_next(now=timezone.now()) is None


def test_a_mail_in_a_workers_hands_is_not_handed_over_any_more():
    OutgoingMailFactory(to=EMAIL)
    taken = take_next(now=timezone.now())
    forget_person(mails=OutgoingMail.objects.filter(pk=taken.pk))
    with pytest.raises(TakenOverError):
        hand_over(taken)


def test_an_answer_that_is_heard_too_late_brings_nothing_back():
    mail = OutgoingMailFactory(to=EMAIL, status=Status.UNCERTAIN, taken_by=uuid.uuid4(), taken_until=timezone.now())
    forget_person(mails=OutgoingMail.objects.filter(pk=mail.pk))
    delivery._settle(mail, status=Status.DUE)
    assert is_forgotten(mail)
    assert mail.status == Status.GIVEN_UP
