"""The calendar's screens: views, filters, what is typed into the address, who sees what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    DepartmentFactory,
    UserFactory,
    draft_news,
    live_news,
    scheduled_news,
    submit,
    translate,
)
from tests.moderation.agenda.moments import entries_on, hour, published_at
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


def page_of(client, query=""):
    return seen(client.get(f"/admin/agenda/?{query}"))


def heading(page):
    return words(page.select_one(".agenda-heading"))


def test_without_a_question_it_is_this_month(at_roads):
    page = page_of(at_roads)
    today = timezone.localdate()
    assert page.select_one(".agenda-day--today")["data-day"] == today.isoformat()
    assert page.select_one("caption").get_text(strip=True).endswith(str(today.year))


@pytest.mark.parametrize(
    ("language", "names", "month"),
    [
        ("fr", ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"], "mai 2030"),
        ("nl", ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"], "mei 2030"),
    ],
)
def test_a_month_is_a_table_of_weeks_from_monday_in_the_readers_language(signed_in, roads, language, names, month):
    user = UserFactory(language=language)
    user.groups.add(roads.group)
    page = page_of(signed_in(user), "day=2030-05-07")
    table = page.select_one("table.agenda-grid")
    assert [head["title"] for head in table.select("thead abbr")] == names
    assert heading(page).startswith(month)
    days = [cell["data-day"] for cell in table.select("td")]
    assert (days[0], days[-1], len(days)) == ("2030-04-29", "2030-06-02", 35)


@pytest.mark.parametrize(
    ("query", "previous", "following"),
    [
        ("view=month&day=2030-12-31", "2030-11-01", "2031-01-01"),
        ("view=month&day=2031-01-31", "2030-12-01", "2031-02-01"),
        ("view=list&day=2031-01-01", "2030-12-01", "2031-02-01"),
        ("view=week&day=2030-12-31", "2030-12-23", "2031-01-06"),
        ("view=day&day=2030-12-31", "2030-12-30", "2031-01-01"),
        ("view=day&day=2028-02-28", "2028-02-27", "2028-02-29"),
    ],
)
def test_earlier_and_later_cross_the_end_of_a_year(at_roads, query, previous, following):
    back, today, on = (link["href"] for link in page_of(at_roads, query).select_one(".agenda-turn").select("a"))
    assert f"day={previous}" in back
    assert f"day={timezone.localdate().isoformat()}" in today
    assert f"day={following}" in on


def test_a_week_has_its_number_of_iso_8601(at_roads):
    assert heading(page_of(at_roads, "view=week&day=2030-12-31")).startswith(
        "Semaine 1 : du 30 décembre au 5 janvier 2031"
    )


def test_an_entry_says_its_state_hour_title_department_places_and_languages(at_roads, roads, mill_and_station):
    published_at("2030-05-07 09:30", department=roads, neighbourhoods=mill_and_station)
    assert entries_on(at_roads, "view=list&day=2030-05-07") == [
        "publié 09:30 Rue du Moulin FR + NL Travaux publics, Le Moulin, La Gare"
    ]


def test_each_view_shows_the_days_it_is_about(at_roads):
    for number, day in enumerate(["2030-05-06", "2030-05-07", "2030-05-12", "2030-05-20", "2030-06-01", "2030-06-20"]):
        published_at(f"{day} 09:30", slug=f"m{number}", dutch={"slug": f"n{number}"})
    shown = {
        view: len(entries_on(at_roads, f"view={view}&day=2030-05-07")) for view in ("day", "week", "month", "list")
    }
    assert shown == {"day": 1, "week": 3, "month": 5, "list": 4}


def test_a_busy_day_says_how_many_more_there_are_and_leads_to_them(at_roads, roads):
    for page in live_news(9, department=roads):
        type(page).objects.filter(pk=page.pk).update(first_published_at=hour("2030-05-07 09:30"))
    cell = page_of(at_roads, "day=2030-05-07&department=roads").select_one("[data-day='2030-05-07']")
    assert len(cell.select(".agenda-entry")) == 3
    more = cell.select_one(".agenda-day__more")
    assert words(more).startswith("et 6 autres")
    assert len(entries_on(at_roads, more["href"].removeprefix("?"))) == 9
    assert "department=roads" in more["href"]


def test_a_day_with_one_more_than_fits_shows_it(at_roads, roads):
    for page in live_news(4, department=roads):
        type(page).objects.filter(pk=page.pk).update(first_published_at=hour("2030-05-07 09:30"))
    cell = page_of(at_roads, "day=2030-05-07").select_one("[data-day='2030-05-07']")
    assert len(cell.select(".agenda-entry")) == 4
    assert not cell.select(".agenda-day__more")


def test_a_long_list_has_pages_and_a_page_too_many_is_the_last(at_roads, roads):
    for page in live_news(60, department=roads):
        type(page).objects.filter(pk=page.pk).update(first_published_at=hour("2030-05-07 09:30"))
    lengths = [len(entries_on(at_roads, f"view=list&day=2030-05-07&page={page}")) for page in (1, 2, 9, "x")]
    assert lengths == [50, 10, 10, 50]


def _some(roads, social, mill, station):
    published_at("2030-05-07 09:30", department=roads, kind="policy", neighbourhoods=[mill], slug="a")
    published_at(
        "2030-05-07 10:30", department=social, kind="caring", neighbourhoods=[station], slug="b", dutch={"slug": "nl-b"}
    )
    scheduled_news(hour("2030-05-08 11:30"), department=social, kind="caring", slug="c", dutch={"slug": "nl-c"})


@pytest.mark.parametrize(
    ("query", "hours"),
    [
        ("", ["09:30", "10:30", "11:30"]),
        ("department=social", ["10:30", "11:30"]),
        ("department=roads", ["09:30"]),
        ("kind=caring", ["10:30", "11:30"]),
        ("kind=page", []),
        ("state=scheduled", ["11:30"]),
        ("state=waiting", []),
        ("neighbourhood=moulin-molen", ["09:30", "11:30"]),
        ("neighbourhood=gare-station&state=published", ["10:30"]),
    ],
)
def test_filters_combine_and_what_is_for_the_whole_commune_is_for_each_place(
    at_roads, roads, social, mill_and_station, query, hours
):
    _some(roads, social, *mill_and_station)
    page = page_of(at_roads, f"day=2030-05-07&{query}")
    assert [entry.time.get_text() for entry in page.select(".agenda-entry")] == hours
    assert f"{len(hours)} élément" in heading(page)


def test_turning_and_changing_the_view_keep_the_filters(at_roads, roads):
    links = page_of(at_roads, "day=2030-05-07&department=roads&state=scheduled").select(".agenda-bar a")
    assert len(links) == 6
    assert all("department=roads" in link["href"] and "state=scheduled" in link["href"] for link in links)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("day=hier", "« hier » n’est pas un jour du calendrier"),
        ("day=2030-02-30", "« 2030-02-30 » n’est pas un jour"),
        ("day=9999-12-31", "« 9999-12-31 » n’est pas un jour"),
        ("day=0001-01-01", "« 0001-01-01 » n’est pas un jour"),
        ("day=%00", "n’est pas un jour"),
        ("view=year", "« year » n’est pas une des vues"),
        ("state=perdu", "« perdu » n’est pas dans la liste"),
        ("kind=%F0%9F%92%A9", "n’est pas dans la liste"),
        ("department=ailleurs", "« ailleurs » n’est pas dans la liste"),
        ("neighbourhood=%00", "n’est pas dans la liste"),
        ("state=" + "x" * 5000, "xxx… »"),
    ],
)
def test_what_is_not_known_is_said_and_left_out(at_roads, query, said):
    page = page_of(at_roads, query)
    assert said in words(page.select_one(".help-block"))
    assert page.select_one("table.agenda-grid")


def test_signs_of_markup_in_a_title_are_shown_as_they_were_typed(at_roads, roads):
    scheduled_news(hour("2030-05-07 09:30"), department=roads, title='<b>"Rue" & co</b>')
    assert '<b>"Rue" & co</b>' in entries_on(at_roads, "day=2030-05-07")[0]


def test_everybody_who_proposes_sees_what_others_plan_and_opens_only_what_they_may(
    at_roads, at_the_desk, roads, social
):
    scheduled_news(hour("2030-05-07 09:30"), department=roads)
    theirs = scheduled_news(hour("2030-05-07 10:30"), department=social, slug="b", dutch={"title": "B"})
    live = published_at("2030-05-07 11:30", department=social, slug="c", dutch={"title": "C"})
    links = {
        name: [entry.a for entry in page_of(client, "day=2030-05-07").select(".agenda-entry")]
        for name, client in (("roads", at_roads), ("desk", at_the_desk))
    }
    mine, others, published = links["roads"]
    assert mine["href"].endswith("/edit/")
    assert others is None
    assert published["href"] == live.url
    assert all(link["href"].endswith("/edit/") for link in links["desk"])
    assert at_roads.get(reverse("wagtailadmin_pages:edit", args=[theirs.pk])).status_code == 302


def test_only_the_desk_is_offered_to_move(at_roads, at_the_desk, roads):
    scheduled_news(hour("2030-05-07 09:30"), department=roads)
    published_at("2030-05-07 11:30", department=roads, slug="b", dutch={"slug": "nl-b"})
    assert len(page_of(at_the_desk, "day=2030-05-07").select("[data-move] .agenda-entry__move")) == 1
    assert not page_of(at_roads, "day=2030-05-07").select("[data-move], .agenda-entry__move")


def test_a_waiting_message_says_how_far_its_other_language_is(at_roads, editor, roads):
    wanted = hour("2030-05-07 09:30")
    states = []
    page = draft_news(owner=editor, department=roads, go_live_at=wanted)
    submit(page, editor)
    states.append(entries_on(at_roads, "day=2030-05-07")[0])
    translate(page)
    states.append(entries_on(at_roads, "day=2030-05-07")[0])
    page.introduction = "Autrement."
    page.save_revision(user=editor)
    states.append(entries_on(at_roads, "day=2030-05-07")[0])
    assert [state.rsplit("Rue du Moulin ")[1].split(" Travaux")[0] for state in states] == [
        "NL : manquant",
        "NL : prêt",
        "NL : à revoir : le texte a changé",
    ]


def test_the_menu_leads_to_it_for_those_who_may_see_it(at_roads, signed_in, clerk):
    assert "/admin/agenda/" in at_roads.get("/admin/").content.decode()
    assert "/admin/agenda/" not in signed_in(clerk).get("/admin/").content.decode()


def test_who_leaves_a_department_no_longer_sees_the_calendar(at_roads, editor, clerk):
    assert at_roads.get("/admin/agenda/").status_code == 200
    editor.groups.set(clerk.groups.all())
    assert at_roads.get("/admin/agenda/").status_code == 302


def test_the_months_of_a_hundred_years_can_be_shown(at_roads):
    day = date(2000, 1, 31)
    while day.year <= 2100:
        assert at_roads.get(f"/admin/agenda/?day={day}", headers={"HX-Request": "true"}).status_code == 200
        day += timedelta(days=1571)


def test_a_department_without_messages_has_an_empty_month_with_a_word(at_roads):
    DepartmentFactory(slug="quiet")
    assert "Rien ici" in words(page_of(at_roads, "department=quiet&day=2030-05-07").select_one(".agenda-nothing"))
