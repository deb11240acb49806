"""The files of results say what the page says, hide what it hides, and harm no program that opens them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from participation.models import AnswerTag, Survey, WrittenAnswer
from participation.results.answers_file import answer_rows
from participation.results.files import csv_lines, json_parts, results_rows
from participation.results.rows import rows_of
from participation.surveys.actions import live_definition
from participation.surveys.disclosure import SMALLEST
from participation.surveys.respondents import Respondent
from participation.surveys.results import results_of
from tests.factories import UserFactory
from tests.participation.results.conftest import EVERY_KIND, answered_survey, answers_of, close
from tests.participation.surveys.making import mark, question, readable_survey, respond


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def as_table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_page_and_files_tell_the_same_counts(client, survey_page, survey):
    found = results_of(survey)
    cells = {
        (number, table.part, cell, group): count.count
        for number, result in enumerate(found.questions, 1)
        for table in result.tables
        for group, column in table.columns.items()
        for cell, count in column.cells.items()
    }
    table = as_table(body(client.get(f"{survey_page.results_url}csv/")))
    told = {
        (int(row["question"]), row["line"], row["cell"], row["column"]): int(row["count"]) if row["count"] else None
        for row in table
    }
    assert told == cells
    data = json.loads(body(client.get(f"{survey_page.results_url}json/")))
    assert {
        (row["question"], row["line"], row["cell"], row["column"]): row["count"] for row in data["results"]
    } == cells
    assert data["answers"]["all"] == 60
    assert data["codebook"]["questions"][0]["text"] == {"fr": "Question 1 ? (fr)", "nl": "Question 1 ? (nl)"}
    sheet = load_workbook(io.BytesIO(body(client.get(f"{survey_page.results_url}xlsx/")))).worksheets[0]
    names, *rows = sheet.iter_rows(values_only=True)
    at = {name: names.index(name) for name in ("question", "line", "cell", "column", "count")}
    assert {
        (row[at["question"]], row[at["line"]] or "", row[at["cell"]], row[at["column"]]): row[at["count"]]
        for row in rows
    } == cells


def test_words_that_a_spreadsheet_would_run_stay_words(client, survey_page, survey):
    texts = WrittenAnswer.objects.filter(survey=survey, part="")
    texts.update(state="shown")
    texts.filter(pk=texts.first().pk).update(text="=cmd\x07|' /C calc'!A0")
    book = load_workbook(io.BytesIO(body(client.get(f"{survey_page.results_url}xlsx/"))))
    written = [row[2] for row in book.worksheets[2].iter_rows(min_row=2, values_only=True)]
    assert len(written) == 60
    assert all(text.startswith("'=") for text in written)
    assert "'=cmd|' /C calc'!A0" in written


def test_only_texts_that_were_let_through_leave(client, survey_page, survey):
    data = json.loads(body(client.get(f"{survey_page.results_url}json/")))
    assert data["texts"] == []
    shown = WrittenAnswer.objects.filter(survey=survey, text="=Mot 7")
    tag = AnswerTag.objects.create(survey=survey, name_fr="Propreté", name_nl="Netheid")
    shown.get().tags.add(tag)
    shown.update(state="shown")
    texts = json.loads(body(client.get(f"{survey_page.results_url}json/")))["texts"]
    assert texts == [{"question": 9, "language": "nl", "text": "=Mot 7", "tags": [{"fr": "Propreté", "nl": "Netheid"}]}]


def test_words_of_a_hidden_other_stay_hidden(client, commune):
    """Two of twenty wrote beside "other": shown, they would be counted."""
    page = close(answered_survey(count=9))
    survey = Survey.objects.get(pk=page.survey_key)
    WrittenAnswer.objects.filter(survey=survey).update(state="shown")
    found = results_of(survey)
    assert found.questions[1].tables[0].columns["all"].cells["mark:other"].count is None
    texts = json.loads(body(client.get(f"{page.results_url}json/")))["texts"]
    assert {text["question"] for text in texts} == {9}


counts = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["fr", "nl"]), st.booleans(), st.integers(1, 3)), max_size=45
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts)
def test_nobody_finds_a_small_group_in_page_and_files_together(commune, people):
    """Every number of the files, and every difference of a total and what is shown of it, in every column."""
    page = readable_survey([question(1)])
    for choice, language, _paper, place in people:
        respond(page, mark(1, choice), language=language, place=place)
    survey = Survey.objects.filter(pk=page.survey_key).first()
    found = results_of(survey) if survey else None
    if found is None:
        return
    rows = list(rows_of(found))
    data = json.loads("".join(json_parts(survey, found)))
    table = as_table("".join(csv_lines(results_rows(found))).encode())
    assert [row["count"] for row in data["results"]] == [row.count for row in rows]
    assert [row["count"] for row in table] == ["" if row.count is None else str(row.count) for row in rows]
    assert all(count >= SMALLEST for count in data["answers"].values())
    by_column: dict[str, list[Any]] = {}
    for row in rows:
        by_column.setdefault(row.column, []).append(row)
    for column in by_column.values():
        told = [row.count for row in column if row.count is not None]
        assert all(count >= SMALLEST for count in (*told, column[0].seen, column[0].answered))
        left = column[0].answered - sum(told)
        assert left >= SMALLEST or (left == 0 and len(told) == len(column))
    for groups in found.breakdowns.values():
        for cell in {row.cell for row in rows}:
            parts = [row.count for row in rows if row.cell == cell and row.column in groups]
            assert len([count for count in parts if count is None]) in (0, len(parts))


def test_answers_one_by_one_take_as_few_queries_as_one_and_keep_their_own_words(commune, django_assert_num_queries):
    page = readable_survey(EVERY_KIND, access="signed_in", is_open_about_who_answered=True)
    for number in range(12):
        respond(page, answers_of(number), who=Respondent(UserFactory()))
    survey, definition = Survey.objects.get(pk=page.survey_key), live_definition(page.survey_key)
    with django_assert_num_queries(3):
        names, *rows = answer_rows(survey, definition)
    table = [dict(zip(names, row, strict=True)) for row in rows]
    assert len(table) == 12
    # Of answer 7: its choice, its number, and its own words.
    seventh = next(row for row in table if row["9"] == "=Mot 7")
    assert (seventh["1"], seventh["4"], seventh["2"]) == ("2", "10", "2")
    assert len(b"".join(map(str.encode, csv_lines([names, *rows]))).splitlines()) == 13
