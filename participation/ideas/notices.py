"""What people are told by mail about what they wrote, in their language: decisions with their reason, replies, sanctions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from home.addresses import absolute
from home.reviewing import in_language
from mailing.actions import queue_mail
from mailing.kinds import register_kind
from participation.ideas.addresses import addresses_of
from participation.ideas.kinds import Outcome, State
from participation.models import Comment, Idea, ModerationDecision, Sanction
from residents.languages import language_of
from residents.models import User, Voter

MAILS = "participation/ideas/mails"


def register_kinds() -> None:
    register_kind("idea_decided", _("Decision over an idea or a comment"))
    register_kind("idea_hidden", _("Hidden after reports"))
    register_kind("idea_reply", _("Reply to a comment"))
    register_kind("idea_sanction", _("Warning, muting or block"))
    register_kind("idea_news", _("News of ideas that one follows"))


def _send(kind: str, about: Any, person: User | None, context: dict[str, Any]) -> None:
    """Queue a mail to somebody who has an account and an address; `about` makes its key, once for each person."""
    if person is None or not person.is_active or not person.email:
        return
    queue_mail(
        key=f"{kind}:{about}:{person.pk}",
        kind=kind,
        to=person.email,
        language=language_of(person),
        template=f"{MAILS}/{kind}",
        context=context,
        user=person,
    )


def facts_for(person: User | None, contribution: Idea | Comment) -> dict[str, Any]:
    """Return what every mail says of a contribution: its words, and its address in the person's language."""
    idea = contribution if isinstance(contribution, Idea) else contribution.idea
    with override(language_of(person) if person else None):
        url = addresses_of([idea])[idea.pk]
    return {
        "title": idea.title,
        "number": idea.number,
        "is_comment": isinstance(contribution, Comment),
        "words": contribution.text if isinstance(contribution, Comment) else "",
        "url": absolute(url) if url else "",
    }


def tell_decided(*, decision: ModerationDecision, contribution: Idea | Comment, was_public: bool) -> None:
    """Tell the author what was decided, and why. That a report had no ground is told where it had hidden their words."""
    if decision.outcome == Outcome.KEPT and was_public:
        return
    person = contribution.author
    with override(language_of(person) if person else None):
        channel = decision.channel or {}
        context = {
            **facts_for(person, contribution),
            "outcome": decision.outcome,
            "reason": decision.reason.name if decision.reason else "",
            "reason_words": in_language(_columns(decision.reason), "words"),
            "word": decision.word,
            "channel": {name: in_language(channel, name) for name in ("name", "words", "address")},
            "may_ask_again": contribution.state in (State.DECLINED, State.ELSEWHERE)
            and not hasattr(contribution, "second_look"),
        }
    _send("idea_decided", decision.pk, person, context)


def _columns(reason: Any) -> dict[str, str]:
    return {"words_fr": reason.words_fr, "words_nl": reason.words_nl} if reason else {}


def tell_hidden(*, contribution: Idea | Comment, report: int) -> None:
    """Tell the author that their words are hidden until somebody has looked."""
    _send("idea_hidden", f"{report}", contribution.author, facts_for(contribution.author, contribution))


def tell_replied(*, comment: Comment) -> None:
    """Tell whoever is replied to; below an idea, its author. Nobody is told of their own words."""
    above = comment.parent or comment.idea
    person = above.author
    if person is None or person.pk in (comment.author_id, comment.typed_by_id):
        return
    context = {
        **facts_for(person, comment),
        "by": comment.department.name if comment.department else comment.author_name,
        "is_official": comment.is_official,
        "is_reply": comment.parent_id is not None,
    }
    _send("idea_reply", comment.pk, person, context)


def tell_sanctioned(*, sanction: Sanction) -> None:
    """Tell the person that they were warned, muted or blocked, why and until when; or that it was undone."""
    voter = Voter.objects.filter(key=sanction.voter).select_related("user").first()
    context = {
        "kind": sanction.kind,
        "because": sanction.because,
        "until": sanction.until,
        "is_undone": sanction.undone_at is not None,
    }
    about = f"{sanction.pk}:{'undone' if sanction.undone_at else 'begun'}"
    _send("idea_sanction", about, voter.user if voter else None, context)
