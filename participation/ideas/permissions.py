"""Who may do what on a board: asked by views, actions and templates alike.

Each `why_not_…` returns the refusal, in the reader's language, or None; `can_…` says the same in a word. They look at
accounts, dates and states. What counts (a limit, "once") is judged by the actions, under their locks.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from home.permissions import department_ids_of
from participation.ideas import errors
from participation.ideas.kinds import REFUSED, UNFINISHED, BoardAccess, State
from participation.ideas.standing import sanction_on
from participation.surveys.errors import RefusedError
from residents.verifying.permissions import is_verified, is_verified_in

if TYPE_CHECKING:
    from participation.models import Comment, Idea, IdeaBoardPage

IDEAS, SUPPORTS, COMMENTS = "ideas", "supports", "comments"
ACCESS_TO = {IDEAS: "idea_access", SUPPORTS: "support_access", COMMENTS: "comment_access"}
EDITABLE_FOR = timedelta(minutes=15)
MODERATE = "participation.moderate_contribution"
ANSWER = "participation.answer_idea"
TYPE_IN = "participation.type_in_idea"


def why_not_open(page: IdeaBoardPage, what: str, *, now: datetime) -> RefusedError | None:
    """Say why nobody can do `what` now: IDEAS, SUPPORTS or COMMENTS."""
    if not page.live:
        return errors.NotPublishedError()
    if what != IDEAS and not getattr(page, f"has_{what}"):
        return errors.NotOfferedError()
    if page.has_closed(what, now):
        return errors.ClosedError()
    return None if page.has_opened(what, now) else errors.NotOpenYetError()


def why_not_theirs(page: IdeaBoardPage, what: str, user: Any, *, now: datetime) -> RefusedError | None:
    """Say why `user` is not among those who may do `what` on this board, whenever it is open."""
    if not (user.is_authenticated and user.is_active):
        return errors.SignInNeededError()
    access = getattr(page, ACCESS_TO[what])
    if access == BoardAccess.SIGNED_IN:
        return None
    day = timezone.localdate(now)
    if not is_verified(user, on=day):
        return errors.VerificationNeededError()
    if access == BoardAccess.VERIFIED_THERE and not is_verified_in(user, page.neighbourhoods.all(), on=day):
        return errors.OtherNeighbourhoodError()
    return None


def why_not_writing(user: Any, *, now: datetime) -> RefusedError | None:
    """Say why somebody may write nothing anywhere: they were muted or blocked."""
    sanction = sanction_on(user, now=now)
    return errors.BlockedError(sanction) if sanction else None


def why_not_propose(page: IdeaBoardPage, user: Any, *, now: datetime) -> RefusedError | None:
    return (
        why_not_open(page, IDEAS, now=now)
        or why_not_theirs(page, IDEAS, user, now=now)
        or why_not_writing(user, now=now)
    )


def why_not_support(page: IdeaBoardPage, idea: Idea, user: Any, *, now: datetime) -> RefusedError | None:
    """Authors may support their own idea; who is muted may support, since that is no writing."""
    return (
        why_not_public(idea) or why_not_open(page, SUPPORTS, now=now) or why_not_theirs(page, SUPPORTS, user, now=now)
    )


def why_not_comment(page: IdeaBoardPage, idea: Idea, user: Any, *, now: datetime) -> RefusedError | None:
    return (
        why_not_public(idea)
        or why_not_open(page, COMMENTS, now=now)
        or why_not_theirs(page, COMMENTS, user, now=now)
        or why_not_writing(user, now=now)
    )


def why_not_public(contribution: Idea | Comment) -> RefusedError | None:
    if contribution.state == State.MERGED:
        return errors.MergedError(contribution.merged_into)
    return None if contribution.is_public else errors.NotPublicError()


def why_not_report(contribution: Idea | Comment, user: Any) -> RefusedError | None:
    """Reporting needs an account, so that each person reports once; it outlasts every closing."""
    if not (user.is_authenticated and user.is_active):
        return errors.SignInNeededError()
    return why_not_public(contribution)


def why_not_edit_idea(idea: Idea, user: Any, *, now: datetime) -> RefusedError | None:
    """Its author changes it while it is a draft, waits, was sent back, or is public."""
    if not is_author(idea, user):
        return errors.NotYoursError()
    if idea.state not in UNFINISHED | {State.WAITING, State.PUBLIC}:
        return errors.NotChangeableError()
    return why_not_writing(user, now=now)


def why_not_edit_comment(comment: Comment, user: Any, *, now: datetime) -> RefusedError | None:
    """For 15 minutes, or once the desk has asked for changes."""
    if not is_author(comment, user):
        return errors.NotYoursError()
    if comment.state not in (State.PUBLIC, State.WAITING, State.CHANGES):
        return errors.NotChangeableError()
    if comment.state != State.CHANGES and now - comment.created_at > EDITABLE_FOR:
        return errors.TooLateToEditError()
    return why_not_writing(user, now=now)


def why_not_withdraw(contribution: Idea | Comment, user: Any) -> RefusedError | None:
    if not is_author(contribution, user):
        return errors.NotYoursError()
    gone = contribution.state in (State.WITHDRAWN, State.MERGED)
    return errors.NotChangeableError() if gone else None


def why_not_second_look(contribution: Idea | Comment, user: Any) -> RefusedError | None:
    if not is_author(contribution, user):
        return errors.NotYoursError()
    if contribution.state not in REFUSED:
        return errors.NotChangeableError()
    return errors.SecondLookUsedError() if hasattr(contribution, "second_look") else None


def why_not_decide(contribution: Idea | Comment, user: Any) -> RefusedError | None:
    """Nobody decides over what they wrote, and a second look is another person's."""
    if not can_moderate(user):
        return errors.NotAllowedError()
    if user.pk in (contribution.author_id, contribution.typed_by_id):
        return errors.OwnWritingError()
    look = getattr(contribution, "second_look", None)
    if look and look.decided_at is None and look.first_decided_by_id == user.pk:
        return errors.SecondPersonError()
    return None


