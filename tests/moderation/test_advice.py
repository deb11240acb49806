"""The form helps with hints, in the editor's language; a hint never keeps anybody from saving."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from home.models import ContentPage, HomePage, PortalImage
from moderation.advice import advise, shouted
from moderation.models import LinkCheck
from tests.factories import TEXT_ID, draft_news, editor_of, text_block, translate
from tests.moderation.editor import look, news_form

NOW = timezone.make_aware(dt.datetime(2026, 11, 22, 12))
LINK = "https://www.auneval.example/parti"


@pytest.fixture
def picture(db: None, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path

    def make(**words: str) -> PortalImage:
        file = BytesIO()
        Image.new("RGB", (4, 4)).save(file, "PNG")
        return PortalImage.objects.create(title="Rue", file=ImageFile(BytesIO(file.getvalue()), "rue.png"), **words)

    return make


def hints(page: Any) -> list[tuple[str, str]]:
    return [(hint.field, hint.message) for hint in advise(page, now=NOW)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TRAVAUX rue du Port", ["TRAVAUX"]),
        ("STOP AUX VOLS dans la rue", ["STOP AUX VOLS"]),
        ("Le CPAS et l'OCMW vous aident", []),
        ("La STIB roule", []),
        ("Louis XIV", []),
        ("À L'ÉCOLE", ["L'ÉCOLE"]),
        ("ROND-POINT fermé", ["ROND-POINT"]),
        ("Rue A12, bus 4B", []),
        ("", []),
        ("Fermé", []),
        ("GROTE WERKEN in de straat, OPGELET", ["GROTE WERKEN", "OPGELET"]),
    ],
)
def test_words_in_capitals_are_found_and_acronyms_are_not(text, found):
    assert shouted(text) == found


@pytest.mark.django_db
def test_capitals_are_told_where_they_stand(roads):
    page = draft_news(department=roads, title="TRAVAUX", body=[text_block("<p>Bien.</p><p>GRAND TROU &amp; eau</p>")])
    with translation.override("fr"):
        (title, body) = hints(page)
    assert title[0] == "title"
    assert body[0] == f"body.{TEXT_ID}"
    assert "GRAND TROU" in body[1]
    with translation.override("nl"):
        assert "hoofdletters" in hints(page)[0][1]


@pytest.mark.django_db
def test_a_date_in_the_past_is_told_and_today_is_not(roads):
    page = draft_news(department=roads, expires_on=dt.date(2026, 11, 21))
    assert [field for field, _message in hints(page)] == ["expires_on"]
    assert "21/11/2026" in hints(page)[0][1]
    page.expires_on = dt.date(2026, 11, 22)
    assert hints(page) == []


@pytest.mark.django_db
def test_a_time_of_publication_in_the_past_is_told_of_a_draft_only(roads):
    page = draft_news(department=roads, go_live_at=NOW - dt.timedelta(hours=1))
    assert [field for field, _message in hints(page)] == ["go_live_at"]
    page.live = True
    assert hints(page) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({}, "ne dit pas ce qu’elle montre"),
        ({"alt_fr": "Une rue"}, "Il manque le néerlandais"),
        ({"alt_nl": "Een straat"}, "Il manque le français"),
        ({"alt_fr": "Une rue", "alt_nl": "Een straat"}, ""),
    ],
)
def test_a_picture_says_what_it_shows_in_both_languages(words, told, picture, roads):
    page = draft_news(department=roads, image=picture(**words))
    found = hints(page)
    assert [field for field, _message in found] == (["image"] if told else [])
    if told:
        assert told in found[0][1]


@pytest.mark.django_db
def test_a_picture_in_the_text_is_looked_at_too(picture, roads):
    block = {"type": "picture", "value": {"picture": picture().pk, "caption": ""}, "id": TEXT_ID}
    assert [field for field, _message in hints(draft_news(department=roads, body=[block]))] == [
        f"body.{TEXT_ID}.picture"
    ]


@pytest.mark.django_db
def test_a_link_that_did_not_answer_is_told_until_it_does(roads):
    page = draft_news(department=roads, body=[text_block(f'<p><a href="{LINK}">ici</a></p>')])
    link = LinkCheck.objects.create(url=LINK, checked_at=NOW, status=404)
    (hint,) = hints(page)
    assert hint[0] == f"body.{TEXT_ID}"
    assert LINK in hint[1]
    assert "cette page n’existe pas" in hint[1]
    LinkCheck.objects.filter(pk=link.pk).update(status=200)
    assert hints(page) == []
    LinkCheck.objects.filter(pk=link.pk).update(status=403)
    assert hints(page) == []


@pytest.mark.django_db
def test_an_unfinished_draft_gives_no_error(roads):
    blocks = [
        {"type": "picture", "value": {"picture": None, "caption": ""}, "id": TEXT_ID},
        {"type": "call_to_action", "value": {"title": "", "text": "", "label": "", "url": "", "page": None}},
        {"type": "documents", "value": {"title": "", "documents": []}},
        {"type": "table", "value": None},
    ]
    page = draft_news(department=roads)
    page.body, page.introduction = blocks, ""
    page.save_revision(clean=False)
    assert hints(page.get_latest_revision_as_object()) == []


@pytest.mark.django_db
def test_pages_of_the_commune_are_helped_too(db):
    home = HomePage.objects.get(locale__language_code="fr")
    page = home.add_child(instance=ContentPage(title="HORAIRES", locale=home.locale, live=False))
    assert [field for field, _message in hints(page)] == ["title"]


@pytest.mark.django_db
def test_hints_ask_for_pictures_and_links_once(picture, roads, django_assert_num_queries):
    blocks = [{"type": "picture", "value": {"picture": picture().pk, "caption": ""}} for _number in range(6)] + [
        text_block(f'<p><a href="{LINK}/{number}">ici</a></p>', f"{number}") for number in range(6)
    ]
    page = draft_news(department=roads, image=picture(), body=blocks).get_latest_revision_as_object()
    list(page.body)
    with django_assert_num_queries(2):  # what the pictures show, and the links
        assert len(advise(page, now=NOW)) == 7


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "told"), [("fr", "est dans le passé"), ("nl", "ligt in het verleden")])
def test_the_editor_finds_the_hints_in_their_language_and_can_save_all_the_same(code, told, roads, signed_in):
    editor = editor_of(roads, language=code)
    page = draft_news(owner=editor, department=roads, expires_on=dt.date(2020, 1, 1))
    assert told in look(signed_in(editor), page).content.decode()
    form = news_form(page, expires_on="2020-01-02")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = signed_in(editor).post(url, form, headers={"Accept": "application/json"})
    assert answer.json()["success"]
    assert told in answer.json()["html"]


@pytest.mark.django_db
def test_the_hints_beside_a_translation_are_about_its_own_words(roads, desk, signed_in):
    dutch = translate(draft_news(department=roads), title="GROTE WERKEN")
    screen = look(signed_in(desk), dutch).content.decode()
    assert "GROTE WERKEN" in screen.split("data-advice", 1)[1]
    assert "en majuscules" in screen
