"""The charter of a board is read before a first support or comment, and only then."""

from __future__ import annotations

import pytest
from django.test import Client

from participation.models import CharterAcceptance, Comment, Support
from residents.models import User
from tests.factories import text_block
from tests.participation.ideas.making import public_idea, readable_board
from tests.participation.ideas.screens.test_idea import address, text_of

pytestmark = pytest.mark.django_db


def test_the_charter_comes_before_a_first_support_and_only_then(
    at_home: Client, resident: User, client: Client
) -> None:
    board = readable_board(charter=[text_block("<p>Restons courtois.</p>")])
    idea, other = public_idea(board), public_idea(board)
    where = address(board, idea, "support/")
    page = text_of(at_home.get(address(board, idea)))
    assert f'href="{where}"' in page  # the button leads to the charter instead of counting at once
    assert f'action="{where}"' not in page
    assert "Restons courtois." in text_of(at_home.get(where))
    response = at_home.post(where, {"do": "give"})
    assert "Lisez comment on se parle ici" in text_of(response)
    assert not Support.objects.exists()
    at_home.post(where, {"do": "give", "accepts_charter": "on"})
    assert Support.objects.filter(idea=idea).exists()
    assert CharterAcceptance.objects.count() == 1
    assert f'action="{address(board, other, "support/")}"' in text_of(at_home.get(address(board, other)))
    at_home.post(address(board, other, "support/"), {"do": "give"})
    at_home.post(where, {"do": "take"})
    assert set(Support.objects.values_list("idea", flat=True)) == {other.pk}


def test_who_agreed_by_an_idea_or_a_comment_supports_at_once(at_home: Client, resident: User) -> None:
    board = readable_board(charter=[text_block("<p>Restons courtois.</p>")])
    idea = public_idea(board)
    at_home.post(address(board, idea, "comment/"), {"text": "Oui.", "language": "fr", "accepts_charter": "on"})
    assert Comment.objects.exists()
    at_home.post(address(board, idea, "support/"), {"do": "give"})
    assert Support.objects.exists()


def test_a_first_comment_without_agreement_is_not_taken_and_stays_typed(at_home: Client, resident: User) -> None:
    board = readable_board(charter=[text_block("<p>Restons courtois.</p>")])
    idea = public_idea(board)
    page = text_of(at_home.post(address(board, idea, "comment/"), {"text": "Mais oui.", "language": "fr"}))
    assert "Mais oui." in page
    assert "Restons courtois." in page
    assert not Comment.objects.exists()
