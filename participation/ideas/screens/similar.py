"""Ideas of a board that may be about the same: shown while somebody writes, before they send theirs in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from home.streets.folding import folded
from participation.models import Idea, IdeaBoardPage

SHORTEST_WORD, MOST_WORDS = 4, 8
BEGINNING = 6  # signs of a word that are compared: "bancs" finds "banc", "fietsen" finds "fietspad"
LOOKED_AT, SHOWN = 200, 4
COMMON_WORDS = """
avec cette dans entre faire leur mettre notre place plus pour quand sans sont tous toutes votre
alle deze heeft maken meer naar niet onze plaats tussen voor waar worden wordt zetten zonder
"""
COMMON = frozenset(COMMON_WORDS.split())


def words_of(text: str) -> list[str]:
    """Return the beginnings of the words that say what a text is about, in either language, in their order."""
    words = [word for word in folded(text).split() if len(word) >= SHORTEST_WORD and word not in COMMON]
    return list(dict.fromkeys(word[:BEGINNING] for word in words))[:MOST_WORDS]


def similar_ideas(
    page: IdeaBoardPage, *, title: str, theme: Any = None, neighbourhood: Any = None, leaving_out: Idea | None = None
) -> Sequence[Idea]:
    """Return the public ideas of the board that share words with `title`; of one theme and place they come first."""
    words = words_of(title)
    if not words:
        return []
    shares = Q()
    for word in words:
        shares |= Q(words__contains=word)
    ideas = Idea.objects.on_board(page.board_key).public().filter(shares)
    if leaving_out is not None:
        ideas = ideas.exclude(pk=leaving_out.pk)

    def nearness(idea: Idea) -> tuple[int, int]:
        in_title, in_text = folded(idea.title), folded(idea.text)
        shared = sum(2 * (word in in_title) or (word in in_text) for word in words)
        alike = (theme is not None and idea.theme == theme) + (
            neighbourhood is not None and idea.neighbourhood == neighbourhood
        )
        return shared + alike, idea.supports_count

    looked_at = list(ideas.for_cards().newest_first()[:LOOKED_AT])
    return sorted(looked_at, key=nearness, reverse=True)[:SHOWN]
