"""Whatever is sent: an answer in words, never an error of ours, and never half an answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.models import Ballot, Participation, Survey, WrittenAnswer
from tests.participation.answering.all_kinds import every_kind, long_survey
from tests.participation.answering.visiting import address, field
from tests.participation.surveys.making import counted

pytestmark = pytest.mark.django_db

BUTTONS = ["next", "send", "back", "later", "forget", "change", "x"]
PARTS = ["", "other", "none", "lon", "lat", "near", "c6-0", "c7-0", "c7-1"]
names = st.one_of(
    st.builds(field, st.integers(1, 12), st.sampled_from(PARTS)),
    st.sampled_from(["step", "do", "seen", "version", "solution", "ticket", "place", "seed", "back", "from", "said"]),
)
GARBAGE = [
    "",
    "-1",
    "0",
    "1e999",
    "NaN",
    "c1-0",
    "c1-1",
    "no_opinion",
    "next",
    "send",
    "2",
    "31/02/2026",
    "\x00",
    "９",
    "<b>",
]
values = st.one_of(st.sampled_from(GARBAGE), st.text(max_size=30), st.integers().map(str))
posts = st.dictionaries(names, st.lists(values, max_size=3), max_size=12)


@pytest.fixture
def page(commune: None) -> Any:
    return long_survey()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=posts,
    do=st.sampled_from(["next", "send", "back", "later", "forget", "change", "x"]),
    code=st.sampled_from("fn"),
)
def test_no_post_is_an_error_of_ours_or_half_an_answer(page, data, do, code):
    cache.clear()
    client, url = Client(), address(page, "fr" if code == "f" else "nl")
    sent = client.post(url, {"do": do, **data})
    assert sent.status_code in (200, 302, 403, 429)
    query = {name: value[0] for name, value in data.items() if value}
    assert client.get(url, query).status_code in (200, 302)
    assert client.get(f"{url}?step=2").status_code == 200
    assert Ballot.objects.count() == Participation.objects.count()
    if not Ballot.objects.exists():
        assert not WrittenAnswer.objects.exists()


def test_a_whole_answer_among_garbage_is_whole(page, settings):
    settings.SURVEY_WAIT_SECONDS = 0
    url, client = address(page), Client()
    ticket = client.get(f"{url}?step=3").content.decode().split('name="ticket" value="')[1].split('"')[0]
    data = {field(1): ["c1-0", "c1-0"], field(99): "x", "q-": "y", field(3): ["c3-1"], "step": "3", "do": "send"}
    sent = client.post(url, {**data, "ticket": ticket})
    assert sent.status_code == 302
    assert len(Ballot.objects.get().seen) == len(every_kind()) - 1
    assert counted(page)[("", "ballots")] == Survey.objects.get().answers == 1
