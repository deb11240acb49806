"""Postcards and posters: what is on them, in which language, on which paper, and where their code leads."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from reportlab.lib.units import mm

from home.colours import TINT_COLOURS, WHITE, contrast
from home.models import CommuneSettings, Neighbourhood
from home.printing.fonts import BOLD, REGULAR, common_size, fitted, lines_of, printable, use_fonts
from home.printing.pieces import PIECES, Order
from home.printing.sheets import Box, Sheet, _rings
from tests.factories import NeighbourhoodFactory

pytestmark = pytest.mark.django_db

CSS = Path(settings.BASE_DIR) / "portal" / "static" / "portal" / "portal.css"
A6, A4, A3 = (419.53, 297.64), (595.28, 841.89), (841.89, 1190.55)
SIZES = {"postcard": A6, "poster-a4": A4, "poster-a3": A3}
PRINT = "wagtailsnippets_home_neighbourhood:print"
each_piece = pytest.mark.parametrize("piece", PIECES)


@pytest.fixture
def etangs(db: None) -> Neighbourhood:
    commune = CommuneSettings.load()
    commune.name_fr, commune.name_nl, commune.telephone = "Auneval", "Elzendaal", "02 555 01 00"
    commune.save()
    NeighbourhoodFactory(slug="canal")
    return NeighbourhoodFactory(slug="etangs-vijvers", name_fr="Les Étangs", name_nl="De Vijvers", tint=4)


@pytest.fixture
def written(monkeypatch: Any) -> Any:
    """Return what is written and what is encoded while a piece is made."""
    said: dict[str, list[str]] = {"words": [], "codes": []}
    write, code = Sheet.write, Sheet.code

    def note_words(self: Sheet, text: str, *args: Any, **options: Any) -> float:
        said["words"].append(text)
        return write(self, text, *args, **options)

    def note_code(self: Sheet, address: str, box: Box) -> None:
        said["codes"].append(address)
        code(self, address, box)

    monkeypatch.setattr(Sheet, "write", note_words)
    monkeypatch.setattr(Sheet, "code", note_code)
    return said


def made(piece: str, place: Neighbourhood, **options: Any) -> bytes:
    everywhere = list(Neighbourhood.objects.drawn())
    return PIECES[piece](Order(place=place, everywhere=everywhere, commune=CommuneSettings.load(), **options))


def boxes(pdf: bytes, name: str) -> list[tuple[float, ...]]:
    found = re.findall(rb"/%s \[\s*([^\]]+)\]" % name.encode(), pdf)
    return [tuple(float(number) for number in box.split()) for box in found]


@each_piece
def test_a_piece_for_the_office_has_the_size_of_its_paper(etangs, piece):
    pdf = made(piece, etangs)
    sizes = boxes(pdf, "MediaBox")
    assert len(sizes) == (2 if piece == "postcard" else 1)
    for size in sizes:
        assert size[2:] == pytest.approx(SIZES[piece], abs=0.1)
    assert not boxes(pdf, "TrimBox")


@each_piece
def test_a_piece_for_a_printer_says_where_it_is_cut_and_bleeds_three_millimetres(etangs, piece):
    pdf = made(piece, etangs, for_a_printer=True)
    trims, bleeds = boxes(pdf, "TrimBox"), boxes(pdf, "BleedBox")
    assert len(trims) == len(bleeds) == len(boxes(pdf, "MediaBox"))
    for trim, bleed in zip(trims, bleeds, strict=True):
        assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(SIZES[piece], abs=0.1)
        assert trim[0] - bleed[0] == pytest.approx(3 * mm, abs=0.1)
        assert bleed[2] - trim[2] == pytest.approx(3 * mm, abs=0.1)


@each_piece
def test_typefaces_are_embedded(etangs, piece):
    pdf = made(piece, etangs)
    assert pdf.count(b"/FontFile2") == 2
    assert b"BitstreamVera" in pdf


@each_piece
@pytest.mark.parametrize(
    ("languages", "there", "absent"),
    [
        (("fr", "nl"), ["Les Étangs", "De Vijvers", "Auneval / Elzendaal", "votre quartier", "uw wijk"], []),
        (("fr",), ["Les Étangs", "Auneval", "votre quartier"], ["De Vijvers", "Elzendaal", "uw wijk"]),
        (("nl",), ["De Vijvers", "Elzendaal", "uw wijk"], ["Les Étangs", "Auneval", "votre quartier"]),
    ],
)
def test_a_piece_speaks_both_languages_or_the_one_that_was_chosen(etangs, written, piece, languages, there, absent):
    made(piece, etangs, languages=languages)
    words = "\n".join(written["words"])
    assert [word for word in there if word not in words] == []
    assert [word for word in absent if word in words] == []


@each_piece
def test_the_code_is_the_short_address_on_the_communes_host_and_is_written_too(etangs, written, settings, piece):
    settings.WAGTAILADMIN_BASE_URL = "https://portail.auneval.example"
    made(piece, etangs)
    assert written["codes"] == ["https://portail.auneval.example/q/etangs-vijvers/"]
    assert "portail.auneval.example/q/etangs-vijvers" in written["words"]


@each_piece
def test_where_there_is_no_telephone_nobody_is_invited_to_call(etangs, written, piece):
    CommuneSettings.objects.update(telephone="")
    made(piece, etangs)
    assert "nternet" not in "\n".join(written["words"])


@pytest.mark.skipif(not shutil.which("pdftoppm") or not shutil.which("zbarimg"), reason="needs poppler and zbar")
@each_piece
def test_a_phone_reads_the_code(etangs, settings, piece, tmp_path):
    settings.WAGTAILADMIN_BASE_URL = "https://portail.auneval.example"
    (tmp_path / "piece.pdf").write_bytes(made(piece, etangs))
    subprocess.run(["pdftoppm", "-r", "110", "-png", "piece.pdf", "page"], cwd=tmp_path, check=True)
    pages = [str(page) for page in sorted(tmp_path.glob("page*.png"))]
    read = subprocess.run(["zbarimg", "-q", "--raw", *pages], capture_output=True, text=True, check=False)
    assert read.stdout.strip() == "https://portail.auneval.example/q/etangs-vijvers/"


@each_piece
def test_the_longest_names_and_none_at_all_break_nothing(etangs, piece):
    etangs.name_fr, etangs.name_nl, etangs.slug = "É" * 120, "Vijverwijk " * 10, "x" * 60
    assert made(piece, etangs, for_a_printer=True).startswith(b"%PDF")
    Neighbourhood.objects.all().delete()
    assert made(piece, NeighbourhoodFactory(outline=None, name_nl="")).startswith(b"%PDF")


def test_a_piece_that_is_made_twice_is_the_same_file(etangs):
    assert made("postcard", etangs) == made("postcard", etangs)


def test_the_tints_of_paper_are_those_of_the_screen_and_bear_white_text():
    tokens = CSS.read_text().split("prefers-color-scheme: dark")[0]
    assert {int(number): colour for number, colour in re.findall(r"--t(\d+): (#\w{6})", tokens)} == TINT_COLOURS
    assert all(contrast(colour, WHITE) >= 4.5 for colour in TINT_COLOURS.values())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("éèêçœŒëïÉ’–«»€", "éèêçœŒëïÉ’–«»€"),
        ("Où\u202f?", "Où\u00a0?"),
        ("Dvořák", "Dvorák"),
        ("运", "?"),
        ("a\nb", "a\nb"),
    ],
)
def test_every_sign_is_one_that_the_typeface_has(text, shown):
    use_fonts()
    assert printable(text, REGULAR) == printable(text, BOLD) == shown


def test_lines_break_at_plain_spaces_only():
    use_fonts()
    assert lines_of("votre quartier\u00a0? oui", REGULAR, 10, 75) == ["votre", "quartier\u00a0? oui"]


def test_words_that_would_not_fit_are_written_smaller_and_no_language_is_the_smaller_one():
    use_fonts()
    size, lines = fitted("Een heel lange naam van een wijk", BOLD, size=40, width=120, height=40)
    assert size < 40
    assert len(lines) * size <= 40
    assert common_size(["a", "Een heel lange naam van een wijk"], BOLD, size=40, width=120, height=40) == size


def test_an_outline_is_drawn_as_on_the_screen(etangs):
    (ring,) = _rings(etangs.outline_path)
    left, top, right, bottom = etangs.outline_bounds
    assert {min(x for x, _y in ring), max(x for x, _y in ring)} == {left, right}
    assert {min(y for _x, y in ring), max(y for _x, y in ring)} == {top, bottom}


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("language", ["both", "fr", "nl"])
def test_staff_get_the_file_under_a_name_that_tells_what_it_is(clerk, signed_in, etangs, piece, language):
    query = {"piece": piece, "language": language, "for_a_printer": "yes"}
    response = signed_in(clerk).get(reverse(PRINT, args=[etangs.pk]), query)
    assert response["Content-Type"] == "application/pdf"
    end = {"both": "fr-nl", "fr": "fr", "nl": "nl"}[language]
    assert response["Content-Disposition"] == f'attachment; filename="{piece}-etangs-vijvers-{end}.pdf"'
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("query", [{"piece": "banner"}, {"piece": "postcard"}, {"piece": "\x00", "language": "de"}])
def test_a_choice_that_is_not_offered_is_told(clerk, signed_in, etangs, query):
    response = signed_in(clerk).get(reverse(PRINT, args=[etangs.pk]), query)
    assert response.status_code == 200
    assert b"help-critical" in response.content


def test_the_list_and_the_page_of_a_neighbourhood_lead_there(clerk, desk, signed_in, etangs):
    there = reverse(PRINT, args=[etangs.pk])
    listed = signed_in(clerk).get(reverse("wagtailsnippets_home_neighbourhood:list")).content.decode()
    assert there in listed
    for user, name in ((clerk, "inspect"), (desk, "edit")):
        page = signed_in(user).get(reverse(f"wagtailsnippets_home_neighbourhood:{name}", args=[etangs.pk]))
        assert there in page.content.decode()


def test_a_neighbourhood_that_is_not_there_is_not_found(clerk, signed_in):
    assert signed_in(clerk).get(reverse(PRINT, args=[99_999]), follow=True).status_code == 404
