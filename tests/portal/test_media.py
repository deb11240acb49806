"""Uploads and robots: what is served from the disk, and what never is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from home.models import PortalDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploads(settings: Any, tmp_path: Path) -> Path:
    """A folder of uploads, with a secret beside it."""
    folder = tmp_path / "media"
    (folder / "images").mkdir(parents=True)
    (folder / "documents").mkdir()
    (folder / "images" / "place.png").write_bytes(b"a picture")
    (folder / "images" / "drawing.svg").write_bytes(b"<svg><script>alert(1)</script></svg>")
    (folder / "documents" / "budget.pdf").write_bytes(b"not for everyone")
    (tmp_path / "portal.sqlite3").write_bytes(b"the database")
    settings.MEDIA_ROOT = str(folder)
    return folder


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_picture_is_served_to_be_kept_and_runs_nothing(client, uploads):
    response = client.get("/media/images/place.png")
    assert (response.status_code, body(response)) == (200, b"a picture")
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = client.get("/media/images/drawing.svg")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy


@pytest.mark.parametrize(
    "path",
    [
        "documents/budget.pdf",
        "/documents/budget.pdf",
        "//documents/budget.pdf",
        "./documents/budget.pdf",
        "images/../documents/budget.pdf",
        "images/..//documents/budget.pdf",
        "../media/documents/budget.pdf",
        "images/../../media/documents/budget.pdf",
        "%2e/documents/budget.pdf",
        "images/%2e%2e/documents/budget.pdf",
        "%2Fdocuments/budget.pdf",
    ],
)
def test_a_document_is_never_served_past_the_view_that_knows_who_may_read_it(client, uploads, path):
    response = client.get(f"/media/{path}", follow=True)
    assert response.status_code == 404
    assert b"not for everyone" not in body(response)


@pytest.mark.parametrize(
    "path",
    [
        "../portal.sqlite3",
        "images/../../portal.sqlite3",
        "%2e%2e/portal.sqlite3",
        "..%2fportal.sqlite3",
        "/etc/passwd",
        "//etc/passwd",
        "images/../../../../../../../../../../etc/passwd",
        "..\\portal.sqlite3",
    ],
)
def test_nothing_outside_the_folder_of_uploads_is_served(client, uploads, path):
    client.raise_request_exception = False
    response = client.get(f"/media/{path}", follow=True)
    assert response.status_code in {400, 404}
    assert b"the database" not in body(response)
    assert b"root:" not in body(response)


@pytest.mark.parametrize("path", ["", "images/", "images", "documents", "documents/"])
def test_a_folder_is_not_listed(client, uploads, path):
    response = client.get(f"/media/{path}", follow=True)
    assert response.status_code == 404
    assert b"place.png" not in body(response)


def test_a_document_is_served_by_its_own_view(client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    document = PortalDocument.objects.create(title="Budget", file=ContentFile(b"%PDF-1.4 budget", name="budget.pdf"))
    response = client.get(document.url)
    assert (response.status_code, body(response)) == (200, b"%PDF-1.4 budget")


def test_a_document_of_a_private_collection_is_not_served_to_a_visitor(client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    private = Collection.get_first_root_node().add_child(name="Interne")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    document = PortalDocument.objects.create(
        title="Budget", collection=private, file=ContentFile(b"not for everyone", name="budget.pdf")
    )
    for address in (document.url, document.file.url, document.file.url.replace("/documents/", "//documents/")):
        response = client.get(address)
        assert response.status_code in {302, 404}, address
        assert b"not for everyone" not in body(response)


def test_robots_are_told_where_the_sitemap_is_and_what_is_not_for_them(client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://www.auneval.example"
    response = client.get("/robots.txt", headers={"host": "localhost"})
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines == ["User-agent: *", "Disallow: /admin/", "Sitemap: https://www.auneval.example/sitemap.xml"]
