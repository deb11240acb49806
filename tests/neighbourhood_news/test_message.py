"""What a card and a page say of a message: who speaks, to whom, of what kind, and whom to ask."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file

from home.models import PortalImage
from moderation.actions import publish_in_both_languages
from neighbourhood_news.kinds import KIND_ICONS, Kind
from neighbourhood_news.models import NewsPage
from tests.factories import DepartmentFactory, draft_news, published_news, readable_news
from tests.neighbourhood_news.messages import live_message
from tests.neighbourhood_news.reading import LIST, titles
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
PAGE = {"fr": "/fr/actualites/rue-du-moulin/", "nl": "/nl/nieuws/molenstraat/"}


@pytest.mark.parametrize(
    ("code", "department", "kind", "mill_name", "station_name"),
    [
        ("fr", "Travaux publics", "Quartier solidaire", "Le Moulin", "La Gare"),
        ("nl", "Openbare werken", "Zorgzame buurt", "De Molen", "Het Station"),
    ],
)
class TestInBothLanguages:
    @pytest.fixture(autouse=True)
    def message(self, roads, mill, station):
        return readable_news(department=roads, neighbourhoods=[mill, station], kind=Kind.CARING)

    def test_a_card_says_which_department_speaks_to_whom(self, client, code, department, kind, mill_name, station_name):
        card = seen(client.get(LIST[code])).select_one(".card")
        assert words(card.select_one(".card__by")) == department
        assert words(card.select_one(".card__kind")) == kind
        tags = card.select(".card__places .tag")
        assert [(words(tag), tag["class"][-1]) for tag in tags] == [(mill_name, "tint-4"), (station_name, "tint-7")]
        assert card.select_one("h3 a")["href"] == PAGE[code]
        assert f"#icon-{KIND_ICONS[Kind.CARING]}" in str(card.select_one(".card__kind use"))

    def test_a_page_says_which_department_speaks_to_whom(self, client, code, department, kind, mill_name, station_name):
        page = seen(client.get(PAGE[code]))
        assert words(page.select_one(".message__by strong")) == department
        assert words(page.select_one(".message__kind")) == kind
        chips = page.select(".message__foot .chips-line a.chip")
        assert [(words(chip), chip["class"][-1]) for chip in chips] == [(mill_name, "tint-4"), (station_name, "tint-7")]
        for chip, name in zip(chips, [mill_name, station_name], strict=True):
            assert words(seen(client.get(chip["href"])).select_one("h1")) == name


@pytest.mark.parametrize(("code", "everyone"), [("fr", "Toute la commune"), ("nl", "De hele gemeente")])
def test_without_a_neighbourhood_a_message_is_for_the_whole_commune(client, code, everyone):
    readable_news()
    assert words(seen(client.get(LIST[code])).select_one(".card__places")) == everyone
    page = seen(client.get(PAGE[code]))
    assert words(page.select_one(".message__foot .chips-line")) == everyone
    assert not page.select(".message__foot a.chip")


@pytest.mark.parametrize(("code", "label"), [("fr", "Vélo"), ("nl", "Fiets")])
def test_a_theme_leads_to_its_messages(client: Client, bikes, trees, code, label):
    page = published_news()
    page.tags.add(bikes)
    page.save_revision()
    publish_in_both_languages(page=page, user=None)
    live_message("Autre", code=code, themes=[trees])
    chip = seen(client.get(PAGE[code])).select_one(".message__foot a.chip")
    assert words(chip) == label
    followed = client.get(urljoin(PAGE[code], chip["href"]))
    assert titles(followed) == [page.title if code == "fr" else "Molenstraat"]


def test_a_message_without_themes_has_no_heading_for_them(client):
    readable_news()
    assert "Thèmes" not in words(seen(client.get(PAGE["fr"])).select_one(".message__foot"))


@pytest.mark.parametrize(
    ("contact", "telephone", "email", "line"),
    [
        ("Noor, 02 555 00 00", "02 555 01 23", "voirie@auneval.example", "Noor, 02 555 00 00"),
        ("", "02 555 01 23", "voirie@auneval.example", "02 555 01 23 · voirie@auneval.example"),
        ("", "", "voirie@auneval.example", "voirie@auneval.example"),
        ("", "02 555 01 23", "", "02 555 01 23"),
        ("", "", "", ""),
    ],
)
def test_without_a_contact_of_its_own_a_message_leads_to_its_department(contact, telephone, email, line):
    department = DepartmentFactory(telephone=telephone, email=email)
    assert NewsPage(contact=contact, department=department).contact_line == line


def test_the_contact_of_the_department_is_on_the_page_and_can_be_written_to(client):
    readable_news(department=DepartmentFactory(telephone="02 555 01 23", email="voirie@auneval.example"))
    foot = seen(client.get(PAGE["fr"])).select_one(".message__foot")
    assert "02 555 01 23 · " in words(foot)
    assert foot.select_one("a[href='mailto:voirie@auneval.example']")


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_has_an_icon_that_is_in_the_sprite(client, kind):
    icon = NewsPage(kind=kind).kind_icon
    assert icon == KIND_ICONS[Kind(kind)]
    sprite = settings.BASE_DIR / "portal/static/portal/icons.svg"
    assert f'id="icon-{icon}"' in sprite.read_text()


def test_every_kind_has_an_icon_of_its_own():
    assert len(set(KIND_ICONS.values())) == len(Kind.values) == 5


def test_a_draft_whose_kind_is_open_has_the_icon_of_the_news():
    assert NewsPage(kind="").kind_icon == "news"


def test_the_words_of_a_message_are_never_markup(client):
    message = live_message("<b>Gras</b>", introduction="<script>alert(1)</script>", contact="<i>x</i>")
    page = seen(client.get(message.url))
    assert words(page.select_one("h1")) == "<b>Gras</b>"
    assert words(page.select_one(".lead")) == "<script>alert(1)</script>"
    assert "<i>x</i>" in words(page.select_one(".message__foot"))
    assert titles(client.get(LIST["fr"])) == ["<b>Gras</b>"]


def test_an_address_in_a_contact_does_not_become_a_script(client):
    live_message("Contact", contact='javascript:alert(1) https://auneval.example/"onclick=x')
    links = seen(client.get("/fr/actualites/contact/")).select(".message__foot a")
    assert all(link["href"].startswith(("https://", "mailto:", "/")) and "onclick" not in link.attrs for link in links)


def test_a_message_stands_below_the_index_only_and_holds_no_page(db):
    assert [model.__name__ for model in NewsPage.allowed_parent_page_models()] == ["NewsIndexPage"]
    assert NewsPage.allowed_subpage_models() == []


@pytest.fixture
def picture(db):
    return PortalImage.objects.create(
        title="p", file=get_test_image_file(), alt_fr="Un trottoir neuf", alt_nl="Een nieuw voetpad"
    )


@pytest.mark.parametrize(("code", "alt"), [("fr", "Un trottoir neuf"), ("nl", "Een nieuw voetpad")])
def test_what_a_picture_shows_is_told_on_the_page_in_the_language_of_the_reader(client, picture, code, alt):
    readable_news(image=picture)
    assert seen(client.get(PAGE[code])).select_one(".message__picture img")["alt"] == alt


def test_on_a_card_the_picture_is_decoration_because_the_title_stands_beside_it(client, picture):
    readable_news(image=picture)
    card = seen(client.get(LIST["nl"])).select_one(".card")
    assert card.select_one(".card__picture img")["alt"] == ""
    assert not card.select(".card__motif")


def test_without_a_picture_a_card_draws_its_neighbourhoods_or_its_kind(client, mill):
    live_message("Partout", kind=Kind.CARING)
    live_message("Moulin", neighbourhoods=[mill], kind=Kind.CARING)
    with_place, without = (card.select_one(".card__motif") for card in seen(client.get(LIST["fr"])).select(".card"))
    assert with_place.select_one("svg.outline.tint-4")
    assert not with_place.select("svg.icon")
    assert f"#icon-{KIND_ICONS[Kind.CARING]}" in str(without)


def test_the_picture_of_a_message_stands_for_it_unless_another_was_chosen_to_share(picture):
    other = PortalImage(title="autre")
    assert NewsPage().preview_picture is None
    assert NewsPage(image=picture).preview_picture == picture
    assert NewsPage(image=picture, share_image=other).preview_picture == other


def test_an_address_below_the_list_that_is_no_message_is_not_found(client):
    readable_news()
    for address in ("rien/", "rue-du-moulin/suite/", "atom/rien/", "molenstraat/"):
        assert client.get(f"{LIST['fr']}{address}").status_code == 404, address


def test_a_draft_has_no_address_for_readers(client):
    draft_news(slug="brouillon")
    assert client.get(f"{LIST['fr']}brouillon/").status_code == 404


def test_a_message_does_not_stand_before_the_feed(client):
    live_message("Atom", slug="atom")
    assert client.get(f"{LIST['fr']}atom/")["Content-Type"].startswith("application/atom+xml")


def test_a_private_message_asks_to_sign_in(client, restricted):
    restricted(readable_news())
    response = client.get(PAGE["fr"])
    assert response.status_code == 302
    assert "De nouveaux trottoirs" not in response.content.decode()
