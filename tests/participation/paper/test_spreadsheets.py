"""Spreadsheets of paper answers: tried first, taken in once, row by row, and every refusal says why."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from participation.models import Ballot, PaperBatch, Survey, SurveyPage, Tally
from participation.paper.codes import read_typed
from participation.paper.sheets import import_rows, rows_of_file
from participation.results.answers_file import answer_rows
from participation.results.files import csv_lines, xlsx
from participation.surveys.actions import answer_survey, live_definition
from participation.surveys.respondents import Respondent
from participation.surveys.storing import Answer
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.participation.results.conftest import EVERY_KIND
from tests.participation.surveys.making import counted, fields_of, readable_survey
from tests.participation.surveys.random_surveys import answers_to, sound_definitions
from tests.reading import parsed, words

BOXES = st.sampled_from(["1", "2", "2.a", "3", "3.1", "4", "5", "5.lon"])
HEAD = "language;neighbourhood;1;2;2.a;3;4"


@pytest.fixture
def page(commune: None) -> SurveyPage:
    NeighbourhoodFactory(code="Q7", name_fr="Le Moulin", name_nl="De Molen")
    return readable_survey(EVERY_KIND, closes_at=timezone.now() + timedelta(days=3))


@pytest.fixture
def at_counter(signed_in: Any, clerk: Any) -> Any:
    return signed_in(clerk)


def url_of(page: SurveyPage) -> str:
    return reverse("paper_file", args=[page.survey_key])


def sent(client: Any, page: SurveyPage, *lines: str, name: str = "papier.csv") -> Any:
    file = SimpleUploadedFile(name, "\r\n".join(lines).encode())
    return parsed(client.post(url_of(page), {"file": file}))


def test_a_file_is_tried_first_and_counts_only_then(page, at_counter):
    shown = sent(
        at_counter,
        page,
        HEAD,
        "fr;Q7;1;1 3;;4;12",
        "NL;de molen;Choix 2;a;Een bank;;",
        ";;;;;;",
        "de;Q99;9;;;;veel",
    )
    text = words(shown.body)
    assert "2 lignes peuvent être comptées. 1 est refusée." in text
    assert "language : écrivez fr ou nl." in text
    assert "neighbourhood : « q99 » n’est pas un quartier de la commune." in text
    assert "1: « 9 » n’est pas une réponse" in text
    assert shown.find("th", string="5")  # the row as the spreadsheet counts it
    assert not Ballot.objects.exists()
    content = shown.find("input", {"name": "content"})["value"]
    done = words(parsed(at_counter.post(url_of(page), {"content": content})).body)
    assert "Importé comme lot 1" in done
    assert "1 est refusée" in done
    assert counted(page)["", "ballots"] == 2
    again = words(parsed(at_counter.post(url_of(page), {"content": content})).body)
    assert "Ces lignes comptent déjà" in again
    assert counted(page)["", "ballots"] == 2


def test_a_batch_that_was_undone_can_be_imported_again(page, at_counter):
    content = sent(at_counter, page, HEAD, "fr;;1;;;;").find("input", {"name": "content"})["value"]
    at_counter.post(url_of(page), {"content": content})
    at_counter.post(reverse("paper_undo", args=[PaperBatch.objects.get().pk]))
    at_counter.post(url_of(page), {"content": content})
    assert counted(page)["", "ballots"] == 1


def test_columns_that_say_nothing_are_named(page, at_counter):
    text = words(sent(at_counter, page, "language;1;Remarque", "fr;1;x").body)
    assert "Ces colonnes ne disent rien à cette enquête et sont laissées de côté : remarque" in text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "vide"),
        ("a.csv", b"naam;1\r\nx;1", "language"),
        ("a.xlsx", b"no zip at all", "XLSX lisible"),
        ("a.csv", b"language\r\n" + b"fr\r\n" * 2001, "2 000 lignes"),
        ("a.csv", b"x" * (2 * 1024 * 1024 + 1), "2 Mo"),
    ],
)
def test_a_file_that_can_not_be_used_says_why(page, at_counter, name, content, message):
    shown = parsed(at_counter.post(url_of(page), {"file": SimpleUploadedFile(name, content)}))
    assert message in words(shown.find(id="id_file_error"))


@pytest.mark.parametrize("data", [{}, {"content": "x"}, {"content": ""}])
def test_what_was_not_tried_is_not_imported(page, at_counter, data):
    assert at_counter.post(url_of(page), data).status_code == 200
    assert not PaperBatch.objects.exists()


def test_the_example_names_the_columns(page, at_counter):
    names = ["language", "neighbourhood", "1", "2", "2.a", "3", "4", "5", "6.1", "6.2", "7.1", "7.2", "8", "8.near"]
    names += ["8.lon", "8.lat", "9", "10"]
    for kind in ("csv", "xlsx"):
        answer = at_counter.get(reverse("paper_example", args=[page.survey_key, kind]))
        content = b"".join(answer.streaming_content) + (b"fr" if kind == "csv" else b"")
        if kind == "csv":
            assert list(rows_of_file(io.BytesIO(content), "a.csv")[0]) == names[:1]
            assert content.decode("utf-8-sig").splitlines()[0].split(";") == names
        else:
            sheet = load_workbook(io.BytesIO(content)).worksheets[0]
            assert [cell.value for cell in sheet[1]] == names


def test_a_spreadsheet_of_excel_is_read_as_it_was_typed(page, at_counter):
    book, file = Workbook(), io.BytesIO()
    book.active.append(["language", "1", "4", "5"])
    book.active.append(["fr", 2.0, 12.5, timezone.now().replace(tzinfo=None)])
    book.save(file)
    shown = parsed(at_counter.post(url_of(page), {"file": SimpleUploadedFile("a.xlsx", file.getvalue())}))
    assert "1 ligne peut être comptée." in words(shown.body)


@settings(deadline=None, max_examples=60)
@given(
    sound_definitions(),
    st.dictionaries(st.sampled_from(["1", "2", "2.a", "3", "3.1", "4", "5", "5.lon"]), st.text(max_size=12)),
)
def test_no_cell_breaks_the_reading(definition, cells):
    read_typed(definition, cells)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_stored_counted_exported_and_imported_again_agrees(commune, data):
    drawn = data.draw(sound_definitions())
    fields = {"is_open_about_who_answered": True, "access": "signed_in"}
    first = readable_survey(fields_of(drawn), **fields)
    second = readable_survey(fields_of(drawn), **fields)
    definition, now = live_definition(first.survey_key), timezone.now()
    assert definition is not None
    for answers in data.draw(st.lists(answers_to(definition), min_size=1, max_size=4)):
        answer = Answer(answers, data.draw(st.sampled_from(["fr", "nl"])))
        answer_survey(survey_key=first.survey_key, respondent=Respondent(UserFactory()), answer=answer, now=now)
    survey = Survey.objects.get(pk=first.survey_key)
    csv_file = io.BytesIO("".join(csv_lines(answer_rows(survey, definition))).encode())
    rows = rows_of_file(csv_file, "a.csv")
    workbook = io.BytesIO(b"".join(xlsx(("x", answer_rows(survey, definition))).streaming_content))
    assert rows_of_file(workbook, "a.xlsx") == rows
    report = import_rows(rows, survey_key=second.survey_key, definition=definition, by=None, now=now)
    assert report.refused == []
    assert tallies(first) == tallies(second)
    assert texts(first) == texts(second)


def tallies(page: SurveyPage) -> dict[tuple[str, str, str], int]:
    rows = Tally.objects.filter(survey=page.survey_key, count__gt=0)
    return {(row.language, row.question, row.cell): row.count for row in rows}


def texts(page: SurveyPage) -> list[tuple[str, str, str]]:
    return sorted(Survey.objects.get(pk=page.survey_key).texts.values_list("question", "language", "text"))
