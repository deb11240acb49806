"""How far residents take part, and what they can do: the words that consultations choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

CONSULTATION = "consultation"  # as residents follow one (participation.following), and as the calendar names one


class Level(models.TextChoices):
    """How far residents take part, after the spectrum of the International Association for Public Participation."""

    INFORM = "inform", _("Inform")
    CONSULT = "consult", _("Consult")
    DECIDE = "decide", _("Decide together")


LEVEL_WORDS = {
    Level.INFORM: _("The commune explains what it does, and answers questions."),
    Level.CONSULT: _("The commune asks for opinions and ideas, and decides with them in hand."),
    Level.DECIDE: _("Residents and the commune decide together."),
}
LEVEL_ICONS = {Level.INFORM: "info", Level.CONSULT: "speech", Level.DECIDE: "handshake"}


class Activity(models.TextChoices):
    """What one can do in a phase."""

    READ = "read", _("Read")
    ANSWER = "answer", _("Answer a survey")
    PROPOSE = "propose", _("Propose ideas")
    SUPPORT = "support", _("Support ideas")
    DISCUSS = "discuss", _("Discuss")
    MEET = "meet", _("Meet")


ACTIVITY_ICONS = {
    Activity.READ: "document",
    Activity.ANSWER: "check",
    Activity.PROPOSE: "megaphone",
    Activity.SUPPORT: "star",
    Activity.DISCUSS: "speech",
    Activity.MEET: "people",
}
