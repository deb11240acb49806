"""Many answers at once, as loading the demo or a measurement needs them: the same checks, the same counting, few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import transaction

from participation.models import Ballot, PaperBatch, WrittenAnswer
from participation.surveys.counting import locked, recount
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.storing import Answer, keep_version, put, texts_of

AT_ONCE = 1000


@dataclass(frozen=True)
class Dated:
    """An answer with the day on which it came, and the batch of paper that it came with."""

    answer: Answer
    day: date
    batch: PaperBatch | None = None


@transaction.atomic
def store_answers(answers: Iterable[Dated], *, key: UUID, definition: SurveyDefinition) -> int:
    """Store answers of nobody in particular under `definition`, count the survey anew, and return how many they were.

    All or nothing. Who they are from, and whether the survey is open, is not asked. Raises ValidationError, by field.
    """
    survey, waiting, count = locked(key), iter(answers), 0
    while group := list(islice(waiting, AT_ONCE)):
        version = keep_version(survey, definition, seen=definition.digest, day=group[0].day)
        ballots, texts = [], []
        for each in group:
            ballot = Ballot(is_paper=each.batch is not None, batch=each.batch)
            given = put(ballot, each.answer, definition=definition, version=version, day=each.day)
            ballots.append(ballot)
            texts += texts_of(ballot, given, keeps_author=False)
        Ballot.objects.bulk_create(ballots)
        WrittenAnswer.objects.bulk_create(texts)
        count += len(ballots)
    recount(key=key)
    return count
