"""Boards that are live in both languages, and what people do on them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from home.models import Department
from participation.ideas.commenting import add_comment
from participation.ideas.kinds import Asked, Outcome, Screening, State
from participation.ideas.reviewing import Verdict, decide
from participation.ideas.supporting import support_idea
from participation.ideas.writing import save_draft, send_idea
from participation.models import Board, BoardQuestion, Comment, DeclineReason, Idea, IdeaBoardPage
from residents.models import User
from tests.factories import DepartmentFactory, UserFactory
from tests.participation.surveys.making import consultation_index

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WORDS = {"title": "Un banc place du Moulin", "text": "Pour se reposer en chemin.", "language": "fr"}
NOT_ASKED = dict.fromkeys(("theme_is", "neighbourhood_is", "place_is", "photo_is"), Asked.OPTIONAL)


def readable_board(*, questions: int = 0, **fields: Any) -> IdeaBoardPage:
    """Return the French page of a board that is live in both languages; it screens afterwards unless told otherwise."""
    neighbourhoods, first = fields.pop("neighbourhoods", []), None
    department = fields.pop("department", None) or Department.objects.first() or DepartmentFactory()
    for code in ("fr", "nl"):
        index = consultation_index(code)
        words = {"title": f"Vos idées ({code})", "question": "Que changer ?", "screening": Screening.AFTER}
        page = IdeaBoardPage(locale=index.locale, department=department, **{**words, **NOT_ASKED, **fields})
        page.slug = f"b{uuid.uuid4()}"
        page.neighbourhoods = neighbourhoods
        if first:
            page.translation_key = first.translation_key
        page.questions = [
            BoardQuestion(key=uuid.UUID(int=number + 1), text=f"Question {number} ({code})", is_required=True)
            for number in range(questions)
        ]
        index.add_child(instance=page)
        first = first or page
    assert first
    Board.objects.get_or_create(pk=first.board_key)
    return first


def propose(page: IdeaBoardPage, user: User | None = None, *, now: datetime = NOW, **values: Any) -> Idea:
    """Write an idea and send it in."""
    user = user or UserFactory()
    draft = save_draft(
        board_key=page.board_key, user=user, author_name="Anne du Moulin", values={**WORDS, **values}, now=now
    )
    return send_idea(idea=draft, user=user, now=now)


def public_idea(page: IdeaBoardPage | None = None, **fields: Any) -> Idea:
    """Return an idea that is public, made without its way there."""
    page = page or readable_board()
    board = Board.objects.get(pk=page.board_key)
    board.last_number += 1
    board.save()
    return Idea.objects.create(
        **{
            "board": board,
            "number": board.last_number,
            "state": State.PUBLIC,
            "live": True,
            "created_at": NOW,
            "changed_at": NOW,
            "first_published_at": NOW,
            "last_published_at": NOW,
            "author_name": "Anne du Moulin",
            **WORDS,
            **fields,
        }
    )


def support(idea: Idea, user: User | None = None, *, now: datetime = NOW) -> Any:
    return support_idea(idea=idea, user=user or UserFactory(), now=now)


def comment(idea: Idea, user: User | None = None, text: str = "Bonne idée.", **fields: Any) -> Comment:
    return add_comment(
        idea=idea,
        user=user or UserFactory(),
        author_name="Jan Molen",
        text=text,
        language="nl",
        now=fields.pop("now", NOW),
        **fields,
    )


def decided(contribution: Idea | Comment, user: User, outcome: Outcome, **fields: Any) -> Any:
    """Decide as somebody of the desk who has the present words before them."""
    contribution.refresh_from_db()
    if outcome == Outcome.DECLINED:
        fields.setdefault("reason", DeclineReason.objects.first())
    if outcome == Outcome.ELSEWHERE:
        fields.setdefault("channel", {"name_fr": "Le magazine", "name_nl": "Het blad"})
    if outcome == Outcome.CHANGES:
        fields.setdefault("word", "Retirez le nom de votre voisin.")
    now = fields.pop("now", NOW)
    verdict = Verdict(outcome, seen=fields.pop("seen", contribution.changed_at), **fields)
    decision = decide(contribution=contribution, user=user, verdict=verdict, now=now)
    contribution.refresh_from_db()
    return decision
