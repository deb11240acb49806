"""Answers on paper, typed in by a clerk in batches: the same checks, the same totals, and a batch can be undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from participation.models import Ballot, PaperBatch, Participation, SurveyPage
from participation.surveys import errors
from participation.surveys.actions import live_pages
from participation.surveys.building import definition_of
from participation.surveys.counting import count_out, locked
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.respondents import token_of
from participation.surveys.storing import Answer, empty, fill

TYPED_AFTER_CLOSING = timedelta(days=30)  # what lay in the box at closing is typed in afterwards


@transaction.atomic
def begin_batch(*, survey_key: UUID, by: Any, now: datetime, file_digest: str = "") -> PaperBatch:
    """Begin a batch with the survey's next number; who may is the caller's to ask.

    `file_digest` is the fingerprint of the file that it comes from: an IntegrityError says that its answers count already.
    """
    survey = locked(survey_key)
    last = survey.batches.aggregate(last=Max("number"))["last"] or 0
    about = {"made_by": by, "made_on": timezone.localdate(now), "file_digest": file_digest}
    return PaperBatch.objects.create(survey=survey, number=last + 1, **about)


def enter_paper_answer(
    *, batch: PaperBatch, answer: Answer, now: datetime, voter_key: UUID | None = None, identity: UUID | None = None
) -> Ballot:
    """Take an answer from paper, from opening until 30 days after closing.

    Paper counts without a person, unless the clerk gives the voter whose it is: then it is their one answer. Sent twice
    under one `identity` it is taken once. Raises a RefusedError, or ValidationError by field, as `answer_survey` does.
    """
    key, token = batch.survey_id, token_of(batch.survey_id, voter_key) if voter_key else ""
    try:
        with transaction.atomic():
            survey = locked(key)
            definition = _definition_for_paper(batch, now=now)
            known = Ballot.objects.filter(pk=identity, batch=batch).first() if identity else None
            if known:
                return known
            if token:
                Participation(survey=survey, token=token).save(force_insert=True)
            ballot = Ballot(is_paper=True, batch=batch, **({"pk": identity} if identity else {}))
            day = timezone.localdate(now)
            return fill(ballot, answer, definition=definition, survey=survey, day=day, keeps_author=False)
    except IntegrityError as error:
        if not Participation.objects.filter(survey=key, token=token).exists():
            raise
        raise errors.AlreadyAnsweredError from error


@transaction.atomic
def correct_paper_answer(*, ballot: Ballot, before: Answer, answer: Answer, now: datetime) -> Ballot:
    """Put `answer` in the place of what was typed in, `before`: by it the texts are found that were this ballot's.

    Raises as `enter_paper_answer` does; then all stays as it was.
    """
    batch = ballot.batch
    if batch is None:
        raise errors.NotChangeableError
    survey = locked(batch.survey_id)
    definition = _definition_for_paper(batch, now=now)
    ballot = Ballot.objects.get(pk=ballot.pk)  # anew: it may have been corrected while others held the row
    for key, given in before.answers.items():
        same = batch.texts.filter(question=key, language=before.language, text=given.text) if given.text else None
        text = same.first() if same is not None else None
        if text:
            text.delete()
    empty(ballot)
    return fill(ballot, answer, definition=definition, survey=survey, day=timezone.localdate(now), keeps_author=False)


def _definition_for_paper(batch: PaperBatch, *, now: datetime) -> SurveyDefinition:
    _page_for_paper(batch.survey_id, now=now)
    if not PaperBatch.objects.filter(pk=batch.pk, undone_on=None).exists():
        raise errors.BatchUndoneError
    return definition_of(*live_pages(batch.survey_id))


def _page_for_paper(key: UUID, *, now: datetime) -> SurveyPage:
    page = SurveyPage.objects.filter(translation_key=key, live=True).order_by("locale__language_code").first()
    if page is None:
        raise errors.NotPublishedError
    if page.closes_at and page.closes_at + TYPED_AFTER_CLOSING <= now:
        raise errors.ClosedError
    if page.opens_at and page.opens_at > now:
        raise errors.NotOpenYetError
    return page


@transaction.atomic
def undo_batch(*, batch: PaperBatch, now: datetime) -> int:
    """Take all of a batch's answers out of the counts, with their texts; return how many. A second time there are none.

    Where the clerk had given a voter, that they answered stays: nothing says any more which of the papers was theirs.
    """
    locked(batch.survey_id)
    ballots = list(Ballot.objects.filter(batch=batch))
    for ballot in ballots:
        count_out(ballot)
    batch.texts.all().delete()
    Ballot.objects.filter(batch=batch).delete()
    if batch.undone_on is None:
        batch.undone_on = timezone.localdate(now)
        batch.save(update_fields=["undone_on"])
    return len(ballots)
