"""Where a resident lives: chosen by street, on the map or in the list; the welcome that asks for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from home.models import Neighbourhood
from residents.models import Profile, Residency, User
from tests.factories import NeighbourhoodFactory, UserFactory, published_news, resident_of, street_in
from tests.home.pages import one, seen, words
from tests.neighbourhood_news.reserving import in_hours

pytestmark = pytest.mark.django_db

PAGE = {"fr": "/fr/mon-espace/mon-quartier/", "nl": "/nl/mijn-omgeving/mijn-wijk/"}
WELCOME = {"fr": "/fr/mon-espace/bienvenue/", "nl": "/nl/mijn-omgeving/welkom/"}


@pytest.fixture
def canal(db: None) -> Neighbourhood:
    return NeighbourhoodFactory(slug="canal", name_fr="Canal", name_nl="Kanaal")


@pytest.fixture
def gare(db: None) -> Neighbourhood:
    return NeighbourhoodFactory(slug="gare", name_fr="Gare", name_nl="Station")


@pytest.fixture
def noor(db: None) -> User:
    return UserFactory()


def home_of(user: User) -> Any:
    residency = Residency.objects.filter(user=user).first()
    return residency.neighbourhood if residency else "not asked"


def test_a_neighbourhood_is_chosen_changed_and_given_up(signed_in, noor, canal, gare):
    client = signed_in(noor)
    for slug, place in (("canal", canal), ("gare", gare), ("none", None)):
        response = client.post(PAGE["fr"], {"neighbourhood": slug})
        assert response["Location"] == "/fr/mon-espace/"
        assert home_of(noor) == place


@pytest.mark.parametrize("wrong", ["", "nulle-part", "x" * 80, "canal\x00x", "<b>"])
def test_a_choice_that_is_none_is_told_and_changes_nothing(signed_in, canal, wrong):
    user = resident_of(canal)
    response = signed_in(user).post(PAGE["nl"], {"neighbourhood": wrong})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert home_of(user) == canal


def test_a_street_is_found_and_chosen_with_one_press(signed_in, noor, canal, gare):
    street_in((gare, 1, 57), (canal, 58, 140))
    client = signed_in(noor)
    page = seen(client, f"{PAGE['nl']}?street=molen&number=60")
    button = one(page, ".found-street form button")
    assert "Kanaal" in words(button)
    assert one(page, 'input[type="radio"][checked]')["value"] == "canal"
    client.post(one(page, ".found-street form")["action"], {"neighbourhood": button["value"]})
    assert home_of(noor) == canal


def test_a_street_that_crosses_neighbourhoods_offers_each(signed_in, noor, canal, gare):
    street_in((gare, 1, 57), (canal, 58, 140))
    page = seen(signed_in(noor), f"{PAGE['fr']}?street=moulin")
    assert {button["value"] for button in page.select(".found-street button")} == {"gare", "canal"}
    assert not page.select('input[type="radio"][checked]')


def test_the_map_ticks_a_line_of_the_list_and_saves_nothing(signed_in, noor, canal, gare):
    client = signed_in(noor)
    page = seen(client, PAGE["fr"])
    link = one(page, 'svg.map a[aria-label="Gare"]')["href"]
    assert link.endswith("#choice")
    ticked = seen(client, PAGE["fr"] + link)
    assert one(ticked, 'input[type="radio"][checked]')["value"] == "gare"
    assert one(ticked, 'svg.map a[aria-current="true"]')["aria-label"] == "Gare"
    assert home_of(noor) == "not asked"


def test_what_is_known_is_ticked(signed_in, canal, gare):
    page = seen(signed_in(resident_of(canal)), PAGE["nl"])
    assert one(page, 'input[type="radio"][checked]')["value"] == "canal"
    page = seen(signed_in(resident_of(None)), PAGE["nl"])
    assert one(page, 'input[type="radio"][checked]')["value"] == "none"


def test_without_streets_only_map_and_list_show(signed_in, noor, canal):
    page = seen(signed_in(noor), f"{PAGE['fr']}?street=x")
    assert not page.select("#id_street")
    assert page.select("svg.map a")
    assert page.select('input[type="radio"]')


def test_moving_decides_what_is_read_first_and_following_does_too(signed_in, noor, canal, gare):
    message = published_news(neighbourhoods=[canal], reserved_until=in_hours(5))
    client = signed_in(noor)
    assert client.get(message.url).status_code == 403
    client.post(PAGE["fr"], {"neighbourhood": "canal"})
    assert client.get(message.url).status_code == 200
    client.post(PAGE["fr"], {"neighbourhood": "gare"})
    assert client.get(message.url).status_code == 403
    client.post("/fr/suivre/", {"follow": f"department:{message.department.slug}"})
    client.post("/fr/suivre/", {"follow": f"news_kind:{message.kind}"})
    assert client.get(message.url).status_code == 403
    client.post("/fr/suivre/", {"follow": "neighbourhood:canal"})
    assert client.get(message.url).status_code == 200


def test_street_and_number_are_kept_nowhere(signed_in, noor, canal):
    street_in((canal,))
    client = signed_in(noor)
    page = seen(client, f"{PAGE['fr']}?street=moulin&number=1234")
    form = one(page, ".found-street form")
    assert {field.get("name") for field in form.select("input, button")} == {
        "csrfmiddlewaretoken",
        "next",
        "neighbourhood",
    }
    assert "1234" not in str(dict(client.session))


@pytest.mark.parametrize("code", WELCOME)
def test_the_welcome_asks_for_the_neighbourhood_first_and_comes_back(signed_in, noor, canal, code):
    client = signed_in(noor)
    page = seen(client, WELCOME[code])
    form = one(page, "form#choice")
    assert one(form, '[name="next"]')["value"] == WELCOME[code]
    response = client.post(form["action"], {"neighbourhood": "canal", "next": WELCOME[code]})
    assert response["Location"] == WELCOME[code]
    assert home_of(noor) == canal


def test_a_mistake_on_the_way_from_the_welcome_leads_back_there(signed_in, noor, canal):
    response = signed_in(noor).post(PAGE["fr"], {"neighbourhood": "", "next": WELCOME["fr"]})
    assert f'value="{WELCOME["fr"]}"' in response.content.decode()


def test_the_welcome_shows_what_goes_on_there_and_one_thing_to_take_part_in(signed_in, canal, gare):
    near = published_news(neighbourhoods=[canal], title="Pont du canal", slug="pont")
    published_news(neighbourhoods=[gare], title="Quai de la gare", slug="quai")
    for number in range(2):
        published_news(neighbourhoods=[canal], title=f"Avis {number}", slug=f"avis-{number}", kind="participation")
    page = seen(signed_in(resident_of(canal)), WELCOME["fr"])
    titles = [words(title) for title in page.select(".card__title")]
    assert near.title in titles
    assert "Quai de la gare" not in titles
    assert len(page.select(".mine__invitation")) == 1


def test_the_welcome_is_warm_where_there_is_nothing_yet(signed_in, canal):
    page = seen(signed_in(resident_of(canal)), WELCOME["nl"])
    assert len(page.select("main .empty")) == 2
    assert page.select('main a[href="/nl/mijn-omgeving/"]')


def test_when_somebody_was_first_welcomed_is_kept_once(signed_in, noor, canal):
    before = timezone.now()
    client = signed_in(noor)
    client.get(WELCOME["fr"])
    first = Profile.objects.get(user=noor).welcomed_at
    assert first >= before
    client.get(WELCOME["nl"])
    assert Profile.objects.get(user=noor).welcomed_at == first


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.sampled_from(["street", "number", "neighbourhood", "next"]), st.text(max_size=130)))
@example(values={"neighbourhood": "none", "next": ":"})
@example(values={"neighbourhood": "none", "next": "wagtailadmin_home"})
def test_nothing_that_is_sent_breaks_the_page(signed_in, noor, canal, values):
    client = signed_in(noor)
    for page in (PAGE["fr"], WELCOME["nl"]):
        assert client.get(page, values).status_code == 200
    assert client.post(PAGE["nl"], values).status_code in {200, 302}
