"""Pictures: what the upload form refuses, and how a picture is told to those who can't see it."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from PIL import Image
from wagtail.models import Collection

from home.models import PortalImage
from tests.home.pages import home_page, in_both_languages, one, seen
from tests.home.test_blocks import block

pytestmark = pytest.mark.django_db

DAMAGED = "This picture is damaged or not complete. Open it on your computer, save it again, and retry."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


def picture(kind: str = "PNG", size: tuple[int, int] = (120, 90)) -> bytes:
    """Return a picture of noise, which does not compress to nothing."""
    noise = random.Random(0).randbytes(size[0] * size[1] * 3)  # noqa: S311 - a picture, not a secret
    file = io.BytesIO()
    Image.frombytes("RGB", size, noise).save(file, kind)
    return file.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG of very many pixels."""
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG", optimize=True)
    return file.getvalue()


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.fixture
def uploader(desk: Any, signed_in: Any) -> Client:
    client: Client = signed_in(desk)
    client.raise_request_exception = False
    return client


def upload(client: Client, name: str, content: bytes) -> Any:
    """Send a picture by the form that works without JavaScript; return its errors on the file, or None once stored."""
    fields = {"title": "Place", "collection": Collection.get_first_root_node().pk, "tags": ""}
    response = client.post(
        reverse("wagtailimages:add"), {**fields, "file": SimpleUploadedFile(name, content, "image/png")}
    )
    assert response.status_code in {200, 302}, f"the form answered {response.status_code}"
    return response.context["form"].errors.get("file") if response.status_code == 200 else None


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.gif", "GIF")])
def test_a_whole_picture_is_stored(uploader, name, kind):
    assert upload(uploader, name, picture(kind)) is None
    assert (PortalImage.objects.get().width, PortalImage.objects.get().height) == (120, 90)


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.gif", "GIF")])
def test_a_picture_that_breaks_off_half_way_is_refused_with_words(uploader, name, kind):
    assert upload(uploader, name, half(picture(kind)))
    assert not PortalImage.objects.exists()


def test_a_damaged_picture_is_refused_with_what_to_do_in_the_editors_language(uploader):
    content = picture("JPEG", (400, 300))
    (said,) = upload(uploader, "a.jpg", content[: -len(content) // 3])
    assert said == gettext(DAMAGED)
    assert said != DAMAGED
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize(("width", "height"), [(9000, 9000), (30001, 1000), (20000, 20000)])
def test_a_small_file_of_too_many_pixels_is_refused(uploader, width, height):
    content = bomb(width, height)
    assert len(content) < 100_000
    assert upload(uploader, "a.png", content)
    assert not PortalImage.objects.exists()


def test_thirty_megapixels_are_the_most(uploader, settings):
    assert settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS == 30_000_000
    (said,) = upload(uploader, "a.png", bomb(6000, 5001))
    assert "30000000" in said.replace(" ", "").replace("\xa0", "").replace("\u202f", "").replace(".", "")
    assert upload(uploader, "a.png", bomb(6000, 5000)) is None


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_a_drawing_that_can_hold_a_script_is_refused_whatever_its_name(uploader, name):
    assert upload(uploader, name, SVG)
    assert not PortalImage.objects.exists()


def test_a_file_that_is_no_picture_is_refused(uploader):
    assert upload(uploader, "a.png", b"<html>")
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", half(picture())), ("a.jpg", half(picture("JPEG"))), ("a.png", bomb(9000, 9000)), ("a.svg", SVG)],
    ids=["broken png", "broken jpeg", "bomb", "svg"],
)
def test_the_form_for_many_pictures_refuses_the_same(uploader, name, content):
    response = uploader.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Place", "files[]": SimpleUploadedFile(name, content), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.status_code == 200
    answer = response.json()
    assert answer["success"] is False
    assert answer["error_message"]
    assert not PortalImage.objects.exists()


def test_the_words_of_a_picture_are_changed_without_sending_it_again(uploader):
    upload(uploader, "a.png", picture())
    image = PortalImage.objects.get()
    fields = {
        "title": "Place",
        "collection": image.collection_id,
        "tags": "",
        "alt_fr": "Une place",
        "alt_nl": "Een plein",
    }
    response = uploader.post(reverse("wagtailimages:edit", args=[image.pk]), fields)
    assert response.status_code == 302
    image.refresh_from_db()
    assert (image.alt_nl, image.width) == ("Een plein", 120)


def test_a_stored_picture_is_not_replaced_by_a_broken_one(uploader):
    upload(uploader, "a.png", picture())
    image = PortalImage.objects.get()
    broken = SimpleUploadedFile("b.png", half(picture()))
    fields = {"title": "Place", "collection": image.collection_id, "tags": "", "file": broken}
    response = uploader.post(reverse("wagtailimages:edit", args=[image.pk]), fields)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    with PortalImage.objects.get().file.open() as file:
        assert file.read() == picture()


@pytest.fixture
def square() -> PortalImage:
    return PortalImage.objects.create(
        title="IMG_0042",
        file=ContentFile(picture(), name="place.png"),
        alt_fr="La place, un jour de marché",
        alt_nl="Het plein op een marktdag",
    )


def test_a_picture_is_told_in_the_readers_language(square, client):
    body = [block("picture", {"picture": square.pk, "caption": ""})]
    in_both_languages(home_page(), body=body, dutch={"body": body})
    assert one(seen(client, "/fr/piscine/"), ".figure img")["alt"] == "La place, un jour de marché"
    assert one(seen(client, "/nl/zwembad/"), ".figure img")["alt"] == "Het plein op een marktdag"


def test_a_picture_that_is_not_told_in_the_readers_language_is_decoration_and_not_its_file_name(square):
    square.alt_nl = ""
    with override("nl"):
        assert square.default_alt_text == ""
    with override("fr"):
        assert square.default_alt_text == "La place, un jour de marché"
