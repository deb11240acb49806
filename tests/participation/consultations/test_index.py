"""The list of consultations: what one can still do first, then stage by stage, filtered without breaking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from participation import parts
from participation.kinds import Activity
from participation.parts import Figure, Part
from tests.factories import DepartmentFactory, NeighbourhoodFactory
from tests.neighbourhood_news.reading import chosen, complaints
from tests.neighbourhood_news.test_query_counts import assert_few, tables
from tests.participation.factories import consultation_index, live_consultation
from tests.reading import seen, words

pytestmark = pytest.mark.django_db

LIST = {"fr": "/fr/consultations/", "nl": "/nl/raadplegingen/"}
INDEX, FRAGMENT = 16, 13


def titles(client: Client, query: str = "", **options: Any) -> list[str]:
    page = seen(client.get(LIST["fr"] + query, **options))
    return [title.get_text(strip=True) for title in page.select(".stages .card__title")]


def one_of_each() -> None:
    today = timezone.localdate()
    live_consultation(title="Close", phases=[(-90, -40)], outcome_published_on=today)
    live_consultation(title="Attend", phases=[(-40, -10)])
    live_consultation(title="Vient tard", phases=[(20, 30)])
    live_consultation(title="Vient tôt", phases=[(5, 30)])
    live_consultation(title="Court longtemps", phases=[(-10, 30)])
    live_consultation(title="Finit bientôt", phases=[(-10, 2)])


class FakeSurveys:
    """Stands for a kind of part: one survey below each page that is asked about, open until tomorrow."""

    def __init__(self, **fields: Any) -> None:
        self.fields = fields

    def parts(self, above: Any) -> list[Part]:
        now = timezone.now()
        dates = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
        return [
            Part(
                **{
                    "key": page.translation_key,
                    "path": f"{page.path}0001",
                    "title": f"Enquête sous {page.title}",
                    "url": f"{page.url}enquete/",
                    "activity": Activity.ANSWER,
                    "call": "Répondre",
                    **dates,
                    **self.fields,
                }
            )
            for page in above
        ]

    def figures(self, consultation: Any) -> list[Figure]:
        return [Figure("answers", "Réponses", 1234)]


@pytest.fixture
def surveys(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(parts, "_sources", {})

    def register(**fields: Any) -> None:
        parts.register("surveys", FakeSurveys(**fields))

    return register


def test_running_ones_come_first_and_closed_ones_last(client):
    one_of_each()
    assert titles(client) == ["Finit bientôt", "Court longtemps", "Vient tôt", "Vient tard", "Attend", "Close"]


def test_every_card_says_where_the_consultation_stands_and_the_next_date(client):
    one_of_each()
    for card in seen(client.get(LIST["fr"])).select(".card"):
        assert words(card.select_one(".stage__name"))
        assert words(card.select_one(".stage__date"))


def test_a_late_outcome_stands_out_on_its_card(client):
    live_consultation(phases=[(-90, -70)], outcome_within_days=30)
    card = seen(client.get(LIST["fr"])).select_one(".card")
    assert words(card.select_one(".stage--late .stage__name")) == "Suites en retard"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("running", ["Finit bientôt", "Court longtemps"]),
        ("coming", ["Vient tôt", "Vient tard"]),
        ("awaiting-outcome", ["Attend"]),
        ("closed", ["Close"]),
    ],
)
def test_the_list_is_filtered_by_where_they_stand(client, state, expected):
    one_of_each()
    assert titles(client, f"?state={state}") == expected


def test_the_list_is_filtered_by_neighbourhood_and_what_is_for_all_stays(client, mill, station):
    live_consultation(title="Moulin", neighbourhoods=[mill])
    live_consultation(title="Gare", neighbourhoods=[station])
    live_consultation(title="Tous")
    assert sorted(titles(client, "?neighbourhood=moulin-molen")) == ["Moulin", "Tous"]


def test_the_list_is_filtered_by_theme(client, bikes):
    live_consultation(title="Vélo", tags=[bikes])
    live_consultation(title="Autre")
    assert titles(client, "?theme=velo-fiets") == ["Vélo"]
    assert chosen(client.get(f"{LIST['fr']}?theme=velo-fiets")) == {"theme": "velo-fiets"}


@pytest.mark.parametrize("name", ["neighbourhood", "theme", "state"])
def test_an_unknown_filter_is_said_and_shows_everything(client, name):
    live_consultation(title="Seule")
    response = client.get(LIST["fr"], {name: "%00<b>x"})
    assert list(complaints(response)) == [name]
    assert titles(client, f"?{name}=nowhere") == ["Seule"]


@pytest.mark.parametrize("page", ["x", "0", "-1", "999", "1e9", "٣"])
def test_a_page_that_does_not_exist_is_the_nearest_one(client, page):
    live_consultation(title="Seule")
    assert titles(client, f"?page={page}") == ["Seule"]


def test_the_list_goes_on_over_pages_and_keeps_the_filters(client):
    for number in range(14):
        live_consultation(title=f"Consultation {number}", phases=[(-1, number)])
    first = seen(client.get(f"{LIST['fr']}?state=running"))
    assert len(first.select(".stages .card")) == 12
    assert first.select_one("a[rel=next]")["href"] == "?state=running&page=2"
    assert len(titles(client, "?state=running&page=2")) == 2


def test_drafts_and_private_ones_are_in_no_list(client):
    page = live_consultation(title="Brouillon")
    page.live = False
    page.save()
    assert titles(client) == []
    assert "première consultation" in words(seen(client.get(LIST["fr"])).select_one(".empty"))


def test_javascript_gets_the_results_alone_and_caches_are_told(client):
    live_consultation(title="Seule")
    response = client.get(LIST["fr"], headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response.headers["Vary"]


def test_what_one_can_still_do_today_comes_before_everything(client, surveys):
    surveys()
    live_consultation(title="En cours", phases=[(-5, 5)])
    page = seen(client.get(LIST["fr"]))
    assert words(page.select_one("#results h2")) == "Ce que vous pouvez faire aujourd’hui"
    done = [words(title) for title in page.select(".to-do h3")]
    assert done == ["Enquête sous Consultations", "Enquête sous En cours"]


def test_what_has_closed_or_has_not_opened_is_nothing_to_do_today(client, surveys):
    now = timezone.now()
    live_consultation(title="En cours", phases=[(-5, 5)])
    for dates in ({"closes_at": now}, {"opens_at": now + timedelta(minutes=5)}):
        surveys(**dates)
        assert not seen(client.get(LIST["fr"])).select(".to-do h3 a[href*=enquete]")


def test_a_survey_for_another_neighbourhood_is_left_out_when_one_is_chosen(client, surveys, mill, station):
    surveys(neighbourhoods=frozenset([station.pk]))
    assert not seen(client.get(f"{LIST['fr']}?neighbourhood=moulin-molen")).select(".to-do")
    assert seen(client.get(f"{LIST['fr']}?neighbourhood=gare-station")).select(".to-do")


def test_a_phase_in_which_one_only_reads_asks_nothing(client):
    page = live_consultation(phases=[(-5, 5)])
    page.phases.update(activity=Activity.READ)
    assert not seen(client.get(LIST["fr"])).select(".to-do")


def test_nothing_to_do_is_offered_beside_closed_ones(client):
    one_of_each()
    assert seen(client.get(LIST["fr"])).select(".to-do")
    assert not seen(client.get(f"{LIST['fr']}?state=closed")).select(".to-do")


def test_each_language_lists_its_own(client):
    live_consultation(title="En français")
    live_consultation(title="In het Nederlands", code="nl")
    assert titles(client) == ["En français"]
    dutch = seen(client.get(LIST["nl"]))
    assert [words(title) for title in dutch.select(".card__title")] == ["In het Nederlands"]


def many(count: int, bikes: Any) -> None:
    for _number in range(count):
        place = NeighbourhoodFactory()
        live_consultation(department=DepartmentFactory(), neighbourhoods=[place], tags=[bikes])


@pytest.mark.parametrize("query", ["", "?neighbourhood=moulin-molen", "?theme=velo-fiets", "?state=running"])
def test_the_number_of_queries_does_not_grow_with_the_number_of_consultations(client, mill, bikes, query, surveys):
    surveys()
    many(2, bikes)
    few = tables(client, LIST["fr"] + query)
    many(9, bikes)
    assert len(tables(client, LIST["fr"] + query)) == len(few)


def test_the_list_costs_few_queries(client, bikes):
    many(12, bikes)
    assert_few(tables(client, LIST["fr"]), INDEX)
    assert_few(tables(client, LIST["fr"], headers={"HX-Request": "true"}), FRAGMENT)


def test_there_is_one_index_in_each_language():
    assert consultation_index("fr").get_translation(consultation_index("nl").locale) == consultation_index("nl")
