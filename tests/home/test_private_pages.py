"""A part of the site that is not for everyone stands in no list, menu or footer; what is beside it does."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from home.models import BasePage, SectionPage
from home.querysets import BasePageQuerySet
from tests.home.pages import home_page, in_one_language, seen

pytestmark = pytest.mark.django_db


def hide(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.fixture
def tree(db: None) -> dict[str, BasePage]:
    """Two sections beside each other, with a page below each."""
    first = in_one_language(home_page(), SectionPage, title="Première", slug="premiere", show_in_menus=True)
    second = in_one_language(home_page(), SectionPage, title="Seconde", slug="seconde", show_in_menus=True)
    return {
        "first": first,
        "second": second,
        "below first": in_one_language(first, SectionPage, slug="dans-la-premiere"),
        "below second": in_one_language(second, SectionPage, slug="dans-la-seconde"),
    }


def public(tree: dict[str, BasePage]) -> set[str]:
    """Return the pages of `tree` that everyone may see, by our question and by Wagtail's own."""
    ours = set(BasePageQuerySet(Page).public().values_list("pk", flat=True))
    assert ours == set(Page.objects.public().values_list("pk", flat=True))
    assert not ours & set(BasePageQuerySet(Page).private().values_list("pk", flat=True))
    return {name for name, page in tree.items() if page.pk in ours}


def test_everything_is_public_while_nothing_is_private(tree):
    assert public(tree) == set(tree)


def test_what_is_below_a_private_page_is_private_and_what_is_beside_it_is_not(tree):
    hide(tree["first"])
    assert public(tree) == {"second", "below second"}


def test_what_is_above_a_private_page_is_public(tree):
    hide(tree["below second"])
    assert public(tree) == {"first", "below first", "second"}


def test_nothing_is_public_below_a_private_home_page(tree):
    hide(home_page())
    assert public(tree) == set()


def links(client: Any, part: str) -> set[str]:
    return {link["href"] for link in seen(client, "/fr/").select(f"{part} a")}


def test_a_private_page_leaves_the_menu(client, tree):
    assert {"/fr/premiere/", "/fr/seconde/"} <= links(client, ".menu")
    hide(tree["first"])
    menu = links(client, ".menu")
    assert "/fr/premiere/" not in menu
    assert "/fr/seconde/" in menu


def test_a_page_taken_off_line_leaves_the_menu_and_the_footer(client, tree):
    page = in_one_language(home_page(), title="Vie privée", slug="vie-privee")
    for each in (tree["first"], page):
        each.unpublish()
    assert not {"/fr/premiere/", "/fr/vie-privee/"} & (links(client, ".menu") | links(client, ".site-footer"))


def test_a_page_that_is_not_in_the_menu_is_in_the_footer_unless_it_is_private(client, tree):
    page = in_one_language(home_page(), title="Vie privée", slug="vie-privee")
    assert "/fr/vie-privee/" in links(client, ".site-footer")
    assert "/fr/vie-privee/" not in links(client, ".menu")
    assert "/fr/premiere/" not in links(client, ".site-footer")
    hide(page)
    assert "/fr/vie-privee/" not in links(client, ".site-footer")


def test_a_section_lists_only_what_everyone_may_see(client, tree):
    in_one_language(tree["first"], title="Brouillon", slug="brouillon", live=False)
    hidden = in_one_language(tree["first"], title="Interne", slug="interne")
    hide(hidden)
    shown = {link["href"] for link in seen(client, "/fr/premiere/").select(".door a")}
    assert shown == {"/fr/premiere/dans-la-premiere/"}


def test_the_menu_is_that_of_the_readers_language(client, tree):
    dutch = {link["href"] for link in seen(client, "/nl/").select(".menu a")}
    assert dutch
    assert all(link.startswith("/nl/") for link in dutch)


def test_the_menu_marks_where_the_reader_is(client, tree):
    assert [link["href"] for link in seen(client, "/fr/premiere/").select('.menu [aria-current="page"]')] == [
        "/fr/premiere/"
    ]
    below = seen(client, "/fr/premiere/dans-la-premiere/").select('.menu [aria-current="true"]')
    assert [link["href"] for link in below] == ["/fr/premiere/"]
