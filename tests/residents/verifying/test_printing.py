"""Letters on paper and in the merge file, and the clerk's screen of letters."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse
from reportlab import rl_config

from home.models import CommuneSettings
from home.printing.fonts import printable
from residents.models import Letter, LetterBatch, LetterSettings, User
from residents.verifying.letters import PrintedLetter, enter_code
from residents.verifying.merge_file import HEAD, harmless
from residents.verifying.paper import letters_pdf
from residents.verifying.wording import Wording, wording_of
from tests.factories import UserFactory
from tests.residents.verifying.people import ask, days, printed

pytestmark = pytest.mark.django_db
PLACE = rb"1 0 0 1 ([\d.]+) ([\d.]+) Tm"  # where a line of text begins, in points from the bottom


def words(language: str, by: User, **changes: Any) -> Wording:
    user = UserFactory(language=language)
    code = printed(user, by=by, **changes)
    letter = Letter.objects.select_related("batch").get(user=user)
    return wording_of(PrintedLetter(letter, code), commune=CommuneSettings.load(), settings=LetterSettings.load())


@pytest.mark.parametrize(
    ("language", "greeting", "address"),
    [
        ("fr", "Madame, Monsieur,", "/fr/mon-espace/verification/"),
        ("nl", "Geachte mevrouw", "/nl/mijn-omgeving/verificatie/"),
    ],
)
def test_a_letter_is_in_the_language_of_its_reader(language: str, greeting: str, address: str, clerk: User):
    letter = words(language, clerk)
    assert letter.greeting.startswith(greeting)
    assert letter.address.endswith(address)
    assert letter.addressee == ["Zénobie Marie Zwarteveld-Ourthe", "Rue des Xylophones 73", "1499 Auneval"]
    assert re.fullmatch(r"[A-Z0-9]{3} [A-Z0-9]{3} [A-Z0-9]{4}", letter.code)


@pytest.mark.parametrize("window", LetterSettings.Window.values)
def test_each_letter_is_one_sheet_with_the_address_in_the_window(window: str, clerk: User, monkeypatch: Any):
    monkeypatch.setattr(rl_config, "pageCompression", 0)
    settings = LetterSettings.load()
    settings.window = window
    letters = [words("fr", clerk), words("nl", clerk, given_name="Bram", street="X" * 150)]
    pdf = letters_pdf(letters, commune=CommuneSettings.load(), settings=settings)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 2
    millimetres = [(float(x) * 25.4 / 72, 297 - float(y) * 25.4 / 72) for x, y in re.findall(PLACE, pdf)]
    shown = [(x, y) for x, y in millimetres if 50 < y < 82 and (x > 100) == (window == "right")]
    assert len(shown) == 6  # three lines on each sheet, and nothing else in the window


def test_a_letter_leaves_out_an_accent_rather_than_a_letter():
    words = printable("Łukasz Wiśniewski, Erdoğan Çelik, Ștefan Szőke ")
    assert words.strip() == "Łukasz Wisniewski, Erdoğan Çelik, Stefan Szoke"


def test_an_accent_that_was_typed_apart_from_its_letter_is_printed_with_it():
    assert printable("Rene\u0301e") == "Renée"


def test_markup_in_a_name_is_a_name(clerk: User):
    letter = words("fr", clerk, family_name="<b>Peeters</b> & Co")
    assert letters_pdf([letter], commune=CommuneSettings.load(), settings=LetterSettings.load())


def merged(answer: Any) -> list[dict[str, str]]:
    assert answer.headers["Content-Type"] == "text/csv"
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_merge_file_has_the_codes_that_work(resident: User, clerk: User, signed_in: Any):
    letter = ask(resident)
    answer = signed_in(clerk).post(reverse("print_letters"), {"letters": [letter.pk], "kind": "csv"})
    (row,) = merged(answer)
    assert list(row) == HEAD
    assert enter_code(user=resident, code=row["code"], now=days(1))


@pytest.mark.parametrize("cell", ["=1+1", "+32", "-1", "@sum", "\t=1", "\r=1"])
def test_no_cell_of_the_merge_file_is_a_formula(cell: str):
    assert harmless(cell) == f"'{cell}"


def test_a_formula_in_a_street_is_harmless_in_the_merge_file(resident: User, clerk: User, signed_in: Any):
    letter = ask(resident, street='=HYPERLINK("http://x";"1")')
    (row,) = merged(signed_in(clerk).post(reverse("print_letters"), {"letters": [letter.pk], "kind": "csv"}))
    assert row["street"].startswith("'=")


def test_the_pdf_is_the_answer_to_the_button_and_no_cache_keeps_it(resident: User, clerk: User, signed_in: Any):
    letter = ask(resident)
    answer = signed_in(clerk).post(reverse("print_letters"), {"letters": [letter.pk], "kind": "pdf"})
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    assert Letter.objects.get().batch.printed_by == clerk


def test_the_clerk_reads_before_printing_that_the_codes_are_not_kept(resident: User, clerk: User, signed_in: Any):
    ask(resident)
    page = signed_in(clerk).get(reverse("letters")).content.decode()
    assert page.index("Les codes n’existent que sur ce papier") < page.index("Créer les codes et télécharger")


def test_printing_the_same_letters_again_says_that_they_were_printed(resident: User, clerk: User, signed_in: Any):
    letter, client = ask(resident), signed_in(clerk)
    client.post(reverse("print_letters"), {"letters": [letter.pk], "kind": "pdf"})
    answer = client.post(reverse("print_letters"), {"letters": [letter.pk], "kind": "pdf"})
    assert answer.status_code == 200
    assert "%PDF" not in answer.content.decode()
    assert LetterBatch.objects.count() == 1


@pytest.mark.parametrize(
    "data", [{}, {"letters": "x"}, {"letters": ["999999"], "kind": "pdf"}, {"letters": [], "kind": "y"}]
)
def test_what_is_no_letter_prints_nothing_and_says_so(data: dict[str, Any], clerk: User, signed_in: Any):
    answer = signed_in(clerk).post(reverse("print_letters"), data)
    assert answer.status_code == 200
    assert not LetterBatch.objects.exists()


def test_a_lost_batch_is_cancelled_on_the_screen(resident: User, clerk: User, signed_in: Any):
    printed(resident, by=clerk)
    client, address = signed_in(clerk), reverse("cancel_letters", args=[LetterBatch.objects.get().pk])
    assert "1 code" in client.get(address).content.decode()
    assert "1 lettre attend" in client.post(address, follow=True).content.decode()
    assert Letter.objects.get().is_waiting
    assert client.get(address).status_code != 200


def test_a_letter_is_taken_out_on_the_screen(resident: User, clerk: User, signed_in: Any):
    letter, client = ask(resident), signed_in(clerk)
    for _twice in range(2):
        assert client.post(reverse("refuse_letter", args=[letter.pk]), follow=True).status_code == 200
    assert not Letter.objects.exists()


def test_the_list_asks_the_database_as_often_for_forty_letters_as_for_two(
    clerk: User, signed_in: Any, django_assert_max_num_queries: Any
):
    client = signed_in(clerk)
    for number in range(40):
        user = UserFactory()
        ask(user) if number % 2 else printed(user, by=clerk)
    client.get(reverse("letters"))
    with django_assert_max_num_queries(16):
        client.get(reverse("letters"))


def test_the_settings_of_letters_refuse_what_is_no_postcode(administrator: User, signed_in: Any):
    key = LetterSettings.load().pk
    client, address = (
        signed_in(administrator),
        reverse("wagtailsettings:edit", args=["residents", "lettersettings", key]),
    )
    form = {"postcodes": "1499 99", "window": "left", "signed_fr": "a", "signed_nl": "b", "town_fr": "", "town_nl": ""}
    client.post(address, form)
    assert LetterSettings.load().window == "right"
    client.post(address, {**form, "postcodes": "1499 1498"})
    assert LetterSettings.load().known_postcodes == ["1499", "1498"]
