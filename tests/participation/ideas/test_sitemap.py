"""Ideas in the sitemap, and the index that leads to its files."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.sitemaps import PortalSitemap
from participation.ideas.kinds import State
from participation.ideas.sitemaps import IdeaSitemap
from participation.models import IdeaBoardPage
from tests.participation.ideas.making import public_idea, readable_board

pytestmark = pytest.mark.django_db
HOST = "https://www.auneval.example"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def entries(client, settings):
    """Return a function that reads the ideas' sitemap: by address, the addresses it faces by language."""
    settings.WAGTAILADMIN_BASE_URL = HOST

    def read() -> dict[str, dict[str, str]]:
        root = ElementTree.fromstring(client.get("/sitemap-ideas.xml").content)  # noqa: S314 - our own answer
        return {
            entry.findtext("s:loc", "", NAMES).removeprefix(HOST): {
                link.attrib["hreflang"]: link.attrib["href"].removeprefix(HOST)
                for link in entry.findall("x:link", NAMES)
            }
            for entry in root.findall("s:url", NAMES)
        }

    return read


def test_a_public_idea_stands_there_at_its_addresses_in_both_languages_which_face_each_other(entries):
    page = readable_board()
    idea = public_idea(page)
    dutch = page.get_translations().get().specific
    pair = {"fr": f"{page.url}{idea.slug}/", "nl": f"{dutch.url}{idea.slug}/"}
    assert entries() == {pair["fr"]: pair, pair["nl"]: pair}


@pytest.mark.parametrize(
    "state", [State.WAITING, State.CHANGES, State.HIDDEN, State.DECLINED, State.ELSEWHERE, State.WITHDRAWN]
)
def test_what_is_not_public_never_stands_there(entries, state):
    public_idea(state=state, live=False)
    assert entries() == {}


def test_ideas_of_a_board_that_was_taken_off_line_leave_and_one_language_stands_alone(entries):
    page = readable_board()
    idea = public_idea(page)
    IdeaBoardPage.objects.filter(pk=page.pk).update(live=False)
    dutch = page.get_translations().get().specific
    assert entries() == {f"{dutch.url}{idea.slug}/": {}}
    IdeaBoardPage.objects.update(live=False)
    assert entries() == {}


def test_every_address_answers(entries, client):
    public_idea()
    addresses = entries()
    assert {client.get(address).status_code for address in addresses} == {200}


def test_the_index_leads_to_each_file_on_the_communes_own_host_and_each_is_limited(client, settings, monkeypatch):
    settings.WAGTAILADMIN_BASE_URL = HOST
    monkeypatch.setattr(IdeaSitemap, "limit", 2)
    page = readable_board()
    for _number in range(3):
        public_idea(page)
    root = ElementTree.fromstring(client.get("/sitemap.xml", headers={"host": "localhost"}).content)  # noqa: S314
    files = [each.text.strip() for each in root.findall("s:sitemap/s:loc", NAMES)]
    assert files == [f"{HOST}/sitemap-{name}" for name in ("pages.xml", "ideas.xml", "ideas.xml?p=2")]
    assert [client.get(file.removeprefix(HOST)).content.decode().count("<loc>") for file in files[1:]] == [4, 2]
    assert PortalSitemap.limit == 5000


def test_more_ideas_ask_no_more_of_the_database(client):
    page = readable_board()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/sitemap-ideas.xml").status_code == 200
        return len(queries)

    public_idea(page)
    asked()
    few = asked()
    for _number in range(5):
        public_idea(page)
    assert asked() == few
