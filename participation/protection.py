"""What consultations, surveys, idea boards and ideas name is not deleted."""

from __future__ import annotations

from django.utils.translation import ngettext

from home.models import Department, Neighbourhood, Theme
from home.protection import Rule, Thing
from participation.models import ConsultationPage, Idea, IdeaBoardPage, OfficialAnswer, SurveyPage


def _refusal(thing: Thing, count: int) -> str:
    return ngettext(
        "“%(name)s” can't be deleted: %(count)d consultation names it. Change or delete that consultation first.",
        "“%(name)s” can't be deleted: %(count)d consultations name it. Change or delete those consultations first.",
        count,
    ) % {"name": thing, "count": count}


def _refusal_of_surveys(thing: Thing, count: int) -> str:
    return ngettext(
        "“%(name)s” can't be deleted: %(count)d survey names it. Change or delete that survey first.",
        "“%(name)s” can't be deleted: %(count)d surveys name it. Change or delete those surveys first.",
        count,
    ) % {"name": thing, "count": count}


def _refusal_of_boards(thing: Thing, count: int) -> str:
    return ngettext(
        "“%(name)s” can't be deleted: %(count)d idea board names it. Change or delete that board first.",
        "“%(name)s” can't be deleted: %(count)d idea boards name it. Change or delete those boards first.",
        count,
    ) % {"name": thing, "count": count}


def _refusal_of_ideas(thing: Thing, count: int) -> str:
    return ngettext(
        "“%(name)s” can't be deleted: %(count)d idea of a resident is about it.",
        "“%(name)s” can't be deleted: %(count)d ideas of residents are about it.",
        count,
    ) % {"name": thing, "count": count}


def _refusal_of_answers(thing: Thing, count: int) -> str:
    return ngettext(
        "“%(name)s” can't be deleted: it has answered %(count)d idea.",
        "“%(name)s” can't be deleted: it has answered %(count)d ideas.",
        count,
    ) % {"name": thing, "count": count}


CONSULTATIONS = Rule(lambda thing: ConsultationPage.objects.all().naming(thing), _refusal)
SURVEYS = Rule(lambda thing: SurveyPage.objects.all().naming(thing), _refusal_of_surveys)
BOARDS = Rule(lambda thing: IdeaBoardPage.objects.all().naming(thing), _refusal_of_boards)
PLACES_OF_IDEAS = Rule(lambda place: Idea.objects.filter(neighbourhood=place), _refusal_of_ideas, (Neighbourhood,))
THEMES_OF_IDEAS = Rule(lambda theme: Idea.objects.filter(theme=theme), _refusal_of_ideas, (Theme,))
ANSWERS = Rule(
    lambda department: OfficialAnswer.objects.filter(department=department), _refusal_of_answers, (Department,)
)
