"""Closing an account: on purpose, at once, everywhere; no second vote is free; staff don't leave work behind."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from mailing.delivery import send_due
from mailing.models import OutgoingMail, Status
from residents import personal_data
from residents.fingerprints import address_fingerprint
from residents.models import Profile, User, Voter
from residents.my_data import running
from residents.my_data.closing import Reason, close_account
from residents.my_data.sign_ins import RECENT_SECONDS, SIGNED_IN_AT
from residents.personal_data import Holding
from tests.factories import UserFactory, draft_news
from tests.reading import seen

pytestmark = pytest.mark.django_db
EMAIL = "noor@auneval.example"


@pytest.fixture
def noor(db: None) -> User:
    return UserFactory(email=EMAIL, language="nl")


def address(name: str, code: str = "nl") -> str:
    with override(code):
        return reverse(name)


def signed_in_long_ago(client: Any) -> Any:
    session = client.session
    session[SIGNED_IN_AT] = int(time.time()) - RECENT_SECONDS - 1
    session.save()
    return client


def close(client: Any, **fields: str) -> Any:
    return client.post(address("my_closing"), {"contributions": "keep", **fields})


def test_who_signed_in_just_now_closes_with_one_choice_and_is_signed_out(noor, signed_in):
    client = signed_in(noor)
    answer = close(client)
    assert answer.url == address("my_data_closed")
    assert not User.objects.filter(pk=noor.pk).exists()
    assert client.get(answer.url).status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_persons_other_devices_are_signed_out_too(noor, signed_in):
    other = signed_in(noor)
    close(signed_in(noor))
    assert other.get(address("my_data")).status_code == 302
    assert other.session.is_empty() or "_auth_user_id" not in other.session


@pytest.mark.parametrize("typed", ["", "noor", "other@auneval.example"])
def test_who_signed_in_earlier_types_their_address(noor, typed, signed_in):
    client = signed_in_long_ago(signed_in(noor))
    page = seen(close(client, address=typed))
    assert page.select_one(".error-summary")
    assert page.select_one("#id_address").get("value", "") == typed
    assert page.select_one("input[value=keep]").has_attr("checked")
    assert User.objects.filter(pk=noor.pk).exists()
    assert close(client, address=f" {EMAIL.upper()} ").status_code == 302
    assert not User.objects.filter(pk=noor.pk).exists()


def test_nothing_is_chosen_for_the_resident(noor, signed_in):
    page = seen(signed_in(noor).get(address("my_closing")))
    assert not page.select("input[checked]")
    assert seen(signed_in(noor).post(address("my_closing"), {})).select_one(".error-summary")
    assert User.objects.filter(pk=noor.pk).exists()


@pytest.mark.parametrize(("choice", "keeps"), [("keep", True), ("remove", False)])
def test_the_residents_choice_reaches_every_table_of_contributions(noor, choice, keeps, signed_in, monkeypatch):
    heard: list[bool] = []
    contributions = Holding(
        model=Profile,
        what="x",
        why="x",
        kept="x",
        of=lambda user: Profile.objects.none(),
        export=lambda row: {},
        close=lambda user, keep: heard.append(keep),
    )
    monkeypatch.setitem(personal_data._holdings, Profile, contributions)
    close(signed_in(noor), contributions=choice)
    assert heard == [keeps]


def test_the_last_mail_is_in_the_persons_language_and_forgets_its_address_once_it_is_sent(
    noor, signed_in, settings, mailoutbox
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    close(signed_in(noor))
    mail = OutgoingMail.objects.get(kind="account_closed")
    assert (mail.to, mail.language, mail.status) == (EMAIL, "nl", Status.DUE)
    assert send_due() == 1
    (sent,) = mailoutbox
    assert sent.to == [EMAIL]
    assert "gesloten" in sent.subject
    mail.refresh_from_db()
    assert (mail.status, mail.to, mail.text, mail.html) == (Status.SENT, "", "", "")


@pytest.mark.parametrize("reason", Reason)
def test_an_address_that_was_never_confirmed_is_not_written_to(noor, reason):
    close_account(user=noor, keep=True, reason=reason, now=timezone.now())
    assert OutgoingMail.objects.filter(kind="account_closed").exists() == (reason != Reason.UNCONFIRMED)


def test_who_votes_and_closes_stays_the_same_voter_until_it_is_over(noor, monkeypatch):
    voter = Voter.objects.create(user=noor, address_fingerprint=address_fingerprint(EMAIL))
    end = timezone.localdate() + timedelta(days=20)
    monkeypatch.setitem(running._registered, "test", lambda key: end if key == voter.key else None)
    close_account(user=noor, keep=True, reason=Reason.OWN_WISH, now=timezone.now())
    voter.refresh_from_db()
    assert (voter.user, voter.kept_until, voter.address_fingerprint) == (None, end, address_fingerprint(EMAIL))


def test_who_took_part_in_nothing_that_runs_leaves_no_voter(noor):
    Voter.objects.create(user=noor, address_fingerprint=address_fingerprint(EMAIL))
    close_account(user=noor, keep=True, reason=Reason.OWN_WISH, now=timezone.now())
    assert not Voter.objects.exists()


def test_the_longest_of_what_runs_decides(monkeypatch):
    days = {"a": date(2026, 5, 1), "b": date(2026, 7, 1), "c": None}
    monkeypatch.setattr(running, "_registered", {name: lambda key, day=day: day for name, day in days.items()})
    assert running.kept_until(None) == date(2026, 7, 1)


def test_staff_with_a_text_that_is_not_finished_are_told_what_to_do(editor, roads, signed_in):
    draft_news(owner=editor, department=roads)
    for answer in (
        signed_in(editor).get(address("my_closing", "fr")),
        signed_in(editor).post(address("my_closing", "fr"), {"contributions": "keep"}),
    ):
        page = seen(answer)
        assert "1 texte" in page.select_one(".error-summary").get_text()
        assert not page.select("form[action*=fermer]")
    assert User.objects.filter(pk=editor.pk).exists()
    with pytest.raises(ValidationError):
        close_account(user=editor, keep=True, reason=Reason.OWN_WISH, now=timezone.now())


def test_staff_without_open_work_close_their_account(editor, signed_in):
    signed_in(editor).post(address("my_closing", "fr"), {"contributions": "keep"})
    assert not User.objects.filter(pk=editor.pk).exists()


def test_the_last_administrator_stays(administrator):
    with pytest.raises(ValidationError):
        close_account(user=administrator, keep=True, reason=Reason.OWN_WISH, now=timezone.now())
    UserFactory(is_superuser=True)
    close_account(user=administrator, keep=True, reason=Reason.OWN_WISH, now=timezone.now())


def test_an_administrator_who_deletes_an_account_closes_it(noor, administrator, signed_in):
    Voter.objects.create(user=noor, address_fingerprint=address_fingerprint(EMAIL))
    client = signed_in(administrator)
    where = reverse("wagtailusers_users:delete", args=[noor.pk])
    assert client.get(where).status_code == 200
    assert User.objects.filter(pk=noor.pk).exists()
    client.post(where)
    assert not User.objects.filter(pk=noor.pk).exists()
    assert not Voter.objects.exists()
    assert OutgoingMail.objects.filter(kind="account_closed", to=EMAIL).exists()


def test_several_accounts_at_once_are_closed_by_the_same_rules(noor, administrator, signed_in):
    other = UserFactory()
    where = reverse("wagtail_bulk_action", args=["residents", "user", "delete"])
    signed_in(administrator).post(f"{where}?id={noor.pk}&id={other.pk}", {})
    assert not User.objects.filter(pk__in=[noor.pk, other.pk]).exists()
    assert OutgoingMail.objects.filter(kind="account_closed").count() == 2


def test_who_may_not_delete_accounts_closes_nobodys(noor, desk, signed_in):
    signed_in(desk).post(reverse("wagtailusers_users:delete", args=[noor.pk]))
    bulk = reverse("wagtail_bulk_action", args=["residents", "user", "delete"])
    signed_in(desk).post(f"{bulk}?id={noor.pk}", {})
    assert User.objects.filter(pk=noor.pk).exists()
