"""Following a neighbourhood, a department or a kind of message: the button, the list, and what is refused."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import Department, Neighbourhood
from neighbourhood_news.kinds import Kind
from residents.follows.actions import follow, stop_following
from residents.follows.targets import find_target
from residents.models import Follow, User
from tests.factories import DepartmentFactory, NeighbourhoodFactory, published_news, resident_of
from tests.home.pages import one, seen, words

pytestmark = pytest.mark.django_db

FOLLOWS = 14


@pytest.fixture
def canal(db: None) -> Neighbourhood:
    return NeighbourhoodFactory(slug="canal", name_fr="Canal", name_nl="Kanaal")


@pytest.fixture
def noor(db: None) -> User:
    return resident_of(None)


def followed(user: User) -> set[tuple[Any, ...]]:
    return set(user.follows.values_list("neighbourhood__slug", "department__slug", "subject", "key"))


EVERY_SORT = [
    ("neighbourhood:canal", ("canal", None, "", "")),
    ("department:roads", (None, "roads", "", "")),
    ("news_kind:participation", (None, None, "news_kind", "participation")),
]


@pytest.mark.parametrize(("value", "row"), EVERY_SORT)
def test_a_press_follows_and_another_stops(signed_in, noor, canal, roads, value, row):
    client = signed_in(noor)
    for _twice in range(2):
        response = client.post(reverse("follow"), {"follow": value, "next": "/fr/quartiers/canal/"})
        assert (response.status_code, response["Location"]) == (302, "/fr/quartiers/canal/")
        assert followed(noor) == {row}
    for _twice in range(2):
        client.post(reverse("follow"), {"stop": value})
        assert followed(noor) == set()


@pytest.mark.parametrize(("value", "row"), EVERY_SORT)
def test_a_link_alone_follows_nothing(signed_in, noor, canal, roads, value, row):
    page = seen(signed_in(noor), f"/fr/suivre/?follow={value}&next=/fr/quartiers/canal/")
    assert followed(noor) == set()
    form = one(page, "main form")
    assert one(form, "button")["value"] == value
    assert form.select('input[name="csrfmiddlewaretoken"]')
    assert [link["href"] for link in form.select("a")] == ["/fr/quartiers/canal/"]


def test_a_form_from_another_site_is_refused(noor, canal):
    client = Client(enforce_csrf_checks=True)
    client.force_login(noor)
    assert client.post(reverse("follow"), {"follow": "neighbourhood:canal"}).status_code == 403
    assert followed(noor) == set()


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_visitor_is_led_through_signing_in_and_back_to_what_they_asked_for(client, canal, code):
    place = {"fr": "/fr/quartiers/canal/", "nl": "/nl/wijken/canal/"}[code]
    page = seen(client, place)
    assert not page.select("main form[data-swap]")
    asked = one(page, ".follow a")["href"]
    assert words(one(page, ".follow__note"))
    response = client.get(asked)
    location = urlsplit(response["Location"])
    assert location.path == urlsplit(resolve_url(settings.LOGIN_URL)).path
    back = parse_qs(location.query)["next"][0]
    client.force_login(resident_of(None))
    form = one(seen(client, back), "main form")
    assert one(form, '[name="next"]')["value"] == place
    assert one(form, "button")["value"] == "neighbourhood:canal"


def test_a_visitor_who_presses_changes_nothing(client, canal):
    response = client.post(reverse("follow"), {"follow": "neighbourhood:canal"})
    assert response.status_code == 302
    assert not Follow.objects.exists()


def test_a_visitor_gets_no_cookie_from_a_page_with_buttons(client, canal, roads):
    page = published_news(neighbourhoods=[canal], department=roads)
    for address in ("/fr/quartiers/canal/", page.url):
        assert not client.get(address).cookies


@pytest.mark.parametrize(
    "value",
    [
        "",
        "neighbourhood",
        "neighbourhood:",
        "neighbourhood:x",
        "department:x",
        "news_kind:x",
        "user:1",
        "a:b:c",
        "x" * 200,
    ],
)
def test_what_can_not_be_followed_is_told_and_nothing_is_kept(signed_in, noor, value):
    client = signed_in(noor)
    for ask in (client.get, client.post):
        response = ask("/fr/suivre/", {"follow": value}, follow=True)
        assert response.status_code == 200
        assert "n’existe plus" in response.content.decode()
    assert client.post("/fr/suivre/", {"follow": f"{value}\x00"}).status_code == 302
    assert followed(noor) == set()


def test_following_and_stopping_at_once_is_no_answer(signed_in, noor, canal):
    signed_in(noor).post("/fr/suivre/", {"follow": "neighbourhood:canal", "stop": "neighbourhood:canal"})
    assert followed(noor) == set()


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\x"]
)
def test_nobody_is_led_to_another_site(signed_in, noor, canal, elsewhere):
    response = signed_in(noor).post("/fr/suivre/", {"follow": "neighbourhood:canal", "next": elsewhere})
    assert response["Location"] == "/fr/mon-espace/mes-suivis/"


def test_the_button_says_the_present_state_in_words(signed_in, noor, canal, roads):
    client, page = signed_in(noor), published_news(neighbourhoods=[canal], department=roads, kind=Kind.POLICY)
    for value in ("neighbourhood:canal", "department:roads", "news_kind:policy"):
        address = "/fr/quartiers/canal/" if value.startswith("n") and "canal" in value else page.url
        button = f'.follow[data-follow="{value}"]'
        before = one(seen(client, address), button)
        assert one(before, "button")["name"] == "follow"
        follow(user=noor, target=find_target(value))
        after = one(seen(client, address), button)
        assert one(after, "button")["name"] == "stop"
        assert "Vous suivez" in words(one(after, ".follow__state"))


def test_the_neighbourhood_where_one_lives_needs_no_button(signed_in, canal):
    page = seen(signed_in(resident_of(canal)), "/fr/quartiers/canal/")
    assert not page.select(".follow form")
    assert one(page, '.follow a[href="/fr/mon-espace/mon-quartier/"]')


def test_javascript_gets_the_button_anew(signed_in, noor, canal):
    response = signed_in(noor).post(
        "/fr/suivre/", {"follow": "neighbourhood:canal", "next": "/fr/"}, headers={"HX-Request": "true"}
    )
    content = response.content.decode()
    assert 'name="stop"' in content
    assert 'value="/fr/"' in content
    assert "<html" not in content


def test_one_page_lists_all_that_one_follows_grouped_and_lets_add_more(signed_in, noor, canal, roads, social):
    gare = NeighbourhoodFactory(slug="gare", name_fr="Gare")
    for value in ("neighbourhood:canal", "department:roads", "news_kind:caring"):
        follow(user=noor, target=find_target(value))
    page = seen(signed_in(noor), "/fr/mon-espace/mes-suivis/")
    groups = {words(one(group, "h2")): group for group in page.select("section.follows")}
    assert list(groups) == ["Quartiers", "Services communaux", "Types de message"]
    stops = {button["value"] for button in page.select('button[name="stop"]')}
    assert stops == {"neighbourhood:canal", "department:roads", "news_kind:caring"}
    offered = {button["value"] for button in page.select('button[name="follow"]')}
    kinds = {f"news_kind:{kind}" for kind in Kind.values if kind != "caring"}
    assert offered == {f"neighbourhood:{gare.slug}", "department:social"} | kinds


def test_in_dutch_the_list_speaks_dutch_and_links_to_dutch_pages(signed_in, noor, canal):
    follow(user=noor, target=find_target("neighbourhood:canal"))
    follow(user=noor, target=find_target("news_kind:caring"))
    page = seen(signed_in(noor), "/nl/mijn-omgeving/wat-ik-volg/")
    links = {words(link): link["href"] for link in page.select(".follows__item a")}
    assert links == {"Kanaal": "/nl/wijken/canal/", "Zorgzame buurt": "/nl/nieuws/?kind=caring"}


def test_stopping_from_the_list_says_so_there(signed_in, noor, canal):
    follow(user=noor, target=find_target("neighbourhood:canal"))
    client, address = signed_in(noor), "/fr/mon-espace/mes-suivis/"
    page = client.post("/fr/suivre/", {"stop": "neighbourhood:canal", "next": address}, follow=True)
    assert "Vous ne suivez plus" in page.content.decode()


def test_what_goes_takes_along_its_followers(noor, canal, roads):
    follow(user=noor, target=find_target("neighbourhood:canal"))
    follow(user=noor, target=find_target("department:roads"))
    Neighbourhood.objects.all().delete()
    Department.objects.all().delete()
    assert followed(noor) == set()


def test_to_stop_leaves_what_others_follow(noor, canal):
    other = resident_of(None)
    target = find_target("neighbourhood:canal")
    follow(user=noor, target=target)
    follow(user=other, target=target)
    stop_following(user=noor, target=target)
    assert followed(other) == {("canal", None, "", "")}


@pytest.mark.parametrize("address", ["/fr/mon-espace/", "/fr/mon-espace/mes-suivis/", "/nl/mijn-omgeving/mijn-wijk/"])
def test_ones_own_pages_are_for_who_is_signed_in_and_no_cache_keeps_them(client, signed_in, noor, address):
    assert client.get(address).status_code == 302
    response = signed_in(noor).get(address)
    assert "no-store" in response["Cache-Control"]
    assert b'content="noindex"' in response.content


def test_what_the_list_asks_does_not_grow(signed_in, noor, canal):
    client, address = signed_in(noor), "/fr/mon-espace/mes-suivis/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _number in range(6):
        place, department = NeighbourhoodFactory(), DepartmentFactory()
        for value in (f"neighbourhood:{place.slug}", f"department:{department.slug}"):
            follow(user=noor, target=find_target(value))
    for kind in Kind.values:
        follow(user=noor, target=find_target(f"news_kind:{kind}"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= FOLLOWS
