"""A row of one person in every table of the idea boards: as an author, as a colleague, and under their number."""

from __future__ import annotations

from django.utils import timezone

from participation.ideas.kinds import Outcome, SanctionKind, State
from participation.models import (
    CharterAcceptance,
    Comment,
    IdeaBoardPage,
    IdeaMerge,
    InternalNote,
    ModerationDecision,
    OfficialAnswer,
    Report,
    Sanction,
    SecondLook,
    Support,
)
from residents.models import User
from tests.participation.ideas.making import public_idea, readable_board


def fill_ideas(user: User, name: str) -> None:
    now, voter, page = timezone.now(), user.voter.key, readable_board()
    mine = {"author": user, "author_name": name, "voter": voter, "typed_by": user}
    idea = public_idea(page, **mine, supports_count=1)
    other = public_idea(page)
    state = {"state": State.PUBLIC, "live": True, "created_at": now, "changed_at": now}
    Comment.objects.create(idea=idea, text="Oui.", language="fr", **state, **mine)
    idea.comments_count = 1
    idea.save()
    Support.objects.create(idea=idea, voter=voter, given_on=now.date())
    CharterAcceptance.objects.create(board=idea.board, voter=voter, accepted_on=now.date())
    ModerationDecision.objects.create(
        board=idea.board,
        idea=other,
        because="first",
        outcome=Outcome.KEPT,
        decided_by=user,
        decided_at=now,
        waited_since=now,
    )
    Report.objects.create(idea=other, voter=voter, reason="other", word=name, reported_at=now)
    SecondLook.objects.create(idea=other, first_decided_by=user, asked_at=now)
    Sanction.objects.create(
        voter=voter,
        kind=SanctionKind.WARNED,
        because=name,
        decided_by=None,
        decided_at=now,
        undone_by=user,
        undone_at=now,
    )
    OfficialAnswer.objects.create(idea=other, assigned_to=user, written_by=user, changed_at=now)
    InternalNote.objects.create(idea=other, author=user, text="À voir.", written_at=now)
    # Nothing runs there any more, or the person would be known until it is over.
    IdeaBoardPage.objects.filter(translation_key=page.board_key).update(live=False)
    IdeaMerge.objects.create(kept=idea, merged=other, merged_by=user, merged_at=now, undone_by=user, undone_at=now)
