"""What surveys hold of people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from home.languages import active_language
from participation.models import PaperBatch, Participation, WrittenAnswer
from participation.surveys.keeping_apart import participations_of_account, take_out
from residents.personal_data import Group, Holding, facts, register


def register_holdings() -> None:
    register(
        Holding(
            model=Participation,
            what=_(
                "That you answered a survey, as a trace of your random number; not what you answered, nor when. Only "
                "where a survey says openly that it is not anonymous, your answer too."
            ),
            why=_("So that everybody’s answer counts once, in whichever language."),
            kept=_("As long as the results of the survey; without your account the trace leads to nobody."),
            group=Group.WRITING,
            of=lambda user: participations_of_account(user).select_related("survey", "ballot__version"),
            export=_participation,
            close=take_out,
        )
    )
    register(
        Holding(
            model=PaperBatch,
            what=_("Which clerk typed in answers from paper, and on which day."),
            why=_("So that a batch with mistakes can be found and undone."),
            kept=_("As long as the answers; closing the account takes the name out."),
            group=Group.WORK,
            of=lambda user: PaperBatch.objects.filter(made_by=user),
            export=lambda row: facts(row, "number", "made_on", "undone_on"),
        )
    )
    register(
        Holding(
            model=WrittenAnswer,
            what=_("Who decided whether a written answer is shown with the results."),
            why=_("So that a decision can be asked about."),
            kept=_("As long as the answers; closing the account takes the name out."),
            group=Group.WORK,
            of=lambda user: WrittenAnswer.objects.filter(decided_by=user),
            export=lambda row: facts(row, "language", "state"),
        )
    )


def _participation(row: Participation) -> dict[str, Any]:
    """The survey's name where somebody's answer has kept its words, and the answer where it is known to be theirs."""
    version = row.ballot.version if row.ballot else row.survey.versions.last()
    code = active_language()
    found: dict[str, Any] = {str(_("Survey")): version.definition.title.in_language(code) if version else ""}
    if row.ballot:
        found[str(_("Answered on"))] = row.ballot.answered_on
        for question in row.ballot.version.definition.questions:
            if question.key in row.ballot.answers:
                found[question.text.in_language(code)] = row.ballot.answers[question.key]
        found[str(_("Written"))] = [text.text for text in row.ballot.texts.all()]
    return found
