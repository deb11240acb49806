"""What there is to find."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import ContentPage, HomePage
from tests.factories import text_block


@pytest.fixture(autouse=True)
def _no_language_left_over() -> Any:
    """A request leaves its language active; the next test starts from French again."""
    with translation.override("fr"):
        yield


@pytest.fixture
def written(db: None) -> Any:
    """Return a function that makes a page of text, live in one language."""

    def write(title: str, *, code: str = "fr", live: bool = True, text: str = "", **fields: Any) -> ContentPage:
        locale = Locale.objects.get(language_code=code)
        page = ContentPage(
            title=title, locale=locale, live=False, body=[text_block(f"<p>{text}</p>")] if text else [], **fields
        )
        HomePage.objects.get(locale=locale).add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
        page.refresh_from_db()
        return page

    return write


@pytest.fixture
def restricted(db: None) -> Any:
    """Return a function that shuts a page, and what stands below it, to readers who are not signed in."""

    def shut(page: Page) -> Page:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        return page

    return shut
