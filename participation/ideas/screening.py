"""What makes a text wait for the desk, whatever the board's screening: words of the list, and signs of advertising."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

from home.streets.folding import folded
from participation.ideas.kinds import Because
from participation.models import Comment, HeldWord, Idea

LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
MANY_LINKS = 3
SAME_SIGN = re.compile(r"(\S)\1{9,}")
SHOUTED, SHOUT_FROM = 0.6, 40  # share of capitals, in texts of at least so many letters
RECENT, MANY_RECENT = timedelta(minutes=10), 5


def held_because(text: str, *, voter: UUID | None, now: datetime, idea: Idea | None = None) -> Because | None:
    """Return why `text` of that person has to wait; None when nothing in it asks for that. `idea` is the one it is of."""
    if holds_word(text):
        return Because.WORDS
    if looks_like_spam(text) or (
        voter and (is_repeated(text, voter=voter, now=now, but=idea) or is_hasty(voter, now=now))
    ):
        return Because.SPAM
    return None


def holds_word(text: str) -> bool:
    """Whether a word of the list begins a word of `text`; several words of the list stand next to each other."""
    words = f" {folded(text)}"
    return any(f" {word}" in words for word in HeldWord.objects.values_list("folded", flat=True))


def looks_like_spam(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    shouts = len(letters) >= SHOUT_FROM and sum(map(str.isupper, letters)) > SHOUTED * len(letters)
    return shouts or len(LINK.findall(text)) >= MANY_LINKS or bool(SAME_SIGN.search(text))


def is_repeated(text: str, *, voter: UUID, now: datetime, but: Idea | None = None) -> bool:
    """Whether the same person wrote the same words within a day."""
    since = now - timedelta(days=1)
    earlier = Comment.objects.of_voter(voter).since(since).values_list("text", flat=True)
    sent = (
        Idea.objects.of_voter(voter)
        .sent()
        .filter(created_at__gte=since)
        .exclude(pk=but.pk if but else None)
        .values_list("title", "text")
    )
    same = folded(text)
    return any(folded(each) == same for each in (*earlier, *(f"{title}\n{words}" for title, words in sent)))


def is_hasty(voter: UUID, *, now: datetime) -> bool:
    """Whether the person wrote more in ten minutes than people do."""
    since = now - RECENT
    comments = Comment.objects.of_voter(voter).since(since).count()
    return comments + Idea.objects.of_voter(voter).sent().filter(changed_at__gte=since).count() >= MANY_RECENT
