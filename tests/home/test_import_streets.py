"""Streets from a commune's register: what an import makes, what it leaves, and what it refuses, naming the line."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from home.models import Street, StreetSection
from home.streets import imports
from tests.factories import NeighbourhoodFactory

pytestmark = pytest.mark.django_db

HEADER = "code,name_fr,name_nl,first,last,side,neighbourhood"
MILL = "1,rue du Moulin,Molenstraat,1,57,both,gare"
MILL_END = "1,rue du Moulin,Molenstraat,58,140,both,canal"
CHURCH = "2,rue de l’Église,Kerkstraat,,,,gare"


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """Errors are in the language of whoever runs the command."""
    with override("fr"):
        yield


@pytest.fixture
def places(db: None) -> dict[str, Any]:
    return {code: NeighbourhoodFactory(code=code) for code in ("gare", "canal")}


@pytest.fixture
def written(tmp_path: Path, places: Any) -> Any:
    """Return a function that writes lines to a file, below the header."""

    def write(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
        file = tmp_path / "streets.csv"
        file.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
        return file

    return write


def run(file: Path, **options: Any) -> str:
    told = StringIO()
    call_command("import_streets", str(file), stdout=told, stderr=StringIO(), **options)
    return told.getvalue()


def everything() -> list[Any]:
    sections = StreetSection.objects.values_list(
        "street__code", "street__name_fr", "street__name_nl", "side", "first_number", "last_number", "neighbourhood"
    )
    return sorted(sections)


def test_each_street_is_made_once_with_its_sections(written, places):
    assert run(written(MILL, MILL_END, CHURCH)) == "2 created, 0 updated, 0 unchanged; 3 sections.\n"
    assert everything() == sorted(
        [
            ("1", "rue du Moulin", "Molenstraat", "both", 1, 57, places["gare"].pk),
            ("1", "rue du Moulin", "Molenstraat", "both", 58, 140, places["canal"].pk),
            ("2", "rue de l’Église", "Kerkstraat", "both", 0, 99_999, places["gare"].pk),
        ]
    )


def test_a_second_import_changes_nothing_and_duplicates_nothing(written):
    run(written(MILL, MILL_END, CHURCH))
    keys = list(StreetSection.objects.values_list("pk", flat=True))
    assert run(written(MILL, MILL_END, CHURCH)).startswith("0 created, 0 updated, 2 unchanged")
    assert list(StreetSection.objects.values_list("pk", flat=True)) == keys


def test_a_later_file_updates_names_and_sections_and_leaves_what_it_does_not_name(written, places):
    run(written(MILL, MILL_END, CHURCH))
    told = run(written("1,rue du Vieux Moulin,Oude Molenstraat,1,140,both,canal"))
    assert told.startswith("0 created, 1 updated, 0 unchanged")
    assert "Not in the file, left as they are: 2." in told
    street = Street.objects.get(code="1")
    assert (street.name, street.search_text) == ("rue du Vieux Moulin", " rue du vieux moulin | oude molenstraat")
    assert [section.neighbourhood for section in street.sections.all()] == [places["canal"]]
    assert Street.objects.get(code="2").sections.exists()


def test_a_dutch_name_that_the_file_does_not_tell_is_kept(written):
    run(written(MILL))
    assert "1 unchanged" in run(written(MILL.replace("Molenstraat", "")))
    assert Street.objects.get().name_nl == "Molenstraat"


def test_a_dry_run_says_what_would_change_and_changes_nothing(written):
    assert run(written(MILL, CHURCH), dry_run=True).startswith("2 would be created")
    assert not Street.objects.exists()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_and_encoding_are_found_out(written, delimiter, encoding):
    file = written(CHURCH.replace(",", delimiter), header=HEADER.replace(",", delimiter), encoding=encoding)
    run(file)
    assert Street.objects.get().name_fr == "rue de l’Église"


def test_delimiter_encoding_and_columns_may_be_given(written):
    file = written("7:Straat é:Rue é:gare", header="nr:naam:nom:wijk", encoding="latin-1")
    columns = {"code": "nr", "name_fr": "nom", "name_nl": "naam", "neighbourhood": "wijk"}
    run(file, delimiter=":", encoding="latin-1", first="", last="", side="", **columns)
    street = Street.objects.get()
    assert (street.code, street.name_fr, street.name_nl) == ("7", "Rue é", "Straat é")


def test_without_a_column_of_codes_a_street_is_known_by_its_names(written):
    header = HEADER.removeprefix("code,")
    lines = [MILL.removeprefix("1,"), MILL_END.removeprefix("1,")]
    run(written(*lines, header=header), code="")
    assert "1 unchanged" in run(written(*lines, header=header), code="")
    assert Street.objects.get().code == "rue-du-moulin-molenstraat"


@pytest.mark.parametrize(
    ("side", "stored"), [("odd", "odd"), ("Impair", "odd"), ("ONEVEN", "odd"), ("pair", "even"), ("les  deux", "both")]
)
def test_sides_are_understood_in_three_languages(written, side, stored):
    run(written(f"1,rue,straat,1,9,{side},gare"))
    assert StreetSection.objects.get().side == stored


OVERLAPS = [
    ("1,a,b,1,99,both,gare", "1,a,b,99,120,both,canal"),
    ("1,a,b,1,99,odd,gare", "1,a,b,51,60,odd,canal"),
    ("1,a,b,1,99,both,gare", "1,a,b,50,50,even,gare"),
    ("1,a,b,,,,gare", "1,a,b,5,7,odd,gare"),
]
APART = [
    ("1,a,b,1,99,odd,gare", "1,a,b,2,98,even,canal"),
    ("1,a,b,1,10,odd,gare", "1,a,b,10,20,odd,canal"),
    ("1,a,b,1,10,both,gare", "1,a,b,11,20,both,canal"),
    ("1,a,b,1,10,both,gare", "2,a,b,1,10,both,canal"),
]


@pytest.mark.parametrize("lines", OVERLAPS)
def test_sections_that_overlap_on_a_side_are_refused_with_the_line(written, lines):
    with pytest.raises(CommandError, match=r"^Ligne 3\b.*ligne 2"):
        run(written(*lines))
    assert not Street.objects.exists()


@pytest.mark.parametrize("lines", APART)
def test_sections_that_share_no_house_are_taken(written, lines):
    run(written(*lines))
    assert StreetSection.objects.count() == 2


WRONG = [
    ("1,rue,straat,1,9,both,nulle-part", "nulle-part"),
    ("1,,,1,9,both,gare", "nom"),
    (",rue,straat,1,9,both,gare", "code"),
    ("1,rue,straat,un,9,both,gare", "first"),
    ("1,rue,straat,1,-9,both,gare", "last"),
    ("1,rue,straat,1,123456,both,gare", "last"),
    ("1,rue,straat,9,1,both,gare", "9"),
    ("1,rue,straat,2,2,odd,gare", "2"),
    ("1,rue,straat,1,9,gauche,gare", "gauche"),
    ("1,rue,straat,1,9,both", "cellules"),
    ("1,rue,straat,1,9,both,gare,encore", "cellules"),
    (f"1,{'x' * 121},straat,1,9,both,gare", "120"),
    ("2,autre,straat,1,9,both,gare", "autre"),
]


@pytest.mark.parametrize(("line", "word"), WRONG)
def test_an_error_names_the_line_and_what_is_wrong_and_nothing_is_imported(written, line, word):
    with pytest.raises(CommandError, match=rf"(?s)^Ligne 3\b.*{word}"):
        run(written(CHURCH, line))
    assert not Street.objects.exists()


def test_a_line_over_several_rows_is_named_by_its_last(written):
    with pytest.raises(CommandError, match=r"^Ligne 3\b"):
        run(written('1,"rue\ndu Moulin",straat,1,9,both,nulle-part'))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "colonne"),
        (b"code,name\n1,a\n", "name_fr"),
        (HEADER.encode() + b"\n", "aucune rue"),
        (HEADER.encode() + b"\n1,a\x00,b,1,2,both,gare\n", "CSV"),
        (b"\xff\xfe\x00", "encod"),
        (HEADER.encode() + b'\n"' + b"x" * 140_000, "Ligne"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_words(tmp_path, places, content, word):
    file = tmp_path / "streets.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=word):
        run(file)


def test_a_file_that_is_not_there_and_a_wrong_encoding_are_told(tmp_path, written):
    with pytest.raises(CommandError, match="streets-not-here"):
        run(tmp_path / "streets-not-here.csv")
    with pytest.raises(CommandError, match="no-such"):
        run(written(CHURCH), encoding="no-such")
    with pytest.raises(CommandError, match="delimiter"):
        run(written(CHURCH), delimiter=";;")


def test_when_the_database_refuses_a_row_nothing_is_imported(written, monkeypatch):
    """As when somebody else imports at the same moment: two streets of one code meet at the constraint."""
    monkeypatch.setattr(imports.Street.objects, "select_for_update", list)
    run(written(MILL))
    with pytest.raises(CommandError, match="recommencez"):
        run(written(CHURCH, MILL))
    assert list(Street.objects.values_list("code", flat=True)) == ["1"]


def test_what_an_import_asks_does_not_grow_with_the_register(written, django_assert_max_num_queries):
    lines = [f"{number},rue {number},straat {number},1,99,both,gare" for number in range(150)]
    with django_assert_max_num_queries(8):
        run(written(*lines))
