"""Nothing that a resident writes runs anywhere: canaries in every field, looked for on every screen, mail, feed and file.

What is walked stands in `addresses`, what is planted in `planting`. Each field must be met at least once: a walk that
finds no canary at all proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from digests.making import make_due
from participation.ideas.files import CSV, XLSX
from tests.canaries import addresses
from tests.canaries.planting import Planted, plant
from tests.canaries.words import cells_of, dangers_in, dangers_in_feed, formulas_in, mark
from tests.participation.results.conftest import close

pytestmark = pytest.mark.django_db
OUGHT_TO_ANSWER = {200, 302, 403, 404, 405, 410}


@pytest.fixture
def planted(commune: None) -> Planted:
    return plant()


def client_of(user: Any = None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


class Walk:
    """Opens addresses, and keeps what would have run where, and all that was read."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.dangers: dict[str, list[str]] = {}
        self.seen = ""

    def over(self, paths: Iterable[str]) -> Walk:
        for path in paths:
            response = self.client.get(path, follow=True)
            assert response.status_code in OUGHT_TO_ANSWER, f"{path}: {response.status_code}"
            self.read(path, response)
        return self

    def read(self, path: str, response: Any) -> None:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        kind, text = response.get("Content-Type", ""), body.decode(errors="replace")
        if kind.startswith("text/html"):
            found = dangers_in(text)
        elif "xml" in kind:
            found = dangers_in_feed(text)
        else:
            assert response["X-Content-Type-Options"] == "nosniff", path
            found = []
        if found:
            self.dangers[path] = found
        self.seen += text

    def missing(self, *names: str) -> list[str]:
        return [name for name in names if mark(name) not in self.seen]


def test_nothing_runs_on_what_everybody_reads_feeds_among_it(planted: Planted) -> None:
    close(planted.survey)
    walk = Walk(client_of()).over(addresses.for_everybody(planted))
    assert walk.dangers == {}
    shown = ("titlepublic", "later", "textpublic", "place", "says", "told", "name", "titlemerged", "said", "reply")
    assert walk.missing(*shown, "other", "short", "long") == []
    kept_back = ("titlewaiting", "titledeclined", "titlechanges", "titleelsewhere", "titledraft", "held", "refused")
    assert walk.missing(*kept_back) == list(kept_back)


def test_nothing_runs_on_what_its_author_reads(planted: Planted) -> None:
    walk = Walk(client_of(planted.author)).over(addresses.for_the_author(planted))
    assert walk.dangers == {}
    own = (
        "titlewaiting",
        "textdeclined",
        "titlechanges",
        "titleelsewhere",
        "titledraft",
        "textdraft",
        "held",
        "refused",
    )
    assert walk.missing(*own, "word", "name", "told", "fresh", "family") == []


def test_nothing_runs_on_the_screens_of_the_staff(planted: Planted) -> None:
    close(planted.survey)
    walk = Walk(client_of(planted.administrator)).over(addresses.for_the_staff(planted))
    assert walk.dangers == {}
    read = (
        "titlewaiting",
        "textwaiting",
        "titledeclined",
        "look",
        "reportidea",
        "reportcomment",
        "said",
        "held",
        "told",
    )
    assert (
        walk.missing(*read, "place", "says", "name", "word", "other", "long", "family", "given", "street", "photo")
        == []
    )


def test_every_view_is_walked_or_named_as_one_that_is_not(planted: Planted) -> None:
    """A new screen is added to `addresses`, or its name to NOT_WALKED: nothing is forgotten silently."""
    paths = (*addresses.for_everybody(planted), *addresses.for_the_author(planted), *addresses.for_the_staff(planted))
    walked = set(map(addresses.view_at, paths))
    assert addresses.named_views() - walked - addresses.NOT_WALKED == set()
    assert walked & addresses.NOT_WALKED - {"edit", "inspect"} == set()  # of other models they hold nothing


def test_nothing_runs_in_a_form_that_comes_back_with_what_was_typed(planted: Planted) -> None:
    close(planted.survey)
    dangers: dict[str, list[str]] = {}
    silent = []
    for person, path, data in addresses.forms_that_come_back(planted):
        walk = Walk(client_of(person))
        response = walk.client.post(path, data, follow=True)
        assert response.status_code in OUGHT_TO_ANSWER, path
        walk.read(path, response)
        dangers |= walk.dangers
        if walk.missing("typed"):
            silent.append(path)
    assert dangers == {}
    assert not silent, "\n".join(silent)


def test_nothing_runs_in_a_mail(planted: Planted) -> None:
    make_due(now=timezone.now())
    mails = planted.mails()
    assert {mail.kind: found for mail in mails if (found := dangers_in(mail.html))} == {}
    assert all("\n" not in mail.subject for mail in mails)
    html = "".join(mail.html for mail in mails)
    assert [name for name in ("titlepublic", "titlemerged", "reply", "refused", "word") if mark(name) not in html] == []
    kinds = {mail.kind for mail in mails}
    assert {"idea_decided", "idea_reply", "idea_news", "idea_sanction"} <= kinds
    assert any(kind.startswith("digest") for kind in kinds), kinds


def test_no_cell_of_a_file_begins_a_formula(planted: Planted) -> None:
    close(planted.survey)
    for kind in (CSV, XLSX):
        cells = cells_in_files(planted, kind)
        assert formulas_in(cells) == []
        text = " ".join(map(str, cells))
        names = ["titlepublic", "later", "place", "name", "said", "reply", "other", "short", "long"]
        names += ["family", "street"] if kind == CSV else []
        assert [name for name in names if mark(name) not in text] == []


def cells_in_files(planted: Planted, kind: str) -> list[Any]:
    """Return the cells of every file of that kind which the commune makes of what residents wrote."""
    staff, survey, cells = client_of(planted.administrator), planted.survey, list[Any]()
    for what in ("ideas", "comments", "answers"):
        data = {"board": planted.board.pk, "what": what, "kind": kind}
        cells += cells_of(staff.get(reverse("idea_download"), data).content, kind)
    for response in (
        staff.get(reverse("survey_answers_file", args=[survey.survey_key, kind])),
        staff.get(f"{survey.results_url}{kind}/"),
    ):
        cells += cells_of(b"".join(response.streaming_content), kind)
    if kind == CSV:
        printed = staff.post(reverse("print_letters"), {"letters": planted.others["letter"].pk, "kind": kind})
        cells += cells_of(printed.content, kind)
    return cells


def test_what_machines_and_printers_get_is_no_page(planted: Planted) -> None:
    """JSON keeps the words as they are: its type, and that it isn't guessed, keep a browser from running them."""
    staff, survey = client_of(planted.administrator), close(planted.survey)
    author = client_of(planted.author)
    for response in (
        staff.get(reverse("survey_answers_file", args=[survey.survey_key, "json"])),
        staff.get(f"{survey.results_url}json/"),
        author.get(reverse("my_data_download", args=["json"])),
    ):
        assert "json" in response["Content-Type"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "attachment" in response["Content-Disposition"]
    printed = staff.post(reverse("print_letters"), {"letters": planted.others["letter"].pk, "kind": "pdf"})
    assert printed.content.startswith(b"%PDF")
