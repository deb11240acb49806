"""A board with as many ideas, supports and comments as a large commune ever has, written at once."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta
from itertools import islice

from django.utils import timezone

from home.models import Neighbourhood, Theme
from participation.ideas.counting import true_counts
from participation.ideas.kinds import State
from participation.models import Board, Comment, Idea, IdeaBoardPage, IdeaStatus, OfficialAnswer, Support
from tests.factories import NeighbourhoodFactory, ThemeFactory
from tests.participation.ideas.making import readable_board

AT_ONCE = 5000
ANSWERED = 4
WEST, SOUTH = 4.4, 50.4
WORDS = ("banc", "arbre", "vélo", "école", "place", "trottoir", "jeu", "eau", "fontaine", "marché", "bus", "canal")


def many_ideas(*, ideas: int, supports: int, comments: int) -> IdeaBoardPage:
    """Return a board that holds that many; the same ones each time."""
    chance, page, now = random.Random(6), readable_board(), timezone.now()  # noqa: S311 - figures, no secrets
    places = list(Neighbourhood.objects.all()) or [_place(number) for number in range(6)]
    themes = list(Theme.objects.all()) or ThemeFactory.create_batch(5)
    statuses = list(IdeaStatus.objects.all())
    board = Board.objects.get(pk=page.board_key)
    board.last_number = ideas
    board.save()
    _write(Idea, (_idea(number, board, now, chance, places, themes, statuses) for number in range(1, ideas + 1)))
    keys = list(Idea.objects.on_board(board.pk).order_by("number").values_list("pk", flat=True))
    _write(Support, _supports(keys, supports, chance, [place.pk for place in places], now))
    _write(Comment, _comments(keys, comments, chance, now))
    _write(OfficialAnswer, _answers(Idea.objects.on_board(board.pk).select_related("status"), page.department, now))
    for model, counts in true_counts().items():
        model.objects.update(**counts)
    return page


def _place(number):
    """One of six parts of a commune of seven kilometres on a side."""
    west, south = WEST + number % 3 / 30, SOUTH + number // 3 / 20
    east, north = west + 1 / 30, south + 1 / 20
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return NeighbourhoodFactory(outline={"type": "Polygon", "coordinates": [ring]})


def _write(model, rows):
    while some := list(islice(rows, AT_ONCE)):
        model.objects.bulk_create(some)


def _idea(number, board, now, chance, places, themes, statuses):
    moment = now - timedelta(minutes=10 * number)
    words = chance.sample(WORDS, 3)
    idea = Idea(
        board=board,
        number=number,
        state=State.PUBLIC,
        live=True,
        language=chance.choice(["fr", "nl"]),
        voter=uuid.UUID(int=chance.getrandbits(128)),
        author_name="Anne du Moulin",
        title=f"Un {words[0]} et un {words[1]} ({number})",
        text=f"Pour que le {words[2]} du quartier serve à tout le monde. " * 5,
        theme=chance.choice(themes),
        neighbourhood=chance.choice(places),
        longitude=WEST + chance.random() / 10,
        latitude=SOUTH + chance.random() / 10,
        status=chance.choice(statuses),
        answer_due_on=moment.date() + timedelta(days=60),
        created_at=moment,
        changed_at=moment,
        first_published_at=moment,
        last_published_at=moment,
    )
    if number % ANSWERED == 0:
        idea.answered_at = moment + timedelta(days=30)
    idea.follow()
    return idea


def _answers(ideas, department, now):
    """Every fourth idea has its answer; of the others some are given to a department, and a few are ready to go out."""
    for idea in ideas:
        is_public, is_ready = idea.answered_at is not None, idea.number % 50 == 1
        if is_public or is_ready or idea.number % 5 == 1:
            words = "Le conseil en a parlé. " * 20 if is_public or is_ready else ""
            yield OfficialAnswer(
                idea=idea,
                department=department,
                assigned_department=department,
                status=idea.status,
                text_fr=words,
                text_nl=words,
                is_ready=is_public or is_ready,
                changed_at=now,
                published_at=idea.answered_at,
            )


def _supports(keys, count, chance, places, now):
    """Some ideas have many, most have few; no two of one person on one idea."""
    for number in range(count):
        at = int(len(keys) * chance.random() ** 3)
        voter = uuid.UUID(int=number + 1)
        yield Support(idea_id=keys[at], voter=voter, place=chance.choice(places), given_on=now.date())


def _comments(keys, count, chance, now):
    for number in range(count):
        moment = now - timedelta(minutes=number)
        yield Comment(
            idea_id=keys[int(len(keys) * chance.random() ** 3)],
            state=State.PUBLIC,
            live=True,
            language="fr",
            author_name="Jan Molen",
            text="Bonne idée, surtout le matin.",
            created_at=moment,
            changed_at=moment,
            first_published_at=moment,
            last_published_at=moment,
        )
