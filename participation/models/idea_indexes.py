"""What the database keeps in order about ideas: for each order of a list one index that holds it to the end.

Each ends with the key, which parts equals; so a page of a list is read from the index, and only its dozen ideas from the
table.
"""

from __future__ import annotations

from django.db.models import Index, Q

from participation.ideas.kinds import State

PUBLIC = Q(state=State.PUBLIC)
UNANSWERED = Q(state=State.PUBLIC, answered_at=None, answer_due_on__isnull=False)


def _public(name: str, *fields: str) -> Index:
    return Index(fields=fields, name=f"participation_ideas_{name}", condition=PUBLIC)


INDEXES = [
    _public("newest", "board", "-first_published_at", "-id"),
    _public("supported", "board", "-supports_count", "-id"),
    _public("discussed", "board", "-comments_count", "-id"),
    _public("by_lot", "board", "lot", "id"),
    _public("of_a_place", "board", "neighbourhood", "-first_published_at", "-id"),
    _public("on_a_theme", "board", "theme", "-first_published_at", "-id"),
    _public("at_status", "board", "status", "-first_published_at", "-id"),
    Index(
        fields=["board", "column", "row", "number"],
        name="participation_ideas_on_the_map",
        condition=Q(state=State.PUBLIC, column__isnull=False),
    ),
    Index(fields=["board", "answer_due_on", "id"], name="participation_ideas_to_answer", condition=UNANSWERED),
    # The list of those who answer spans all boards
    _public("all_newest", "-first_published_at", "-id"),
    _public("all_backed", "-supports_count", "-id"),
    _public("all_due", "answer_due_on", "id"),
    Index(fields=["answer_due_on", "id"], name="participation_ideas_all_owed", condition=UNANSWERED),
    Index(fields=["voter"], name="participation_ideas_of_person"),
]
