"""From an empty form to an idea: nothing that was typed is lost on the way."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from home.models import PortalImage
from participation.ideas.kinds import Asked, Screening, State
from participation.models import CharterAcceptance, Idea, IdeaBoardPage
from residents.models import Profile, User
from tests.factories import NeighbourhoodFactory, UserFactory, text_block
from tests.participation.ideas.making import public_idea, readable_board

pytestmark = pytest.mark.django_db
WORDS = {"title": "Un abri à vélos", "text": "Près de la gare.", "language": "fr"}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def form_of(board: IdeaBoardPage) -> str:
    return f"{board.url}idee/"


def photo(name: str = "banc.jpg") -> SimpleUploadedFile:
    """Return a photo with a position in it, as a telephone makes one."""
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Telephone"
    Image.new("RGB", (40, 30), "green").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def test_a_visitor_signs_in_first_and_comes_back(client: Client) -> None:
    board = readable_board()
    response = client.get(form_of(board))
    assert response.status_code == 302
    assert response["Location"].endswith(f"next={form_of(board)}")


def test_an_idea_is_written_looked_at_and_sent(at_home: Client) -> None:
    board = readable_board()
    response = at_home.post(form_of(board), {**WORDS, "preview": "1"}, follow=True)
    assert "Près de la gare." in text_of(response)
    assert Idea.objects.get().state == State.DRAFT
    sent = at_home.post(f"{form_of(board)}preview/", follow=True)
    idea = Idea.objects.get()
    assert (idea.state, idea.number, idea.author_name) == (State.PUBLIC, 1, "Odile Renard")
    assert sent.redirect_chain[-1][0] == f"{board.url}{idea.slug}/"


def test_where_the_commune_reads_first_the_idea_waits_and_its_author_sees_it(at_home: Client) -> None:
    board = readable_board(screening=Screening.BEFORE)
    at_home.post(form_of(board), {**WORDS, "preview": "1"})
    response = at_home.post(f"{form_of(board)}preview/", follow=True)
    assert Idea.objects.get().state == State.WAITING
    assert response.status_code == 200


def test_what_is_missing_is_said_and_what_was_typed_is_kept(at_home: Client) -> None:
    board = readable_board()
    response = at_home.post(form_of(board), {"title": "Un abri", "text": "", "language": "fr", "preview": "1"})
    page = text_of(response)
    assert response.status_code == 200
    assert 'value="Un abri"' in page
    assert "error-summary" in page
    assert Idea.objects.get().title == "Un abri"


def test_a_draft_is_found_again_on_another_device(at_home: Client, resident: User) -> None:
    board = readable_board()
    at_home.post(form_of(board), {"title": "Un abri", "text": "", "language": "fr", "save": "1"})
    other = Client()
    other.force_login(resident)
    assert 'value="Un abri"' in text_of(other.get(form_of(board)))


def test_a_draft_is_kept_while_one_writes(at_home: Client) -> None:
    board = readable_board()
    response = at_home.post(form_of(board), {"title": "Un ab"}, headers={"HX-Request": "true"})
    assert response["X-Draft"] == "kept"
    assert "<html" not in text_of(response)
    assert Idea.objects.get().title == "Un ab"


def test_a_draft_may_be_thrown_away(at_home: Client) -> None:
    board = readable_board()
    at_home.post(form_of(board), {"title": "Un ab", "save": "1"})
    at_home.post(form_of(board), {"discard": "1"})
    assert not Idea.objects.exists()


def test_a_name_is_asked_with_the_first_idea(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    board = readable_board()
    assert 'name="author_name"' in text_of(client.get(form_of(board)))
    refused = client.post(form_of(board), {**WORDS, "preview": "1", "author_name": "a@b.example"})
    assert refused.status_code == 200
    client.post(form_of(board), {**WORDS, "preview": "1", "author_name": "Odile R."})
    assert Profile.objects.get(user=user).display_name == "Odile R."


def test_the_charter_is_shown_before_the_first_contribution_and_only_then(at_home: Client) -> None:
    board = readable_board(charter=[text_block("<p>Restons courtois.</p>")])
    assert "accepts_charter" in text_of(at_home.get(form_of(board)))
    refused = at_home.post(form_of(board), {**WORDS, "preview": "1"})
    assert refused.status_code == 200
    assert not CharterAcceptance.objects.exists()
    at_home.post(form_of(board), {**WORDS, "preview": "1", "accepts_charter": "on"})
    assert CharterAcceptance.objects.count() == 1
    assert "accepts_charter" not in text_of(at_home.get(form_of(board)))


def test_a_photo_is_kept_without_what_the_telephone_wrote_in_it(at_home: Client) -> None:
    board = readable_board()
    at_home.post(form_of(board), {**WORDS, "save": "1", "photo": photo(), "photo_says": "Un banc vide"})
    kept = Idea.objects.get().photo
    assert kept is not None
    with Image.open(kept.file) as picture:
        assert not picture.getexif()
    assert kept.collection != Collection.get_first_root_node()


def test_a_photo_is_replaced_and_taken_away(at_home: Client) -> None:
    board = readable_board()
    for _time in range(2):
        at_home.post(form_of(board), {**WORDS, "save": "1", "photo": photo(), "photo_says": "Un banc"})
    assert PortalImage.objects.count() == 1
    at_home.post(form_of(board), {**WORDS, "save": "1", "removes_photo": "on"})
    assert Idea.objects.get().photo is None
    assert not PortalImage.objects.exists()


def test_a_damaged_photo_is_said_and_the_rest_is_kept(at_home: Client) -> None:
    board = readable_board()
    damaged = SimpleUploadedFile("x.jpg", photo().read()[:200], "image/jpeg")
    response = at_home.post(form_of(board), {**WORDS, "save": "1", "photo": damaged})
    assert response.status_code == 200
    assert "Près de la gare." in text_of(response)
    assert Idea.objects.get().text == "Près de la gare."


def test_a_photo_needs_words_for_who_cannot_see_it(at_home: Client) -> None:
    board = readable_board()
    response = at_home.post(form_of(board), {**WORDS, "preview": "1", "photo": photo()})
    assert response.status_code == 200
    assert 'id="id_photo_says_error"' in text_of(response)


def test_what_the_board_does_not_ask_is_not_in_the_form(at_home: Client) -> None:
    nothing = dict.fromkeys(("theme_is", "neighbourhood_is", "place_is", "photo_is"), Asked.NO)
    page = text_of(at_home.get(form_of(readable_board(**nothing))))
    for name in ("theme", "neighbourhood", "place", "longitude", "photo"):
        assert f'name="{name}"' not in page


def test_a_place_can_be_told_without_pointing_on_a_map(at_home: Client) -> None:
    square = {"type": "Polygon", "coordinates": [[[4.5, 50.5], [4.52, 50.5], [4.52, 50.52], [4.5, 50.52], [4.5, 50.5]]]}
    place = NeighbourhoodFactory(outline=square)
    board = readable_board(place_is=Asked.REQUIRED)
    words = {**WORDS, "preview": "1", "neighbourhood": str(place.pk), "place": "Devant l’école"}
    assert at_home.post(form_of(board), words).status_code == 302
    assert Idea.objects.get().longitude == pytest.approx(4.51, abs=0.001)


def test_the_boards_own_questions_are_asked_and_kept(at_home: Client) -> None:
    board = readable_board(questions=2)
    page = text_of(at_home.get(form_of(board)))
    assert "Question 1 (fr)" in page
    key = "q-00000000-0000-0000-0000-000000000001"
    refused = at_home.post(form_of(board), {**WORDS, "preview": "1", key: "Pour les enfants"})
    assert refused.status_code == 200
    assert 'value="Pour les enfants"' in text_of(refused)
    answers = {key: "Pour les enfants", key.replace("01", "02"): "En mai"}
    assert at_home.post(form_of(board), {**WORDS, "preview": "1", **answers}).status_code == 302
    assert "Pour les enfants" in text_of(at_home.get(f"{form_of(board)}preview/"))


def test_similar_ideas_of_the_board_are_shown_while_writing_and_before_sending(at_home: Client) -> None:
    board = readable_board()
    public_idea(board, title="Des abris pour vélos à la gare")
    public_idea(board, title="Une fontaine")
    fragment = text_of(at_home.get(f"{form_of(board)}similar/?title=un+abri+à+vélos"))
    assert "Des abris pour vélos" in fragment
    assert "fontaine" not in fragment
    preview = at_home.post(form_of(board), {**WORDS, "preview": "1"}, follow=True)
    assert "Des abris pour vélos" in text_of(preview)


def test_a_limit_that_is_reached_is_said_at_the_last_press(at_home: Client) -> None:
    board = readable_board(ideas_per_person=1)
    for _time in range(2):
        at_home.post(form_of(board), {**WORDS, "preview": "1"})
        last = at_home.post(f"{form_of(board)}preview/")
    assert Idea.objects.exclude(state=State.DRAFT).count() == 1
    assert "error-summary" in text_of(last)


def test_what_became_of_it_stands_on_ones_own_page(at_home: Client) -> None:
    board = readable_board(screening=Screening.BEFORE)
    at_home.post(form_of(board), {**WORDS, "preview": "1"})
    at_home.post(f"{form_of(board)}preview/")
    page = text_of(at_home.get(reverse("my_home")))
    assert "Un abri à vélos" in page
    assert f"{board.url}1-un-abri-a-velos/" in page


def test_nothing_that_is_typed_is_ever_markup(at_home: Client) -> None:
    board, canary = readable_board(questions=1), "\"><script>alert('x')</script>"
    typed = {
        "title": canary, "text": canary, "place": canary, "photo_says": canary, "language": canary, "theme": canary,
        "neighbourhood": canary, "longitude": canary, "author_name": canary,
        "q-00000000-0000-0000-0000-000000000001": canary,
    }  # fmt: skip
    for way in ({"preview": "1"}, {"save": "1"}):
        assert "<script>alert" not in text_of(at_home.post(form_of(board), {**typed, **way}))
    assert "<script>alert" not in text_of(at_home.get(f"{form_of(board)}similar/", {"title": canary}))
