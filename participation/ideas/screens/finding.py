"""An idea by its address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from participation.ideas.addresses import remaining
from participation.ideas.kinds import State
from participation.ideas.screens.board_views import address_of
from participation.models import Comment, Idea, IdeaBoardPage

LARGEST = 2_147_483_647


def find_idea(page: IdeaBoardPage, number: str) -> Idea:
    """Return the idea with that number on the board, in whichever state. Raises Http404."""
    ideas = Idea.objects.on_board(page.board_key).exclude(state=State.DRAFT)
    found = ideas.for_cards().filter(number=min(int(number), LARGEST)).first()
    if found is None:
        raise Http404
    return found


def find_comment(idea: Idea, key: str) -> Comment:
    found = Comment.objects.filter(idea=idea, pk=int(key)).first()
    if found is None:
        raise Http404
    found.idea = idea
    return found


def idea_address(page: IdeaBoardPage, request: HttpRequest, idea: Idea) -> str:
    return f"{address_of(page, request)}{idea.slug}/"


def elsewhere(page: IdeaBoardPage, request: HttpRequest, idea: Idea, slug: Any, rest: str = "") -> HttpResponse | None:
    """Return where an idea stands now, if not here: merged into another one, or under another title."""
    if idea.state == State.MERGED:
        return redirect(f"{idea_address(page, request, remaining(idea))}?from={idea.number}")
    if f"{idea.number}-{slug or ''}".rstrip("-") != idea.slug:
        return redirect(f"{idea_address(page, request, idea)}{rest}")
    return None
