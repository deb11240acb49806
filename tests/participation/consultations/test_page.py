"""The page of a consultation: what it asks, what one can do, what was promised, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from participation.kinds import Activity
from participation.models import ConsultationPage
from tests.factories import DepartmentFactory, NeighbourhoodFactory, live_news, text_block
from tests.neighbourhood_news.reserving import in_hours
from tests.neighbourhood_news.test_query_counts import assert_few, tables
from tests.participation.consultations.test_index import surveys  # noqa: F401
from tests.participation.factories import consultation_index, event_in, live_consultation, point, published_consultation
from tests.participation.ideas.making import readable_board
from tests.participation.surveys.making import readable_survey
from tests.reading import seen, words

pytestmark = pytest.mark.django_db

PAGE = 14


def now_of(client: Any, page: ConsultationPage) -> str:
    return words(seen(client.get(page.url)).select_one(".now"))


def test_the_page_says_the_question_the_level_and_the_promise(client):
    page = seen(client.get(live_consultation().url))
    assert words(page.select_one(".question__words")) == "Que faire de la cour de l’ancienne école ?"
    assert "Consulter." in words(page.select_one(".promise__level"))
    assert words(page.select_one(".promise__words")) == "Chaque réponse est lue, et le Collège dit ce qu’il en fait."


def test_the_steps_are_an_ordered_list_and_the_current_one_is_told_to_screen_readers(client):
    page = seen(client.get(live_consultation(phases=[(-9, -5), (-4, 3), (4, 9)]).url))
    steps = page.select("ol.timeline__steps > li")
    assert [words(step.select_one(".timeline__place")) for step in steps] == [
        "Terminé",
        "En ce moment",
        "À venir",
        "À venir",
    ]
    assert [step.get("aria-current") for step in steps] == [None, "step", None, None]


def test_while_it_runs_the_page_leads_to_what_is_open(client, surveys):  # noqa: F811
    surveys()
    link = seen(client.get(live_consultation().url)).select_one(".now a.button")
    assert (words(link), link["href"]) == ("Répondre", "/fr/consultations/une-cour-a-partager/enquete/")


def test_the_figures_of_the_parts_are_shown_as_their_readers_write_numbers(client, surveys):  # noqa: F811
    surveys()
    figures = seen(client.get(live_consultation().url)).select_one(".turnout dl")
    assert words(figures) == "Réponses 1 234"


def test_in_a_phase_to_meet_the_page_leads_to_the_events(client):
    page = live_consultation(events=[event_in(2)])
    page.phases.update(activity=Activity.MEET)
    assert seen(client.get(page.url)).select_one(".now a.button")["href"] == "#events"


def test_before_it_begins_the_page_says_when(client):
    assert "Début le" in now_of(client, live_consultation(phases=[(5, 9)]))


def test_between_two_phases_the_page_says_when_it_goes_on(client):
    assert "Étape 2 commence le" in now_of(client, live_consultation(phases=[(-9, -5), (5, 9)]))


def test_after_its_end_the_page_says_by_when_the_commune_answers(client):
    page = live_consultation(phases=[(-9, -5)])
    due_on = timezone.localdate() + timedelta(days=55)
    assert page.timeline.due_on == due_on
    assert f"au plus tard le {due_on.day}" in now_of(client, page)


def test_a_late_outcome_is_admitted_and_the_old_promise_is_not_repeated(client):
    page = seen(client.get(live_consultation(phases=[(-60, -41)], outcome_within_days=40).url))
    assert "1 jour de retard" in words(page.select_one(".now__late"))
    assert not page.select(".promise__due")


def test_an_outcome_shows_from_its_day_on(client):
    today = timezone.localdate()
    fields = {"phases": [(-90, -70)], "outcome": [point()]}
    given = live_consultation(title="Donnée", outcome_published_on=today, **fields)
    later = live_consultation(title="Demain", outcome_published_on=today + timedelta(days=1), **fields)
    outcome = words(seen(client.get(given.url)).select_one("#outcome"))
    for said in ("La cour reste ouverte le soir.", "Le Collège", "2 mars 2026", "Les bancs arrivent au printemps."):
        assert said in outcome
    assert not seen(client.get(later.url)).select("#outcome")


def test_each_point_leads_to_the_answers_it_rests_on(client):
    result = live_news(1, title="Les réponses")[0]
    basis = [
        {"type": "item", "value": {"label": "Question 3", "page": result.pk, "address": "#question-3"}, "id": "a" * 36},
        {"type": "item", "value": {"label": "Étude", "page": None, "address": "https://x.example/"}, "id": "b" * 36},
    ]
    page = live_consultation(
        phases=[(-90, -70)], outcome=[point(rests_on=basis)], outcome_published_on=timezone.localdate()
    )
    links = seen(client.get(page.url)).select(".point__basis a")
    assert [(words(link), link["href"]) for link in links] == [
        ("Question 3", f"{result.url}#question-3"),
        ("Étude", "https://x.example/"),
    ]


def related(*pages: Any) -> list[dict[str, Any]]:
    return [{"type": "page", "value": page.pk, "id": f"{page.pk:036}"} for page in pages]


def test_related_messages_are_shown_in_the_language_of_the_page(client):
    french = live_news(1, title="Un message")[0]
    dutch = live_news(1, title="Een bericht", code="nl", translation_key=french.translation_key)[0]
    page = live_consultation(related=related(french), code="nl")
    links = seen(client.get(page.url)).select(".related a")
    assert [(words(link), link["href"]) for link in links] == [("Een bericht", dutch.url)]


def test_a_related_message_that_the_reader_may_not_read_is_left_out(client, mill):
    kept = live_news(1, neighbourhoods=[mill], reserved_until=in_hours(5))[0]
    draft = live_news(1, title="Brouillon", live=False)[0]
    page = live_consultation(related=related(kept, draft))
    assert not seen(client.get(page.url)).select(".related")


def test_a_contact_person_comes_before_the_department(client):
    page = live_consultation(contact_name="Amina Peeters", contact_email="amina@auneval.example")
    contact = words(seen(client.get(page.url)).select_one(".contact-lines"))
    assert contact.startswith("Amina Peeters")
    assert "amina@auneval.example" in contact
    assert page.department.telephone in contact


@pytest.mark.parametrize("days", [[(-5, 5)], [(5, 9)], [(-9, -5)], []])
def test_the_consultation_can_be_followed_once_on_its_page_whatever_its_stage(client, days):
    page = live_consultation(phases=days)
    assert len(seen(client.get(page.url)).select(f'[data-follow="consultation:{page.translation_key}"]')) == 1


def test_a_draft_without_any_words_is_shown_all_the_same(client):
    page = live_consultation(phases=[])
    for name in ("question", "promise", "level", "introduction"):
        setattr(page, name, "")
    page.outcome = [{"type": "point", "value": {"decision": "", "text": "", "decided_by": ""}, "id": "c" * 36}]
    page.outcome_published_on = timezone.localdate()
    page.save(clean=False)
    assert "None" not in words(seen(client.get(page.url)).select_one("main"))


def test_both_languages_lead_to_each_other(client):
    page = published_consultation()
    dutch = ConsultationPage.objects.get(translation_key=page.translation_key, locale__language_code="nl")
    assert dutch.url == "/nl/raadplegingen/een-plein-om-te-delen/"
    assert seen(client.get(page.url)).select_one("link[hreflang=nl]")["href"].endswith(dutch.url)
    assert words(seen(client.get(dutch.url)).select_one(".question__who")) == "De gemeente vraagt u"


def test_the_page_needs_no_inline_script_or_style(client):
    page = seen(client.get(live_consultation(events=[event_in(1)]).url))
    assert not page.select("[style], style, script:not([src])")


def test_the_page_costs_the_same_beside_many_others(client, mill, station, bikes):
    page = live_consultation(neighbourhoods=[mill], tags=[bikes], events=[event_in(1)])
    alone = tables(client, page.url)
    for _number in range(8):
        live_consultation(neighbourhoods=[NeighbourhoodFactory()], department=DepartmentFactory())
    assert len(tables(client, page.url)) == len(alone)
    assert_few(alone, PAGE)


def test_one_that_was_never_saved_can_be_looked_at(roads):
    page = ConsultationPage(title="Sans service", locale=consultation_index().locale)
    answer = page.make_preview_request(original_request=None)
    assert "Sans service" in words(seen(answer).select_one("h1"))


@pytest.mark.parametrize("asked", ["cour", "promesse tenue", "tilleuls"])
def test_it_is_found_by_its_question_its_promise_and_its_text(client, asked):
    live_consultation(
        promise="Une promesse tenue.",
        body=[text_block("<p>Les tilleuls restent.</p>")],
        first_published_at=timezone.now(),
    )
    found = seen(client.get("/fr/recherche/", {"q": asked})).select(".found__item")
    assert [words(one.select_one("h2")) for one in found] == ["Une cour à partager"]
    assert words(found[0].select_one(".found__where")) == "Consultation"


def test_it_stands_in_the_sitemap_with_its_other_language(client):
    page = published_consultation()
    content = client.get("/sitemap-pages.xml").content.decode()
    assert page.url in content
    assert page.get_translations().get().url in content


def test_a_point_leads_to_the_result_of_one_question_and_to_one_idea_in_the_readers_language(client, commune):
    survey, board = readable_survey(), readable_board()
    basis = [
        {"type": "item", "value": {"label": "Q", "page": survey.pk, "address": "#question-3"}, "id": "a" * 36},
        {"type": "item", "value": {"label": "P", "page": survey.pk, "address": ""}, "id": "b" * 36},
        {"type": "item", "value": {"label": "I", "page": board.pk, "address": "#idee-12"}, "id": "c" * 36},
        {"type": "item", "value": {"label": "B", "page": board.pk, "address": "#form"}, "id": "d" * 36},
    ]
    given = {"phases": [(-90, -70)], "outcome": [point(rests_on=basis)], "outcome_published_on": timezone.localdate()}
    for code, results in (("fr", "resultats"), ("nl", "resultaten")):
        page = live_consultation(code=code, **given)
        there, ideas = (each.get_translations(inclusive=True).get(locale=page.locale).url for each in (survey, board))
        links = [link["href"] for link in seen(client.get(page.url)).select(".point__basis a")]
        assert links == [f"{there}{results}/#question-3", there, f"{ideas}12/", f"{ideas}#form"]
