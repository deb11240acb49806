"""The clerk's screens, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from residents.models import Method, Residency, User, Verification
from residents.verifying.counter import account_by_number, counter_number, find_account
from residents.verifying.permissions import is_verified
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.residents.verifying.people import TYPED, days, verify

pytestmark = pytest.mark.django_db
COUNTER = "/admin/counter/"


def number(user: User) -> str:
    return counter_number(user).replace(" ", "")


def at(user: User) -> str:
    return reverse("counter_account", args=[number(user)])


def is_now_verified(user: User) -> bool:
    return is_verified(user, on=timezone.localdate())


@pytest.fixture
def client_at_counter(clerk: User, signed_in: Any) -> Any:
    return signed_in(clerk)


def test_an_account_is_found_by_its_address_whatever_its_case_or_by_its_number(client_at_counter: Any, resident: User):
    for who in (resident.email, f" {resident.email.upper()} ", counter_number(resident), number(resident)):
        assert client_at_counter.post(COUNTER, {"who": who}).headers["Location"] == at(resident)


@pytest.mark.parametrize(
    "who", ["", "@", "auneval.example", "Lambert", "1", "000000", "²³¹²³¹", "9" * 60, "12-34", "person"]
)
def test_a_part_of_an_address_or_a_name_finds_nobody(who: str, client_at_counter: Any, resident: User):
    answer = client_at_counter.post(COUNTER, {"who": who})
    assert answer.status_code == 200
    assert resident.email not in answer.content.decode()


def test_no_number_can_be_made_up_from_another(resident: User):
    other = UserFactory()
    digits = number(resident)
    assert account_by_number(digits) == resident
    assert account_by_number(f"{other.pk}{digits[-6:]}") is None
    assert account_by_number(str(resident.pk)) is None


def test_a_blocked_account_is_not_found(resident: User):
    resident.is_active = False
    resident.save()
    assert find_account(resident.email or "") is None
    assert find_account(number(resident)) is None


def test_an_account_that_is_not_there_opens_no_screen(client_at_counter: Any):
    assert client_at_counter.get(reverse("counter_account", args=["1000001"])).status_code != 200


def test_looking_at_the_card_and_one_button_verify(client_at_counter: Any, clerk: User, resident: User):
    answer = client_at_counter.post(at(resident), TYPED, follow=True)
    assert "Ce que vous avez tapé n’est pas conservé" in answer.content.decode()
    verification = Verification.objects.get()
    assert (verification.method, verification.verified_by) == (Method.COUNTER, clerk)
    assert answer.redirect_chain == [(COUNTER, 302)]  # ready for the next person


def test_every_verification_is_logged_with_who_when_and_how_and_no_name(
    client_at_counter: Any, clerk: User, resident: User
):
    client_at_counter.post(at(resident), TYPED)
    entry = ModelLogEntry.objects.get(action="residents.verify")
    assert (entry.user, entry.object_id, entry.label) == (clerk, str(resident.pk), f"#{resident.pk}")
    assert entry.data == {"method": "counter", "namesake": False, "correction": False}


def test_the_same_account_is_not_verified_twice(client_at_counter: Any, resident: User):
    for _twice in range(2):
        answer = client_at_counter.post(at(resident), TYPED)
    assert "Il n’y a rien à faire" in answer.content.decode()
    assert ModelLogEntry.objects.filter(action="residents.verify").count() == 1


def test_a_clerk_does_not_verify_themselves(client_at_counter: Any, clerk: User):
    assert "Demandez à un collègue" in client_at_counter.get(at(clerk)).content.decode()
    answer = client_at_counter.post(at(clerk), TYPED)
    assert answer.status_code == 200
    assert not is_now_verified(clerk)


def test_a_person_who_is_verified_already_is_refused_until_the_clerk_says_that_it_is_a_namesake(
    client_at_counter: Any, resident: User
):
    verify(UserFactory())
    assert "is_namesake" not in client_at_counter.get(at(resident)).content.decode()
    answer = client_at_counter.post(at(resident), TYPED).content.decode()
    assert "personne n’est vérifié deux fois" in answer
    assert answer.count("autofocus") == 1  # the keyboard goes on at the question
    assert "autofocus" in answer.split('name="is_namesake"')[1].split(">")[0]
    assert "Zwarteveld-Ourthe" in answer  # what was typed stays
    assert not is_now_verified(resident)
    client_at_counter.post(at(resident), {**TYPED, "is_namesake": "on"})
    assert is_now_verified(resident)
    assert ModelLogEntry.objects.filter(action="residents.verify", data__namesake=True).exists()


def test_ten_namesakes_are_enough(client_at_counter: Any):
    for _number in range(10):
        client_at_counter.post(at(UserFactory()), {**TYPED, "is_namesake": "on"})
    last = UserFactory()
    assert client_at_counter.post(at(last), {**TYPED, "is_namesake": "on"}).status_code == 200


def test_details_that_were_wrong_are_corrected_by_saying_so(client_at_counter: Any, resident: User):
    verify(resident, given_name="Bram")
    answer = client_at_counter.post(at(resident), TYPED).content.decode()
    assert 'name="is_correction"' in answer
    client_at_counter.post(at(resident), {**TYPED, "is_correction": "on"})
    assert Verification.objects.get().method == Method.COUNTER


@pytest.mark.parametrize("change", [{"born_on": "x"}, {"family_name": ""}, {"given_name": "9"}])
def test_a_mistake_keeps_what_was_typed(change: dict[str, str], client_at_counter: Any, resident: User):
    answer = client_at_counter.post(at(resident), {**TYPED, **change})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Verification.objects.exists()


def registered(client: Any, **changes: Any) -> Any:
    place = NeighbourhoodFactory()
    return client.post(reverse("counter_register"), {**TYPED, "neighbourhood": place.pk, "language": "nl", **changes})


def test_a_person_without_an_address_is_registered_and_verified_in_one_go(client_at_counter: Any):
    assert registered(client_at_counter).status_code == 302
    user = User.objects.get(email=None)
    assert is_now_verified(user)
    assert not user.has_usable_password()
    assert (user.first_name, user.last_name) == ("", "")
    assert Residency.objects.get(user=user).neighbourhood
    assert UserProfile.get_for_user(user).preferred_language == "nl"


def test_registering_twice_makes_no_second_account(client_at_counter: Any):
    registered(client_at_counter)
    answer = registered(client_at_counter)
    assert answer.status_code == 200
    assert User.objects.filter(email=None).count() == 1


def test_they_are_found_again_by_the_three_facts_and_by_no_fewer(client_at_counter: Any):
    registered(client_at_counter)
    user, address = User.objects.get(email=None), reverse("counter_find_by_card")
    assert client_at_counter.post(address, {**TYPED, "given_name": "zenobie"}).headers["Location"] == at(user)
    for change in (
        {"born_on": "30/03/1957"},
        {"given_name": "Bram"},
        {"family_name": "Zwarteveld"},
        {"given_name": ""},
    ):
        answer = client_at_counter.post(address, {**TYPED, **change})
        assert answer.status_code == 200
        assert number(user) not in answer.content.decode()


def test_namesakes_are_shown_side_by_side_to_choose_from(client_at_counter: Any):
    registered(client_at_counter)
    registered(client_at_counter, is_namesake="on")
    answer = client_at_counter.post(reverse("counter_find_by_card"), TYPED).content.decode()
    for user in User.objects.filter(email=None):
        assert at(user) in answer


def test_a_clerk_changes_the_home_of_who_has_no_address_and_of_nobody_else(client_at_counter: Any, resident: User):
    registered(client_at_counter)
    user, place = User.objects.get(email=None), NeighbourhoodFactory()
    change = {"neighbourhood": place.pk, "language": "fr"}
    client_at_counter.post(reverse("counter_settle", args=[number(user)]), change)
    assert Residency.objects.get(user=user).neighbourhood == place
    client_at_counter.post(reverse("counter_settle", args=[number(resident)]), change)
    assert not Residency.objects.filter(user=resident).exists()


def test_an_expired_verification_is_renewed_at_the_counter(client_at_counter: Any, resident: User):
    verify(resident, now=days(-5 * 365))
    assert "terminé le" in client_at_counter.get(at(resident)).content.decode()
    client_at_counter.post(at(resident), TYPED)
    assert is_now_verified(resident)


def test_the_screens_name_what_a_clerk_needs_and_no_more(client_at_counter: Any, resident: User):
    page = client_at_counter.get(at(resident)).content.decode()
    assert resident.email in page
    assert resident.last_name not in page.split("<main")[1]


def test_no_screen_is_kept_in_a_cache(client_at_counter: Any, resident: User):
    for address in (COUNTER, at(resident), reverse("counter_register"), reverse("counter_find_by_card")):
        assert "no-store" in client_at_counter.get(address).headers["Cache-Control"]


def test_an_account_is_shown_in_a_fixed_number_of_queries(
    client_at_counter: Any, resident: User, django_assert_max_num_queries: Any
):
    client_at_counter.get(at(resident))
    with django_assert_max_num_queries(16):
        client_at_counter.get(at(resident))
