"""The other language of what is on the screen: the same page, or the nearest one above it that exists there."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from home.models import ContentPage, SectionPage
from tests.factories import NeighbourhoodFactory, published_news
from tests.home.pages import home_page, in_both_languages, in_one_language, one, seen, words

pytestmark = pytest.mark.django_db

NOT_YET = {
    "nl": "Deze pagina bestaat nog niet in deze taal.",
    "fr": "Cette page n’existe pas encore dans cette langue.",
}


def switch(client: Any, address: str, status: int = 200) -> str:
    """Return where the language switch of a page leads."""
    link = one(seen(client, address, status), ".language-switch a")
    assert link["lang"] == link["hreflang"] == ("nl" if address.startswith("/fr/") else "fr")
    return str(link["href"])


@pytest.fixture
def section(db: None) -> SectionPage:
    return in_both_languages(
        home_page(), SectionPage, title="La commune", slug="commune", dutch={"title": "De gemeente", "slug": "gemeente"}
    )


@pytest.mark.parametrize(
    ("french", "dutch"),
    [("/fr/", "/nl/"), ("/fr/actualites/", "/nl/nieuws/"), ("/fr/quartiers/", "/nl/wijken/")],
)
def test_a_page_leads_to_itself_in_the_other_language_and_back(client, french, dutch):
    assert switch(client, french) == dutch
    assert switch(client, dutch) == french


def test_a_message_leads_to_its_translation_though_their_addresses_have_nothing_in_common(client):
    published_news()
    assert switch(client, "/fr/actualites/rue-du-moulin/") == "/nl/nieuws/molenstraat/"
    assert switch(client, "/nl/nieuws/molenstraat/") == "/fr/actualites/rue-du-moulin/"


def test_a_page_without_translation_leads_to_the_nearest_page_above_that_has_one(client, section):
    in_one_language(section)
    page = seen(client, "/fr/commune/marche/")
    assert one(page, ".language-switch a")["href"] == "/nl/gemeente/"
    note = one(page, ".language-note")
    assert note["lang"] == "nl"
    assert NOT_YET["nl"] in words(note)
    assert "De gemeente" in words(note)
    assert one(note, "a")["href"] == "/nl/gemeente/"


def test_a_dutch_page_without_translation_says_so_in_french(client, section):
    in_one_language(section.get_translations().get(), title="Weekmarkt", slug="weekmarkt")
    note = one(seen(client, "/nl/gemeente/weekmarkt/"), ".language-note")
    assert (note["lang"], one(note, "a")["href"]) == ("fr", "/fr/commune/")
    assert NOT_YET["fr"] in words(note)


def test_a_page_that_exists_in_both_languages_carries_no_note(client, section):
    assert not seen(client, "/fr/commune/").select(".language-note")


@pytest.mark.parametrize("depth", [1, 2], ids=["below the home page", "below an untranslated section"])
def test_without_any_translated_section_the_reader_is_led_to_the_home_page(client, depth):
    parent, address = home_page(), "/fr/"
    if depth == 2:
        parent, address = in_one_language(parent, SectionPage, slug="rubrique"), "/fr/rubrique/"
    in_one_language(parent)
    assert switch(client, f"{address}marche/") == "/nl/"


@pytest.mark.parametrize("hidden", ["draft", "private"])
def test_a_translation_that_readers_may_not_see_is_as_good_as_none(client, section, hidden):
    in_both_languages(section)
    dutch = ContentPage.objects.get(slug="zwembad")
    if hidden == "draft":
        type(dutch).objects.filter(pk=dutch.pk).update(live=False)  # unpublished, it would take the French along
    else:
        PageViewRestriction.objects.create(page=dutch, restriction_type="login")
    assert switch(client, "/fr/commune/piscine/") == "/nl/gemeente/"
    page = seen(client, "/fr/commune/piscine/")
    assert one(page, ".language-note")
    assert not page.select("link[rel=alternate][hreflang]")


@pytest.mark.parametrize("hidden", ["draft", "private"])
def test_a_section_that_readers_may_not_see_in_the_other_language_leads_to_the_home_page(client, section, hidden):
    dutch = SectionPage.objects.get(slug="gemeente")
    if hidden == "draft":
        type(dutch).objects.filter(pk=dutch.pk).update(live=False)  # unpublished, it would take the French along
    else:
        PageViewRestriction.objects.create(page=dutch, restriction_type="login")
    assert switch(client, "/fr/commune/") == "/nl/"


def test_a_neighbourhood_leads_to_the_same_neighbourhood(client):
    NeighbourhoodFactory(code="canal", slug="canal-kanaal", name_fr="Canal", name_nl="Kanaal")
    assert switch(client, "/fr/quartiers/canal-kanaal/") == "/nl/wijken/canal-kanaal/"
    assert switch(client, "/nl/wijken/canal-kanaal/") == "/fr/quartiers/canal-kanaal/"


def test_what_the_reader_chose_is_kept_in_the_other_language(client):
    place = NeighbourhoodFactory(slug="canal")
    address = f"?neighbourhood={place.slug}&kind=policy"
    assert switch(client, f"/fr/actualites/{address}") == f"/nl/nieuws/{address}"


def test_what_the_reader_typed_cannot_add_markup_to_the_address(client):
    assert "<script>" not in client.get('/fr/actualites/?kind="><script>').content.decode()


def test_the_search_page_leads_to_the_same_search(client):
    assert switch(client, "/fr/recherche/") == "/nl/zoeken/"
    assert switch(client, "/nl/zoeken/") == "/fr/recherche/"
    assert switch(client, "/fr/recherche/?q=v%C3%A9lo&page=2") == "/nl/zoeken/?q=v%C3%A9lo&page=2"


def test_the_switch_of_a_page_that_does_not_exist_stays_in_the_other_language(client):
    assert switch(client, "/fr/rien/", status=404).startswith("/nl/")


def test_the_current_language_is_marked_and_is_no_link(client):
    current = one(seen(client, "/nl/"), '.language-switch [aria-current="true"]')
    assert (current.name, current["lang"]) == ("span", "nl")


def links(page: Any) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/fr/", "/nl/"),
        ("/fr/quartiers/", "/nl/wijken/"),
        ("/fr/quartiers/canal/", "/nl/wijken/canal/"),
        ("/fr/recherche/", "/nl/zoeken/"),
    ],
)
def test_a_page_names_itself_and_its_other_language_on_the_communes_own_host(client, settings, address, other):
    settings.WAGTAILADMIN_BASE_URL = "https://www.auneval.example"
    NeighbourhoodFactory(slug="canal")
    page = seen(client, address)
    assert one(page, "link[rel=canonical]")["href"] == f"https://www.auneval.example{address}"
    assert links(page) == {
        "fr": f"https://www.auneval.example{address}",
        "nl": f"https://www.auneval.example{other}",
    }


def test_the_canonical_address_of_a_list_has_no_filters(client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://www.auneval.example"
    page = seen(client, "/fr/actualites/?kind=policy")
    assert one(page, "link[rel=canonical]")["href"] == "https://www.auneval.example/fr/actualites/"


def test_a_page_without_translation_claims_none(client):
    in_one_language(home_page())
    assert links(seen(client, "/fr/marche/")) == {}


def test_a_page_that_does_not_exist_has_no_canonical_address(client):
    assert not seen(client, "/fr/rien/", status=404).select("link[rel=canonical], link[rel=alternate][hreflang]")


@pytest.mark.parametrize(("address", "language"), [("/fr/", "fr"), ("/nl/wijken/", "nl"), ("/nl/zoeken/", "nl")])
def test_a_page_says_its_language(client, address, language):
    assert one(seen(client, address), "html")["lang"] == language
