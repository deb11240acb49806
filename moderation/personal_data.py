"""What the desk's tables hold of people: of who works for the commune, and of who sends texts without an account."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from moderation.models import Arrival, CalendarFeed, Diversion, FastTrack, Look, Release, Sender
from residents.personal_data import Group, Holding, facts, register

ANSWERS_FOR = _("To know who wrote, reviewed and decided what: a commune answers for what it publishes.")
WITHOUT_NAME = _("As long as the text; closing the account takes the name out.")


def register_holdings() -> None:
    _register_senders()
    _register_decisions()


def _at_their_address(model: Any, name: str, user: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = (
        model.objects.filter(**{f"{name}__iexact": user.email}) if user.email else model.objects.none()
    )
    return rows


def _sent_by(user: Any) -> QuerySet[Any]:
    return _at_their_address(Arrival, "from_email", user)


def _register_senders() -> None:
    register(
        Holding(
            model=Sender,
            what=_(
                "Name, e-mail address and language of who may send texts without an account, and who made their link."
            ),
            why=_("So that partners and colleagues can send a text to the desk, and the desk can answer."),
            kept=_("Until the desk removes the sender, or the sender closes an account with the same address."),
            group=Group.WRITING,
            of=lambda user: _at_their_address(Sender, "email", user) | Sender.objects.filter(link_made_by=user),
            export=lambda row: {**facts(row, "name", "language", "link_made_at", "link_used_at")},
            close=lambda user, keep: _remove_senders(_at_their_address(Sender, "email", user)),
        )
    )
    register(
        Holding(
            model=Arrival,
            title=_("Texts sent without an account"),
            what=_("Name and e-mail address of who sent a text, when, and the text as it came; who made the link."),
            why=_("So that the desk knows whom to ask and to answer."),
            kept=_("The text as it came, 90 days; who sent it, as long as the text, or until they close an account."),
            group=Group.WRITING,
            of=lambda user: _sent_by(user) | Arrival.objects.filter(link_made_by=user),
            export=lambda row: facts(row, "way", "received_at", "language", "wanted_on"),
            close=lambda user, keep: _forget_sender(_sent_by(user)),
        )
    )


def _remove_senders(senders: QuerySet[Sender]) -> None:
    """Their link stops with them; Wagtail's log calls them by their name."""
    keys = [str(pk) for pk in senders.values_list("pk", flat=True)]
    about = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Sender), object_id__in=keys)
    about.update(label="–")
    senders.delete()


def _forget_sender(arrivals: QuerySet[Arrival]) -> None:
    """The draft stays; who sent it goes, and with it the words that they sent beside or around it."""
    arrivals.update(from_name="", from_email="", word="", left_out="", original="", sender=None)


def _register_decisions() -> None:
    register(
        Holding(
            model=CalendarFeed,
            what=_("That you have a private address of the calendar, in which language, and when it was last read."),
            why=_("To show the calendar in a program of your own, to you alone."),
            kept=_("Until you stop it, or close the account."),
            group=Group.WORK,
            of=lambda user: CalendarFeed.objects.filter(user=user),
            export=lambda row: facts(row, "language", "made_at", "read_at"),
        )
    )
    register(
        Holding(
            model=Look,
            what=_("Which version of a text each member of the desk had before them, and when."),
            why=_("So that only what was read is published."),
            kept=_("As long as the review, or the account."),
            group=Group.WORK,
            of=lambda user: Look.objects.filter(user=user),
            export=lambda row: facts(row, "seen", "looked_at"),
        )
    )
    _decisions(Release, _("Who decided to publish a text, and when."), ("title", "decided_at"), "decided_by")
    _decisions(
        Diversion,
        _("Who sent a text to another channel or took it up again, and with what word."),
        ("channel", "word", "decided_at", "reopened_at"),
        "decided_by",
        "reopened_by",
    )
    _decisions(
        FastTrack,
        _("Who published a text before a second person had looked, why, and who checked it."),
        ("title", "used_at", "reason", "checked_at", "word"),
        "used_by",
        "checked_by",
    )


def _decisions(model: Any, what: Any, names: tuple[str, ...], *people: str) -> None:
    """Register a table of decisions: `people` are its fields for who took them, emptied by the database."""

    def of(user: Any) -> QuerySet[Any]:
        theirs = Q(pk__in=[])
        for person in people:
            theirs |= Q(**{person: user})
        rows: QuerySet[Any] = model.objects.filter(theirs)
        return rows

    register(
        Holding(
            model=model,
            what=what,
            why=ANSWERS_FOR,
            kept=WITHOUT_NAME,
            group=Group.WORK,
            of=of,
            export=lambda row: facts(row, *names),
        )
    )