def is_author(contribution: Idea | Comment, user: Any) -> bool:
    """Whether `user` wrote it, in this account."""
    return bool(user.is_authenticated and user.is_active and contribution.author_id == user.pk)


def can_propose(page: IdeaBoardPage, user: Any, *, now: datetime) -> bool:
    return why_not_propose(page, user, now=now) is None


def can_support(page: IdeaBoardPage, idea: Idea, user: Any, *, now: datetime) -> bool:
    return why_not_support(page, idea, user, now=now) is None


def can_comment(page: IdeaBoardPage, idea: Idea, user: Any, *, now: datetime) -> bool:
    return why_not_comment(page, idea, user, now=now) is None


def can_report(contribution: Idea | Comment, user: Any) -> bool:
    return why_not_report(contribution, user) is None


def can_edit_idea(idea: Idea, user: Any, *, now: datetime) -> bool:
    return why_not_edit_idea(idea, user, now=now) is None


def can_edit_comment(comment: Comment, user: Any, *, now: datetime) -> bool:
    return why_not_edit_comment(comment, user, now=now) is None


def can_withdraw(contribution: Idea | Comment, user: Any) -> bool:
    return why_not_withdraw(contribution, user) is None


def can_ask_second_look(contribution: Idea | Comment, user: Any) -> bool:
    return why_not_second_look(contribution, user) is None


def can_decide(contribution: Idea | Comment, user: Any) -> bool:
    return why_not_decide(contribution, user) is None


def can_read(contribution: Idea | Comment, user: Any) -> bool:
    """What is public, everybody; the rest its author, and those who decide over it."""
    return contribution.is_public or is_author(contribution, user) or can_moderate(user)


def can_moderate(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(MODERATE))


def can_merge(user: Any) -> bool:
    """Whether `user` joins duplicates, and parts them again: the desk, and who answers for all ideas."""
    return can_moderate(user) or can_answer_all(user)


def can_sanction(user: Any) -> bool:
    return can_moderate(user)


def can_answer_all(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(ANSWER))


def can_answer_some(user: Any) -> bool:
    """Whether `user` sees the commune's answers in the making: those of their departments, or all."""
    return can_answer_all(user) or bool(user.is_active and department_ids_of(user))


def can_answer(idea: Idea, user: Any) -> bool:
    """Whether `user` prepares the answer: for all ideas, or where it was given to them or to their department."""
    if can_answer_all(user):
        return True
    answer = getattr(idea, "answer", None)
    if answer is None or not user.is_active:
        return False
    departments = department_ids_of(user)
    return answer.assigned_to_id == user.pk or answer.assigned_department_id in departments


def can_publish_answers(user: Any) -> bool:
    """Whether `user` lets answers out: who answers for all ideas. A department prepares, and says that it is ready."""
    return can_answer_all(user)


def can_comment_officially(idea: Idea, user: Any, department: Any) -> bool:
    """Whether `user` comments in the name of `department`."""
    return bool(user.is_active and (can_answer_all(user) or department.pk in department_ids_of(user)))


def why_not_type_in(page: IdeaBoardPage, author: Any, *, now: datetime) -> RefusedError | None:
    """Say why an idea can't be written down for `author`, an account or None, by whoever may do so.

    Closing keeps nothing out: paper takes its time. Where only verified residents propose, the clerk has the card before
    them, and an account is asked for that it shows.
    """
    if not page.has_opened(IDEAS, now):
        return errors.NotOpenYetError()
    if author is None:
        return None
    return why_not_theirs(page, IDEAS, author, now=now) or why_not_writing(author, now=now)


def can_type_in(user: Any) -> bool:
    """Whether `user` writes ideas down for people at the counter, or from paper."""
    return bool(user.is_active and user.has_perm(TYPE_IN))
