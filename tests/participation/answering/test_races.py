"""The same form sent many times at once, with real threads; SQLite writes one after the other by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from participation.models import Ballot, SpentProof
from tests.conftest import set_up_commune
from tests.moderation.test_races import at_once
from tests.participation.answering.visiting import address, field, form_in, solved
from tests.participation.surveys.making import counted, readable_survey

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]


def test_twenty_clicks_at_once_on_one_form_in_both_languages_are_one_answer_and_all_are_thanked():
    """Red when the proof is taken outside the transaction of the answer: some are then told to send once more."""
    set_up_commune()
    page, first = readable_survey(asks_neighbourhood=False), Client()
    urls = [address(page), address(page, "nl")]
    opened = first.get(urls[0])
    sent = {**form_in(opened), field(1): "c1-0", "do": "send", "solution": solved(opened)}
    statuses: list[int] = []

    def click(url: str) -> Any:
        def job() -> None:
            client = Client()
            client.cookies = first.cookies.copy()
            statuses.append(client.post(url, sent).status_code)
            connection.close()

        return job

    assert at_once([click(urls[number % 2]) for number in range(20)]) == []
    assert statuses == [302] * 20
    assert counted(page)[("", "ballots")] == Ballot.objects.count() == SpentProof.objects.count() == 1
