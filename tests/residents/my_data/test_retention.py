"""How long accounts are kept: seven days unconfirmed, two years unused, never without a warning where one can be given."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from home import jobs
from mailing.models import OutgoingMail
from residents.models import AddressChange, Profile, User, Verification, Voter
from residents.my_data import retention
from residents.my_data.lapsing import UNUSED_FOR, WARNED_BEFORE
from residents.my_data.retention import take_turn
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


def account(*, last_login: datetime | None = None, joined: datetime | None = None, **fields: Any) -> User:
    return UserFactory(last_login=last_login, date_joined=joined or NOW - timedelta(days=2000), **fields)


def is_there(user: User) -> bool:
    return User.objects.filter(pk=user.pk).exists()


def test_an_account_that_is_used_is_left_alone():
    user = account(last_login=NOW - UNUSED_FOR + WARNED_BEFORE + DAY)
    assert take_turn(now=NOW) == 0
    assert not OutgoingMail.objects.exists()
    assert is_there(user)


@pytest.mark.parametrize(("language", "word"), [("fr", "sera fermé"), ("nl", "sluit op")])
def test_a_month_before_the_end_its_person_is_warned_once_in_their_language(language, word):
    user = account(last_login=NOW - UNUSED_FOR + WARNED_BEFORE, language=language)
    for _night in range(3):
        take_turn(now=NOW)
    mail = OutgoingMail.objects.get(to=user.email)
    assert word in mail.subject
    assert (mail.kind, mail.language) == ("unused_account", language)
    assert is_there(user)


def test_who_was_warned_and_did_nothing_is_closed_after_a_month_not_before():
    user = account(last_login=NOW - UNUSED_FOR + WARNED_BEFORE)
    take_turn(now=NOW)
    take_turn(now=NOW + WARNED_BEFORE - timedelta(minutes=1))
    assert is_there(user)
    take_turn(now=NOW + WARNED_BEFORE)
    assert not is_there(user)
    assert OutgoingMail.objects.get(kind="account_closed").to == user.email


def test_who_was_unused_for_long_before_there_was_a_rule_is_warned_first():
    user = account(last_login=NOW - 3 * UNUSED_FOR)
    take_turn(now=NOW)
    assert is_there(user)
    take_turn(now=NOW + WARNED_BEFORE)
    assert not is_there(user)


def test_signing_in_takes_the_warning_back(signed_in):
    user = account(last_login=NOW - UNUSED_FOR)
    take_turn(now=NOW)
    assert Profile.objects.get(user=user).warned_at
    signed_in(user)
    assert Profile.objects.get(user=user).warned_at is None
    take_turn(now=NOW + WARNED_BEFORE)
    assert is_there(user)


def test_a_warning_of_an_earlier_time_closes_nothing():
    user = account(last_login=NOW - UNUSED_FOR)
    Profile.objects.create(user=user, warned_at=NOW - UNUSED_FOR)
    take_turn(now=NOW)
    assert is_there(user)
    assert OutgoingMail.objects.filter(kind="unused_account").count() == 1


def test_an_account_that_nobody_ever_signed_in_to_counts_from_when_it_was_made():
    old, new = account(joined=NOW - UNUSED_FOR), account(joined=NOW - DAY)
    take_turn(now=NOW)
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {old.email}
    assert is_there(new)


def test_staff_is_exempt(editor, desk, administrator):
    User.objects.update(last_login=NOW - 2 * UNUSED_FOR, date_joined=NOW - 2 * UNUSED_FOR)
    assert take_turn(now=NOW) == take_turn(now=NOW + WARNED_BEFORE) == 0
    assert is_there(editor)
    assert is_there(desk)


def test_who_has_no_address_was_last_seen_at_the_counter():
    seen_lately, long_ago = User.objects.create_without_address(), User.objects.create_without_address()
    User.objects.filter(email=None).update(date_joined=NOW - UNUSED_FOR)
    voter = Voter.objects.create(user=seen_lately)
    Verification.objects.create(voter=voter, method="counter", valid_until=NOW, verified_at=NOW - DAY, fingerprint="x")
    take_turn(now=NOW)
    assert is_there(seen_lately)
    assert not is_there(long_ago)
    assert not OutgoingMail.objects.exists()


def test_an_account_whose_address_is_not_confirmed_within_a_week_goes_without_a_mail():
    addresses = EmailAddress.objects
    late, in_time, confirmed = (account(joined=NOW - timedelta(days=days)) for days in (7, 6, 8))
    for user in (late, in_time, confirmed):
        addresses.update_or_create(
            user=user, defaults={"email": user.email, "verified": user == confirmed, "primary": True}
        )
    take_turn(now=NOW)
    assert [is_there(user) for user in (late, in_time, confirmed)] == [False, True, True]
    assert not OutgoingMail.objects.exists()


def test_an_account_that_an_administrator_made_needs_no_confirmation():
    user = account(joined=NOW - timedelta(days=8))
    take_turn(now=NOW)
    assert is_there(user)


def test_what_has_ended_is_removed():
    user = UserFactory()
    Session.objects.create(session_key="over", session_data="x", expire_date=NOW - DAY)
    Session.objects.create(session_key="runs", session_data="x", expire_date=NOW + DAY)
    AddressChange.objects.create(user=user, email="a@b.example", asked_at=NOW - DAY)
    Voter.objects.create(kept_until=timezone.localdate(NOW) - DAY)
    stays = Voter.objects.create(kept_until=timezone.localdate(NOW))
    take_turn(now=NOW)
    assert set(Session.objects.values_list("session_key", flat=True)) == {"runs"}
    assert not AddressChange.objects.exists()
    assert list(Voter.objects.all()) == [stays]


def test_the_command_says_what_it_would_do_and_then_does_it():
    user = account(last_login=NOW - UNUSED_FOR)
    told = StringIO()
    call_command("apply_retention", dry_run=True, stdout=told)
    assert "warned: 1 would be done" in told.getvalue()
    assert not OutgoingMail.objects.exists()
    told = StringIO()
    call_command("apply_retention", stdout=told)
    assert "warned: 1 done" in told.getvalue()
    assert OutgoingMail.objects.filter(to=user.email).exists()


def test_accounts_come_in_batches_and_none_is_left_out(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _number in range(5):
        account(last_login=NOW - UNUSED_FOR)
    assert take_turn(now=NOW) == 5


def test_a_turn_ends_in_time_and_the_next_goes_on():
    for _number in range(3):
        account(last_login=NOW - UNUSED_FOR)
    assert take_turn(now=NOW, seconds=0) == 0
    assert take_turn(now=NOW) == 3


def test_the_worker_does_it_once_a_day():
    (job,) = [job for job in jobs.registered() if job.name == "apply_retention"]
    assert job.every == DAY
    assert job.lease > timedelta(seconds=retention.TURN_SECONDS)
