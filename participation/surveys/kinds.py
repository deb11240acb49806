"""The kinds of question. What a kind needs of a question, and what may be asked of its answers, is said here once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

OTHER, NO_OPINION = "other", "no_opinion"
YES, NO = "yes", "no"
YES_NO_WORDS = {YES: ("Oui", "Ja"), NO: ("Non", "Nee")}


class Kind(models.TextChoices):
    ONE = "one", _("one choice")
    SEVERAL = "several", _("several choices")
    YES_NO = "yes_no", _("yes or no")
    SCALE = "scale", _("scale")
    SHORT_TEXT = "short_text", _("short text")
    LONG_TEXT = "long_text", _("long text")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    RANKING = "ranking", _("ranking")
    MATRIX = "matrix", _("matrix")
    PICTURE = "picture", _("choice with picture")
    PLACE = "place", _("place on the map")


# One answer among choices: what one marks excludes the others, so shares add up to 100 %.
EXCLUSIVE = frozenset({Kind.ONE, Kind.YES_NO, Kind.PICTURE})
WITH_CHOICES = frozenset({Kind.ONE, Kind.SEVERAL, Kind.RANKING, Kind.PICTURE})
WITH_ROWS = frozenset({Kind.MATRIX})
WITH_POINTS = frozenset({Kind.SCALE, Kind.MATRIX})
WITH_OTHER = frozenset({Kind.ONE, Kind.SEVERAL, Kind.PICTURE})
WRITTEN = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})
WITH_WORDS = WRITTEN | WITH_OTHER | {Kind.PLACE}
# How many are marked, or how large a number is, has a least and a most.
WITH_BOUNDS = frozenset({Kind.SEVERAL, Kind.NUMBER, Kind.RANKING})
# "No opinion" stands among the choices of these; of the others it is a box of its own.
NO_OPINION_AMONG_CHOICES = EXCLUSIVE | {Kind.SEVERAL, Kind.SCALE}
# Answers on which what follows may depend.
DECIDING = EXCLUSIVE | {Kind.SEVERAL, Kind.SCALE, Kind.NUMBER}
MEASURED = frozenset({Kind.SCALE, Kind.NUMBER})
# What is set of a question, beside its text, by its kind; the editor shows these fields alone. Of a quiz, what is right.
FIELDS_OF_KIND = {
    kind: frozenset(
        name
        for names, kinds in (
            (("options", "is_shuffled"), WITH_CHOICES | WITH_ROWS),
            (("has_other",), WITH_OTHER),
            (("least", "most"), WITH_BOUNDS),
            (("unit",), {Kind.NUMBER}),
            (("scale_points", "low_words", "high_words"), WITH_POINTS),
            (("right_answer",), {Kind.YES_NO}),
            (("has_no_opinion", "explanation"), set(Kind)),
        )
        if kind in kinds
        for name in names
    )
    for kind in Kind
}
BLOCK_OF_KIND = {**dict.fromkeys(WITH_CHOICES, "choice"), **dict.fromkeys(WITH_ROWS, "row")}

SHORTEST_SCALE, LONGEST_SCALE = 2, 11
SHORT_TEXT_SIGNS, LONG_TEXT_SIGNS, OTHER_SIGNS, PLACE_SIGNS = 200, 4000, 200, 120
