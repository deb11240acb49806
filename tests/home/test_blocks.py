"""The blocks of a page: what an editor may write in them, and what readers get."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import override

from home.blocks import CallToActionBlock, TranslatableTableBlock, video_player
from home.models import ContentPage, PortalDocument
from tests.factories import DepartmentFactory
from tests.home.pages import home_page, in_both_languages, one, seen, words

pytestmark = pytest.mark.django_db


def block(kind: str, value: Any) -> dict[str, Any]:
    """Return the raw value of one block; its id comes from its kind, so that both languages have the same."""
    return {"type": kind, "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, kind))}


def call(**value: Any) -> Any:
    it = CallToActionBlock()
    return it.clean(it.to_python({"label": "Écrire", "page": None, "url": "", **value}))


def refusal(**value: Any) -> dict[str, str]:
    with override("en"), pytest.raises(ValidationError) as refused:
        call(**value)
    with override("en"):
        return {name: " ".join(error.messages) for name, error in refused.value.block_errors.items()}


def test_a_call_to_action_needs_somewhere_to_go():
    assert refusal() == {"page": "Choose a page, or write an address."}
    assert call(page=home_page().pk)["page"].pk == home_page().pk


@pytest.mark.parametrize(
    "address", ["https://www.auneval.example/a?b=c", "http://x.example", "mailto:info@auneval.example", "tel:025550100"]
)
def test_a_call_to_action_leads_to_the_web_a_mail_or_a_telephone(address):
    assert call(url=address)["url"] == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "www.auneval.example",
        "//elsewhere.example",
        "/fr/",
    ],
)
def test_a_call_to_action_leads_nowhere_else(address):
    assert refusal(url=address) == {"url": "Begin the address with https://, mailto: or tel:."}


@pytest.mark.parametrize("address", ["https://[auneval.example", "http://[::1/", "https://]"])
def test_an_address_that_cannot_be_read_is_refused_like_any_other(address):
    assert list(refusal(url=address)) == ["url"]


def test_a_call_to_action_leads_to_the_page_in_the_readers_language(client):
    target = in_both_languages(home_page())
    body = [block("call_to_action", {"title": "", "text": "", "label": "Nager", "page": target.pk, "url": ""})]
    in_both_languages(
        home_page(), title="Bouger", slug="sport", body=body, dutch={"title": "Sport", "slug": "sport", "body": body}
    )
    assert one(seen(client, "/fr/sport/"), ".call a")["href"] == "/fr/piscine/"
    assert one(seen(client, "/nl/sport/"), ".call a")["href"] == "/nl/zwembad/"


YOUTUBE, VIMEO = "https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", f"{YOUTUBE}dQw4w9WgXcQ"),
        ("https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=4s", f"{YOUTUBE}dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", f"{YOUTUBE}dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871", f"{VIMEO}76979871?dnt=1"),
        ("https://player.vimeo.com/video/76979871", f"{VIMEO}76979871?dnt=1"),
        ("https://www.youtube.com/", ""),
        ("https://www.youtube.com/watch?v=", ""),
        ("https://youtu.be/../../evil?", ""),
        ('https://youtu.be/x"onload="alert(1)', ""),
        ("https://vimeo.com/about", ""),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("https://evil.example/?v=youtube.com", ""),
        ("https://video.auneval.example/1.mp4", ""),
        ("", ""),
    ],
)
def test_a_film_is_played_here_only_from_youtube_and_vimeo_without_their_cookies(address, player):
    assert video_player(address) == player


def test_a_film_asks_nothing_of_another_site_before_the_reader_does(client):
    value = {"title": "Le canal", "url": "https://vimeo.com/76979871", "description": "Sans paroles."}
    in_both_languages(home_page(), body=[block("video", value)], dutch={"body": [block("video", value)]})
    page = seen(client, "/fr/piscine/")
    assert not page.select("iframe, video, embed, object")
    assert one(page, ".video")["data-player"] == f"{VIMEO}76979871?dnt=1"
    assert one(page, ".video a")["href"] == "https://vimeo.com/76979871"
    assert "vimeo.com" in words(one(page, ".video__note"))


def test_a_film_of_another_site_is_a_link_alone(client):
    value = {"title": "Le conseil", "url": "https://video.auneval.example/1", "description": ""}
    in_both_languages(home_page(), body=[block("video", value)], dutch={"body": [block("video", value)]})
    film = one(seen(client, "/nl/zwembad/"), ".video")
    assert "data-player" not in film.attrs
    assert not film.select("template")


def table(caption: str, *rows: list[Any]) -> dict[str, Any]:
    return {
        "table_caption": caption,
        "table_header_choice": "both",
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "data": list(rows),
    }


FRENCH = table("Collectes & tri", ["Quartier", "Jour"], ["Centre", "Mardi <matin>"], ["Canal", None])
DUTCH = table("Ophaling & sorteren", ["Wijk", "Dag"], ["Centrum", "Dinsdag <ochtend>"], ["Kanaal", None])


def test_every_cell_of_a_table_and_its_caption_are_translated(client):
    in_both_languages(home_page(), body=[block("table", FRENCH)], dutch={"body": [block("table", DUTCH)]})
    for address, written in (("/fr/piscine/", FRENCH), ("/nl/zwembad/", DUTCH)):
        shown = one(seen(client, address), ".prose table")
        assert words(one(shown, "caption")) == written["table_caption"]
        cells = [[words(cell) for cell in row.select("th, td")] for row in shown.select("tr")]
        assert cells == [[cell or "" for cell in row] for row in written["data"]]
        assert [words(cell) for cell in shown.select('th[scope="row"]')] == [row[0] for row in written["data"][1:]]


def test_what_is_taken_out_of_a_table_and_put_back_is_the_same_table():
    it = TranslatableTableBlock()
    segments = it.get_translatable_segments(FRENCH)
    assert sorted(segment.render_text() for segment in segments) == sorted(
        ["Collectes & tri", "Quartier", "Jour", "Centre", "Mardi <matin>", "Canal"]
    )
    assert it.restore_translated_segments(FRENCH, segments) == FRENCH
    blank = table("", *[[None] * 2] * 3)
    assert it.restore_translated_segments(blank, segments)["data"] == FRENCH["data"]


@pytest.mark.parametrize("value", [None, {}])
def test_a_table_that_was_not_filled_in_has_nothing_to_translate(value):
    assert TranslatableTableBlock().get_translatable_segments(value) == []


def test_a_contact_card_shows_the_department_as_it_is_now_in_each_language(client):
    department = DepartmentFactory(name_fr="Propreté", name_nl="Netheid", telephone="02 555 01 23")
    body = [block("contact", {"department": department.pk})]
    in_both_languages(home_page(), body=body, dutch={"body": body})
    assert words(one(seen(client, "/fr/piscine/"), ".contact-card__name")) == "Propreté"
    department.telephone = "02 555 09 99"
    department.save()
    card = one(seen(client, "/nl/zwembad/"), ".contact-card")
    assert words(one(card, ".contact-card__name")) == "Netheid"
    assert one(card, 'a[href^="tel:"]')["href"] == "tel:025550999"


def test_a_document_says_its_kind_its_size_and_its_language(client):
    document = PortalDocument.objects.create(
        title="Règlement", language="fr", file=ContentFile(b"x" * 2048, name="reglement.pdf")
    )
    body = [block("documents", {"title": "", "documents": [{"type": "item", "value": document.pk, "id": "d" * 36}]})]
    in_both_languages(home_page(), body=body, dutch={"body": body})
    item = one(seen(client, "/nl/zwembad/"), ".documents li")
    assert one(item, "a")["hreflang"] == "fr"
    said = words(one(item, "small"))
    assert said.startswith("PDF, 2,0")
    assert said.lower().endswith("frans")


def test_what_an_editor_writes_is_text_and_not_html(client):
    body = [
        block("heading", "<script>alert(1)</script>"),
        block("quote", {"text": "<script>alert(2)</script>", "attribution": "<b>x</b>"}),
        block("table", table("<script>alert(3)</script>", ["<script>alert(4)</script>"], ["x"])),
        block("text", '<p onclick="alert(5)">Texte<script>alert(6)</script></p>'),
    ]
    page = ContentPage(locale=home_page().locale, title="Marché", slug="marche", body=body)
    home_page().add_child(instance=page)
    content = client.get("/fr/marche/").content.decode()
    assert not [number for number in range(1, 5) if f"<script>alert({number})" in content]
