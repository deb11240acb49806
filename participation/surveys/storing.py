"""A whole answer, stored and counted, or taken out again. The caller holds the survey's row (`counting.locked`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from participation.models import Ballot, Survey, SurveyVersion, WrittenAnswer
from participation.surveys.answers import Given, validate
from participation.surveys.conditions import shown
from participation.surveys.counting import count_in, count_out
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.kinds import OTHER


@dataclass(frozen=True)
class Answer:
    """What somebody answers: to the questions by key, in a language, from a neighbourhood (its number, 0 for none), which is
    kept only where the survey's terms say so.

    `version` is the fingerprint of the definition that they saw, "" where it isn't known: then it is today's.
    """

    answers: Mapping[str, Given]
    language: str
    place: int = 0
    version: str = ""


def fill(
    ballot: Ballot, answer: Answer, *, definition: SurveyDefinition, survey: Survey, day: date, keeps_author: bool
) -> Ballot:
    """Put an answer into `ballot`, new or emptied, and count it. Answers to hidden questions are dropped.

    `keeps_author` lets its texts be found again by the ballot. Raises ValidationError, by field.
    """
    version = keep_version(survey, definition, seen=answer.version, day=day)
    given = put(ballot, answer, definition=definition, version=version, day=day)
    ballot.save()
    WrittenAnswer.objects.bulk_create(texts_of(ballot, given, keeps_author=keeps_author))
    count_in(ballot)
    return ballot


def put(
    ballot: Ballot, answer: Answer, *, definition: SurveyDefinition, version: SurveyVersion, day: date
) -> dict[str, Given]:
    """Put an answer into `ballot`, saving nothing; return what counts of it. Raises ValidationError, by field."""
    keys = shown(definition, answer.answers)
    given = {key: answer.answers[key] for key in keys if key in answer.answers}
    validate(definition.by_key, keys, given)
    ballot.survey, ballot.version = version.survey, version
    ballot.language, ballot.answered_on = answer.language, day
    ballot.place = answer.place if definition.terms.keeps_place else 0
    ballot.answers, ballot.seen = {key: dict(each.value) for key, each in given.items()}, keys
    return given


def texts_of(ballot: Ballot, given: Mapping[str, Given], *, keeps_author: bool) -> list[WrittenAnswer]:
    """Return the texts of an answer, not saved; they know their ballot where `keeps_author`."""
    return [
        WrittenAnswer(
            survey=ballot.survey,
            question=key,
            part=OTHER if "marks" in each.value else "",
            language=ballot.language,
            text=each.text,
            ballot=ballot if keeps_author else None,
            batch=ballot.batch,
        )
        for key, each in given.items()
        if each.text
    ]


def empty(ballot: Ballot) -> None:
    """Take an answer out of its ballot and of the counts; its texts go where they are known to be its own."""
    count_out(ballot)
    ballot.texts.all().delete()


def keep_version(survey: Survey, definition: SurveyDefinition, *, seen: str, day: date) -> SurveyVersion:
    """Return the version that the person saw: a corrected text may have come while they were answering."""
    known = survey.versions.filter(digest=seen).first() if seen else None
    if known:
        return known
    version, _is_new = survey.versions.get_or_create(
        digest=definition.digest, defaults={"content": definition.to_json(), "first_seen_on": day}
    )
    return version
