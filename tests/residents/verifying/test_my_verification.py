"""The resident's own page, the form for a letter, and the page for everybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from residents.models import Letter, LetterSettings, User, Verification
from residents.verifying.letters import forget_letters
from tests.factories import UserFactory
from tests.residents.verifying.people import HOME, TYPED, ask, days, printed, verify, wrong

pytestmark = pytest.mark.django_db


def address(name: str, code: str = "fr") -> str:
    with override(code):
        return reverse(name)


def page(client: Any, code: str = "fr") -> str:
    return client.get(address("my_verification", code)).content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("name", ["my_verification", "my_letter", "withdraw_my_letter"])
def test_a_visitor_is_asked_to_sign_in(name: str, client: Any):
    answer = client.post(address(name))
    assert answer.status_code == 302
    assert "next=" in answer.headers["Location"]


def test_the_page_that_tells_of_it_is_open_to_everybody(client: Any):
    assert "Habitants vérifiés" in client.get(address("about_verification")).content.decode()
    assert "Geverifieerde inwoners" in client.get(address("about_verification", "nl")).content.decode()


def test_a_page_of_ones_own_stays_out_of_every_cache(resident: User, signed_in: Any):
    for name in ("my_verification", "my_letter"):
        assert "no-store" in signed_in(resident).get(address(name)).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("ago", "said"),
    [(0, "est vérifiée jusqu’au"), (4 * 365 - 60, "prend fin dans moins de six mois"), (4 * 365 + 9, "a pris fin le")],
)
def test_the_page_says_how_one_stands(ago: int, said: str, resident: User, signed_in: Any):
    client = signed_in(resident)
    assert "n’est pas encore vérifiée" in page(client)
    verify(resident, now=days(-ago))
    assert said in page(client)
    assert ("Demander une lettre" in page(client)) == (ago > 0)


def test_a_letter_is_asked_for_and_shown_until_it_is_printed(resident: User, signed_in: Any):
    client = signed_in(resident)
    answer = client.post(address("my_letter"), {**TYPED, **HOME}, follow=True).content.decode()
    assert "Merci. Votre lettre part" in answer
    assert "Rue des Xylophones 73" in answer
    assert Letter.objects.get().born_on.isoformat() == "1957-03-29"
    client.post(address("withdraw_my_letter"))
    assert not Letter.objects.exists()


def test_the_form_knows_the_communes_own_town_and_postcode(resident: User, signed_in: Any):
    settings = LetterSettings.load()
    settings.postcodes, settings.town_fr, settings.town_nl = "1499", "Auneval", "Elzendaal"
    settings.save()
    form = signed_in(resident).get(address("my_letter", "nl")).content.decode()
    assert 'value="1499"' in form
    assert 'value="Elzendaal"' in form
    answer = signed_in(resident).post(address("my_letter"), {**TYPED, **HOME, "postcode": "1000"}).content.decode()
    assert "uniquement vers des adresses de la commune" in answer
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"born_on": "31/02/1980"}, {"born_on": "29/03/85"}, {"born_on": "29/03/1857"}, {"born_on": "29/03/2999"},
        {"born_on": ""}, {"family_name": ""}, {"family_name": "123"}, {"given_name": "x" * 81}, {"street": "Rue"},
        {"given_name": "\x00\u202e"}, {"town": ""}, {"postcode": "1" * 11},
    ],
)  # fmt: skip
def test_a_mistake_is_said_and_what_was_typed_stays(change: dict[str, str], resident: User, signed_in: Any):
    answer = signed_in(resident).post(address("my_letter"), {**TYPED, **HOME, **change})
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "error-summary" in words
    kept = "Zwarteveld-Ourthe" if "family_name" not in change else "Rue des Xylophones 73"
    assert kept in words
    assert not Letter.objects.exists()


@pytest.mark.parametrize("typed", ["29/03/1957", "29-3-1957", "29.03.1957", "29031957", " 29 03 1957 ", "1957-03-29"])
def test_a_birthday_is_read_as_people_write_it(typed: str, resident: User, signed_in: Any):
    signed_in(resident).post(address("my_letter"), {**TYPED, **HOME, "born_on": typed})
    assert Letter.objects.get().born_on.isoformat() == "1957-03-29"


def test_a_second_letter_too_soon_is_refused_with_the_day(resident: User, signed_in: Any):
    ask(resident, given_name="Bram")
    answer = signed_in(resident).post(address("my_letter", "nl"), {**TYPED, **HOME}).content.decode()
    assert "Er is al een brief onderweg" in answer
    assert Letter.objects.get().given_name == "Bram"


def test_the_code_is_typed_in_and_the_page_says_welcome(resident: User, clerk: User, signed_in: Any):
    code, client = printed(resident, by=clerk), signed_in(resident)
    assert "Code de la lettre" in page(client)
    answer = client.post(address("my_verification"), {"code": f" {code.lower()[:5]}-{code[5:]}"}, follow=True)
    assert "vous voilà habitant vérifié" in answer.content.decode()
    assert Verification.objects.exists()


def test_a_wrong_code_gets_the_same_answer_whatever_it_is(resident: User, clerk: User, signed_in: Any):
    code, client = printed(resident, by=clerk), signed_in(resident)
    said = set()
    for typed in (wrong(code), "BBBBBBBBBB", code[::-1]):
        answer = client.post(address("my_verification"), {"code": typed}).content.decode()
        said.add("Ce n’est pas le code" in answer and typed not in answer.split("error-summary")[0])
    assert said == {True}
    assert Letter.objects.get().wrong_tries == 3


def test_what_cannot_be_a_code_costs_no_try(resident: User, clerk: User, signed_in: Any):
    printed(resident, by=clerk)
    for typed in ("", "   ", "ABC", "B" * 41, "'; --", "\x00"):
        assert signed_in(resident).post(address("my_verification"), {"code": typed}).status_code == 200
    assert Letter.objects.get().wrong_tries == 0


def test_a_locked_and_an_expired_letter_say_so_and_what_to_do(clerk: User, signed_in: Any):
    locked, over = UserFactory(), UserFactory()
    code, client = printed(locked, by=clerk), signed_in(locked)
    for _try in range(5):
        client.post(address("my_verification"), {"code": wrong(code)})
    assert "bloqué après cinq essais" in page(client)
    assert "Vous pourrez demander une autre lettre à partir du" in page(client)
    printed(over, by=clerk, now=days(-61))
    for _before_and_after in range(2):
        assert "a expiré" in page(signed_in(over))
        assert "Demander une lettre" in page(signed_in(over))
        forget_letters()


def test_a_person_who_is_verified_elsewhere_is_sent_to_the_counter(resident: User, clerk: User, signed_in: Any):
    verify(UserFactory())
    code = printed(resident, by=clerk)
    answer = signed_in(resident).post(address("my_verification"), {"code": code}).content.decode()
    assert "Passez au guichet" in answer


def test_nobody_sees_anothers_letter(resident: User, clerk: User, signed_in: Any):
    ask(UserFactory())
    printed(UserFactory(), by=clerk, given_name="Bram")
    assert "Votre lettre" not in page(signed_in(resident))
    assert "Xylophones" not in page(signed_in(resident))


def test_the_page_asks_the_database_ten_times_at_most(
    resident: User, clerk: User, signed_in: Any, django_assert_max_num_queries: Any
):
    printed(resident, by=clerk)
    client = signed_in(resident)
    page(client)
    with django_assert_max_num_queries(16):
        page(client)
