"""What consultations name is not deleted."""

from __future__ import annotations

from django.utils.translation import ngettext

from home.protection import Rule, Thing
from participation.models import ConsultationPage, IdeaBoardPage


def _refusal(thing: Thing, count: int) -> str:
    return ngettext(
        "“%(name)s” can't be deleted: %(count)d consultation names it. Change or delete that consultation first.",
        "“%(name)s” can't be deleted: %(count)d consultations name it. Change or delete those consultations first.",
        count,
    ) % {"name": thing, "count": count}


def _refusal_of_boards(thing: Thing, count: int) -> str:
    return ngettext(
        "“%(name)s” can't be deleted: %(count)d idea board names it. Change or delete that board first.",
        "“%(name)s” can't be deleted: %(count)d idea boards name it. Change or delete those boards first.",
        count,
    ) % {"name": thing, "count": count}


BOARDS = Rule(lambda thing: IdeaBoardPage.objects.all().naming(thing), _refusal_of_boards)
CONSULTATIONS = Rule(lambda thing: ConsultationPage.objects.all().naming(thing), _refusal)
