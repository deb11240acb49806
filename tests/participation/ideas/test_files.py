"""Files of a board: what goes out is what is public, and what comes in is refused row by row."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from participation.ideas.files import read_rows, written
from participation.ideas.kinds import Screening, State, Way
from participation.models import Idea
from tests.factories import NeighbourhoodFactory, ThemeFactory
from tests.participation.ideas.making import comment, public_idea, readable_board, support

pytestmark = pytest.mark.django_db
DANGER = ("=cmd|' /C calc'!A0", "+1", "-1", "@x", "<script>alert(1)</script>")


def downloaded(client, page, what, kind="csv"):
    return client.get(reverse("idea_download"), {"board": page.pk, "what": what, "kind": kind})


def send(client, page, text, name="idees.csv"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post(reverse("idea_files"), {"board": page.pk, "language": "fr", "file": file})


def test_the_files_count_what_the_ideas_count_and_hold_nothing_that_is_not_public(signed_in, desk):
    page, client = readable_board(), signed_in(desk)
    idea = public_idea(page, title="Un banc")
    public_idea(page, title="Caché", state=State.HIDDEN, live=False)
    for _number in range(3):
        support(idea)
    comment(idea)
    rows = list(
        csv.DictReader(io.StringIO(downloaded(client, page, "ideas").content.decode("utf-8-sig")), delimiter=";")
    )
    assert [(row["title"], row["supports"], row["comments"]) for row in rows] == [("Un banc", "3", "1")]
    assert "Bonne idée." in downloaded(client, page, "comments").content.decode()
    sheet = load_workbook(io.BytesIO(downloaded(client, page, "ideas", "xlsx").content)).worksheets[0]
    assert [row[1] for row in sheet.values] == ["title", "Un banc"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_of_a_file_begins_a_formula(kind):
    content = written(kind, ["a"], [[words] for words in DANGER])
    rows = read_rows(io.BytesIO(content), name=f"x.{kind}")
    assert [row["a"][0] for row in rows] == ["'", "'", "'", "'", "<"]


def test_rows_come_in_and_what_is_refused_is_told_with_its_number(signed_in, participation_officer):
    page, client = readable_board(), signed_in(participation_officer)
    NeighbourhoodFactory(code="N1", name_fr="Le Moulin")
    ThemeFactory(slug="eau")
    text = (
        "Title;Text;Language;Author;Neighbourhood;Theme;Longitude;Latitude\n"
        "Un banc;Pour s’asseoir;fr;Rosa;N1;eau;4,45;50.4\n"
        "Zonder tekst;;nl;;;;;\n"
        "Ailleurs;Là;fr;;Atlantis;;;\n"
        "Een boom;Voor de schaduw;nl;;le moulin;;;\n"
        "Degrés;Là;fr;;;;est;\n"
        "Langue;Là;de;;;;;\n"
    )
    shown = send(client, page, text).content.decode()
    assert list(Idea.objects.order_by("number").values_list("title", "language", "way", "number")) == [
        ("Un banc", "fr", Way.IMPORTED, 1),
        ("Een boom", "nl", Way.IMPORTED, 2),
    ]
    assert Idea.objects.first().longitude == 4.45
    assert all(f"<td>{row}</td>" in shown for row in (3, 4, 6, 7))
    send(client, page, text)
    assert Idea.objects.count() == 2


def test_what_was_exported_can_be_brought_in_elsewhere(signed_in, desk):
    page, other, client = readable_board(), readable_board(screening=Screening.BEFORE), signed_in(desk)
    public_idea(page, title="Un banc", theme=ThemeFactory(), neighbourhood=NeighbourhoodFactory())
    send(client, other, downloaded(client, page, "ideas", "xlsx").content, name="x.xlsx")
    idea = Idea.objects.get(board=other.board_key)
    assert (idea.title, idea.state) == ("Un banc", State.WAITING)
    assert idea.theme
    assert idea.neighbourhood


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b"\xff\xfe\x00"),
        ("x.xlsx", b"no zip"),
        ("x.csv", b""),
        ("x.xlsx", b"PK\x05\x06" + b"\0" * 18),
    ],
)
def test_a_file_that_can_not_be_read_is_an_error_in_words(signed_in, desk, name, content):
    answer = send(signed_in(desk), readable_board(), content, name)
    assert answer.status_code == 200
    assert "review__error" in answer.content.decode()


def test_who_may_not_gets_no_file_and_brings_nothing_in(signed_in, resident, editor, clerk):
    page = readable_board()
    public_idea(page)
    for person in (resident, editor, clerk):
        assert downloaded(signed_in(person), page, "ideas").status_code in (302, 403)
    for person in (resident, editor):
        assert send(signed_in(person), page, "title;text\na;b").status_code in (302, 403)
    assert Idea.objects.count() == 1
