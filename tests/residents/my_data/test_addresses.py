"""Another address: both ends confirm within a day, once; nobody learns on a screen who has an account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from mailing.models import OutgoingMail
from portal.logs import SECRET_ADDRESS
from residents.fingerprints import address_fingerprint
from residents.models import AddressChange, User, Voter
from residents.my_data.addresses import ASKED_PER_DAY, ask_for_change
from tests.factories import UserFactory
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^/\s]+(/\S+)")
NEW = "noor.new@auneval.example"


@pytest.fixture
def noor(db: None) -> User:
    return UserFactory(email="noor@auneval.example", language="nl")


def address(name: str) -> str:
    with override("nl"):
        return reverse(name)


def ask(client: Any, email: str = NEW) -> Any:
    return client.post(address("my_address"), {"email": email}, follow=True)


def link_to(address: str) -> str:
    mail = OutgoingMail.objects.filter(to=address, kind="address_change").latest("pk")
    return next(path for path in LINK.findall(mail.text) if "bevestigen" in path)


def test_the_address_changes_once_both_ends_agree_and_not_before(noor, signed_in, client):
    Voter.objects.create(user=noor, address_fingerprint=address_fingerprint(noor.email))
    ask(signed_in(noor))
    for end, expected in ((NEW, "noor@auneval.example"), (noor.email, NEW)):
        path = link_to(end)
        seen(client.get(path))
        noor.refresh_from_db()
        assert noor.email != NEW, "opening a link changes nothing: mail programs do it"
        seen(client.post(path))
        noor.refresh_from_db()
        assert noor.email == expected
    assert noor.voter.address_fingerprint == address_fingerprint(NEW)


def test_one_end_alone_however_often_changes_nothing(noor, signed_in, client):
    ask(signed_in(noor))
    for _time in range(3):
        client.post(link_to(NEW))
    noor.refresh_from_db()
    assert noor.email == "noor@auneval.example"


def test_a_link_that_was_used_leads_nowhere(noor, signed_in, client):
    ask(signed_in(noor))
    links = [link_to(NEW), link_to(noor.email)]
    for link in links:
        client.post(link)
    assert [client.post(link).status_code for link in links] == [404, 404]
    assert client.get(links[0]).status_code == 404


def test_a_link_is_over_after_a_day_and_when_another_change_is_asked_for(noor, signed_in, client):
    person = signed_in(noor)
    ask(person)
    first = link_to(NEW)
    ask(person, "other@auneval.example")
    assert client.get(first).status_code == 404
    second = link_to("other@auneval.example")
    assert client.get(second).status_code == 200
    AddressChange.objects.update(asked_at=timezone.now() - timedelta(hours=24))
    assert client.get(second).status_code == client.post(second).status_code == 404


def test_a_change_that_was_taken_back_can_not_be_confirmed(noor, signed_in, client):
    person = signed_in(noor)
    ask(person)
    link = link_to(NEW)
    person.post(address("my_address_cancel"))
    assert client.post(link).status_code == 404


def test_the_screen_answers_alike_for_a_free_and_for_a_taken_address_and_only_its_mailbox_is_told(noor, signed_in):
    UserFactory(email="taken@auneval.example")
    person, answers = signed_in(noor), []
    for email in ("freed@auneval.example", "taken@auneval.example"):
        page = seen(ask(person, email))
        answers.append(words(page.main).replace(email, "…"))
        assert OutgoingMail.objects.filter(to=email, kind="address_change", user=noor).count() == 1
    assert answers[0] == answers[1]
    assert "confirm" not in OutgoingMail.objects.get(to="taken@auneval.example").text
    assert not LINK.findall(OutgoingMail.objects.get(to="taken@auneval.example").text.split("-- ")[0])


def test_a_taken_address_is_never_given_away_whoever_confirms(noor, signed_in, client):
    UserFactory(email="taken@auneval.example")
    ask(signed_in(noor), "Taken@auneval.example")
    assert client.post(link_to(noor.email)).status_code == 200
    noor.refresh_from_db()
    assert noor.email == "noor@auneval.example"
    assert AddressChange.objects.get(user=noor).is_open


def test_an_address_that_somebody_took_in_the_meantime_stays_theirs(noor, signed_in, client):
    ask(signed_in(noor))
    links = [link_to(NEW), link_to(noor.email)]
    other = UserFactory(email=NEW)
    assert [client.post(link).status_code for link in links] == [200, 409]
    noor.refresh_from_db()
    other.refresh_from_db()
    assert (noor.email, other.email) == ("noor@auneval.example", NEW)
    assert client.post(links[1]).status_code == 404


def test_a_person_without_an_address_confirms_at_the_new_end_alone(signed_in, client):
    user = User.objects.create_without_address()
    ask_for_change(user=user, email=NEW, now=timezone.now())
    mail = OutgoingMail.objects.get(kind="address_change")
    assert mail.to == NEW
    client.post(LINK.findall(mail.text)[0])
    user.refresh_from_db()
    assert user.email == NEW


def test_a_person_can_not_have_the_portal_write_to_others_all_day(noor, signed_in):
    person = signed_in(noor)
    for number in range(ASKED_PER_DAY):
        ask(person, f"stranger{number}@auneval.example")
    page = seen(ask(person, "one.more@auneval.example"))
    assert page.select_one(".error-summary")
    assert page.select_one("#id_email")["value"] == "one.more@auneval.example"
    assert not OutgoingMail.objects.filter(to="one.more@auneval.example").exists()
    with pytest.raises(ValidationError):
        ask_for_change(user=noor, email=NEW, now=timezone.now())
    ask_for_change(user=noor, email=NEW, now=timezone.now() + timedelta(hours=25))


@pytest.mark.parametrize(
    "email", ["", "noor", "NOOR@auneval.example", "a b@auneval.example", "x" * 300 + "@auneval.example"]
)
def test_what_is_no_new_address_is_told_at_the_field_and_stays_there(noor, email, signed_in):
    page = seen(ask(signed_in(noor), email))
    assert page.select_one(".error-summary")
    assert page.select_one("#id_email").get("value", "") == email
    assert not AddressChange.objects.exists()


def test_the_stranger_at_a_new_address_is_not_told_whose_account_it_is(noor, signed_in):
    ask(signed_in(noor))
    mail = OutgoingMail.objects.get(to=NEW)
    for told in (mail.text, mail.html, mail.subject):
        assert "noor@" not in told
        assert noor.first_name not in told


def test_links_stand_in_no_log_no_cache_and_no_other_sites_statistics(noor, signed_in, client):
    ask(signed_in(noor))
    path = link_to(NEW)
    assert SECRET_ADDRESS.sub(r"\1…", path).endswith("/…/")
    answer = client.get(path)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert path.strip("/").split("/")[-1] not in str(list(AddressChange.objects.values()))


@pytest.mark.parametrize("secret", ["x", "é", "%00", "a" * 3000])
def test_a_secret_that_was_made_up_leads_nowhere(client, secret):
    with override("fr"):
        assert client.get(f"/fr/confirmer-adresse/{secret}/").status_code == 404
        assert client.post(f"/fr/confirmer-adresse/{secret}/").status_code == 404
