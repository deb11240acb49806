"""What idea boards hold of people."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.ideas.people import of_account, part_from_comments, part_from_ideas, part_from_supports
from participation.models import (
    CharterAcceptance,
    Comment,
    Idea,
    IdeaMerge,
    InternalNote,
    ModerationDecision,
    OfficialAnswer,
    Report,
    Sanction,
    SecondLook,
    Support,
)
from residents.personal_data import Group, Holding, Words, facts, register

WITH_THE_IDEA = _("As long as the idea; closing the account takes the name out.")


def register_holdings() -> None:
    _register_writing()
    _register_counting()
    _register_standing()
    _register_work()


def _register_writing() -> None:
    kept = _(
        "Until you withdraw it. When you close your account you choose: it stays without your name, or its words go and its "
        "number stays."
    )
    register(
        Holding(
            model=Idea,
            what=_("The ideas that you wrote, sent in or not, with the name that was shown, and where they stand."),
            why=_("So that others read and support them, and so that the commune answers you."),
            kept=kept,
            group=Group.WRITING,
            of=lambda user: Idea.objects.filter(Q(author=user) | Q(typed_by=user)),
            export=lambda row: facts(
                row, "number", "title", "text", "author_name", "place", "language", "state", "created_at"
            ),
            close=part_from_ideas,
        )
    )
    register(
        Holding(
            model=Comment,
            title=_("Comments on ideas"),
            what=_("What you said under ideas, with the name that was shown."),
            why=_("So that others read it, and can reply."),
            kept=kept,
            group=Group.WRITING,
            of=lambda user: Comment.objects.filter(Q(author=user) | Q(typed_by=user)),
            export=lambda row: facts(row, "text", "author_name", "language", "state", "created_at"),
            close=part_from_comments,
        )
    )


def _register_counting() -> None:
    register(
        Holding(
            model=Support,
            what=_("Which ideas you support, under your random number, with your neighbourhood and the day."),
            why=_("So that everybody’s support counts once, and so that one sees where it comes from."),
            kept=_("Until you take it back; without your account the number leads to nobody."),
            group=Group.WRITING,
            of=lambda user: of_account(Support, user).select_related("idea"),
            export=lambda row: facts(row, "idea", "given_on"),
            close=part_from_supports,
        )
    )
    register(
        Holding(
            model=Report,
            title=_("What you reported"),
            what=_("Which ideas and comments you reported, and why. Their authors never learn who did."),
            why=_("So that somebody looks at them, and so that each person reports once."),
            kept=_("As long as the idea or the comment; your words go with the account."),
            group=Group.WRITING,
            of=lambda user: of_account(Report, user),
            export=lambda row: facts(row, "reason", "word", "reported_at"),
            close=_forget_reports,
        )
    )
    register(
        Holding(
            model=CharterAcceptance,
            what=_("On which boards you agreed with how we talk there, and when."),
            why=_("So that you are asked once."),
            kept=_("As long as the account exists."),
            group=Group.WRITING,
            of=lambda user: of_account(CharterAcceptance, user),
            export=lambda row: facts(row, "accepted_on"),
            close=_forget_acceptances,
        )
    )


def _forget_reports(user: Any, keep: bool) -> None:
    of_account(Report, user).update(word="")


def _forget_acceptances(user: Any, keep: bool) -> None:
    of_account(CharterAcceptance, user).delete()


def _register_standing() -> None:
    """What the desk decided over somebody, and whoever of the desk decided it, stand in the same rows."""
    register(
        Holding(
            model=Sanction,
            what=_("That you were warned, or may not write for a time or at all, and why; or that you decided so."),
            why=_("So that boards stay places where everybody dares to speak, and so that it can be undone."),
            kept=_("As long as the account exists; what still holds, until it ends."),
            group=Group.WRITING,
            of=_sanctions,
            export=lambda row: facts(row, "kind", "because", "decided_at", "until", "undone_at"),
            close=_forget_sanctions,
        )
    )


def _sanctions(user: Any) -> Any:
    theirs = Q(pk__in=of_account(Sanction, user).values("pk"))
    return Sanction.objects.filter(theirs | Q(decided_by=user) | Q(undone_by=user))


def _forget_sanctions(user: Any, keep: bool) -> None:
    now = timezone.now()
    over = [sanction.pk for sanction in of_account(Sanction, user) if not sanction.holds(now)]
    Sanction.objects.filter(pk__in=over).delete()


def _work(model: Any, what: Words, why: Words, people: tuple[str, ...], *told: str) -> None:
    """Register what colleagues did: their names go with their accounts, what they did stays."""

    def theirs(user: Any) -> Any:
        by = Q()
        for name in people:
            by |= Q(**{name: user})
        return model.objects.filter(by)

    register(
        Holding(
            model=model,
            what=what,
            why=why,
            kept=WITH_THE_IDEA,
            group=Group.WORK,
            of=theirs,
            export=lambda row: facts(row, *told),
        )
    )


def _register_work() -> None:
    asked = _("So that a decision can be asked about.")
    _work(
        ModerationDecision,
        _("Who decided over an idea or a comment, when, and with what word."),
        asked,
        ("decided_by",),
        "outcome", "word", "decided_at",
    )  # fmt: skip
    _work(
        SecondLook,
        _("Who decided the first time, and who looked again."),
        _("So that a second look is another person’s."),
        ("first_decided_by", "decided_by"),
        "asked_at", "decided_at",
    )  # fmt: skip
    _work(
        OfficialAnswer,
        _("Whom an answer was given to, who wrote it, and who published it."),
        asked,
        ("assigned_to", "written_by", "published_by"),
        "text_fr", "text_nl", "changed_at", "published_at",
    )  # fmt: skip
    _work(
        InternalNote,
        _("What colleagues wrote to each other about an idea."),
        _("So that an answer is prepared together."),
        ("author",),
        "text", "written_at",
    )  # fmt: skip
    _work(IdeaMerge, _("Who merged ideas, or parted them again."), asked, ("merged_by", "undone_by"), "merged_at")
