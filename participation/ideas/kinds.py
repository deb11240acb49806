"""The words that idea boards, and what stands on them, choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.surveys.terms import Access


class BoardAccess(models.TextChoices):
    """Who may write, support or comment: a support counts once a person, so it needs an account."""

    SIGNED_IN = Access.SIGNED_IN.value, _("who is signed in")
    VERIFIED = Access.VERIFIED.value, _("verified residents")
    VERIFIED_THERE = Access.VERIFIED_THERE.value, _("verified residents of these neighbourhoods")


class Screening(models.TextChoices):
    BEFORE = "before", _("before it is public")
    AFTER = "after", _("afterwards, where somebody reports it")


class Asked(models.TextChoices):
    """How far a field stands in the form of an idea."""

    NO = "no", _("not asked")
    OPTIONAL = "optional", _("asked")
    REQUIRED = "required", _("needed")


class State(models.TextChoices):
    """Where a contribution stands. Readers see what is public; what was merged leads on to the idea that it is part of."""

    DRAFT = "draft", _("draft")
    WAITING = "waiting", _("being read by the commune")
    CHANGES = "changes", _("changes asked for")
    PUBLIC = "public", _("public")
    HIDDEN = "hidden", _("hidden until somebody has looked")
    DECLINED = "declined", _("declined")
    ELSEWHERE = "elsewhere", _("for another channel")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    MERGED = "merged", _("merged into another one")


# What its author may still put right, and send again
UNFINISHED = frozenset({State.DRAFT, State.CHANGES})
# Against what its author may ask for a second look
REFUSED = frozenset({State.DECLINED, State.ELSEWHERE})


class Because(models.TextChoices):
    """Why a contribution waits for the desk."""

    FIRST = "first", _("to be read before it is public")
    WORDS = "words", _("holds a word of the list")
    SPAM = "spam", _("looks like advertising")
    REPORTS = "reports", _("reported by residents")
    SECOND_LOOK = "second_look", _("its author asks for a second look")


class ReportReason(models.TextChoices):
    INSULT = "insult", _("insults or threatens somebody")
    HATE = "hate", _("hateful or discriminating")
    PRIVATE = "private", _("private details of somebody")
    ADVERTISING = "advertising", _("advertising")
    FALSE = "false", _("false and misleading")
    OTHER = "other", _("something else")


class Outcome(models.TextChoices):
    """What the desk decided over a contribution."""

    PUBLISHED = "published", _("published")
    KEPT = "kept", _("left public after a report")
    CHANGES = "changes", _("changes asked for")
    DECLINED = "declined", _("declined")
    ELSEWHERE = "elsewhere", _("sent to another channel")


class SanctionKind(models.TextChoices):
    WARNED = "warned", _("warned")
    MUTED = "muted", _("may not write for a time")
    BLOCKED = "blocked", _("may not write")


class StatusKind(models.TextChoices):
    """What a status means to the portal; how it is called is the commune's choice."""

    RECEIVED = "received", _("received")
    LOOKED_AT = "looked_at", _("being looked at")
    ACCEPTED = "accepted", _("accepted")
    PLANNED = "planned", _("planned")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    NOT_RETAINED = "not_retained", _("not retained")
    OTHER_CHANNEL = "other_channel", _("other channel")


class Way(models.TextChoices):
    """How a contribution came in."""

    ONLINE = "online", _("online")
    COUNTER = "counter", _("written down at the counter")
    PAPER = "paper", _("from paper")
    IMPORTED = "imported", _("from a file")


TITLE_SIGNS, TEXT_SIGNS, COMMENT_SIGNS = 120, 5000, 2000
MOST_QUESTIONS = 3
