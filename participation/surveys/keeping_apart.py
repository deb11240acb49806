"""People and their answers through time: two voters who turn out to be one, accounts that close, rows that are shuffled."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from participation.models import Participation, Survey, SurveyPage, WrittenAnswer
from participation.surveys.actions import withdraw_answer
from participation.surveys.counting import locked
from participation.surveys.respondents import token_of
from residents.models import Voter

AT_ONCE = 2000


def participations_of(voter_key: UUID) -> QuerySet[Participation]:
    """Return in what a voter has taken part: the fingerprints can be made from the voter, and not the other way round."""
    keys = Survey.objects.values_list("pk", flat=True)
    return Participation.objects.filter(token__in=[token_of(key, voter_key) for key in keys])


def participations_of_account(user: Any) -> QuerySet[Participation]:
    key = Voter.objects.filter(user=user).values_list("key", flat=True).first()
    return participations_of(key) if key else Participation.objects.none()


def answered_by(user: Any) -> list[UUID]:
    """Return the keys of the surveys that an account has answered."""
    return list(participations_of_account(user).values_list("survey_id", flat=True))


def merge_participations(from_key: UUID, into_key: UUID) -> None:
    """Let what one voter answered be the other's. Where both answered, one participation stays.

    Where the survey is openly not anonymous the ballot of the voter that goes is taken out of the counts; in any other
    survey both ballots stay, since nobody can tell which ones they are.
    """
    for participation in participations_of(from_key).order_by("survey_id"):
        locked(participation.survey_id)
        token = token_of(participation.survey_id, into_key)
        if Participation.objects.filter(survey=participation.survey_id, token=token).exists():
            withdraw_answer(participation)
            participation.delete()
        else:
            participation.token = token
            participation.save(update_fields=["token"])


def take_out(user: Any, keep: bool) -> None:
    """Part an account that closes from the ballots that are known to be its own; without `keep` they go."""
    for participation in participations_of_account(user).exclude(ballot=None).order_by("survey_id"):
        ballot = participation.ballot
        if keep and ballot:
            ballot.texts.update(ballot=None)
            participation.ballot = None
            participation.save(update_fields=["ballot"])
        else:
            with transaction.atomic():
                withdraw_answer(participation)


def needed_until(voter_key: UUID) -> date | None:
    """Return until when a voter must be known as somebody who answered: a closed survey can't be answered twice."""
    keys = participations_of(voter_key).values_list("survey_id", flat=True)
    pages = SurveyPage.objects.filter(translation_key__in=list(keys), live=True)
    now = timezone.now()
    open_ended = timezone.localdate(now) + timedelta(days=settings.VOTERS_KEPT_DAYS)
    ends = [page.closes_at for page in pages if not page.has_closed(now)]
    return max((timezone.localdate(end) if end else open_ended for end in ends), default=None)


@transaction.atomic
def shuffle_participations(survey: Survey) -> int:
    """Write who took part anew, in random order and under new keys; return how many rows.

    A database keeps rows in the order in which they came, and knows which were written in one transaction: without
    this, the tenth participation would be the tenth ballot's. Those of ballots that are known are left. So it goes with
    texts that nobody has looked at yet: no more should be known of who wrote one than what it says.
    """
    survey = locked(survey.pk)
    texts = list(survey.texts.filter(state=WrittenAnswer.State.WAITING, ballot=None, batch=None, tags=None))
    for start in range(0, len(texts), AT_ONCE):
        survey.texts.filter(pk__in=[text.pk for text in texts[start : start + AT_ONCE]]).delete()
    random.SystemRandom().shuffle(texts)
    WrittenAnswer.objects.bulk_create(texts, batch_size=AT_ONCE)
    rows = survey.participations.filter(ballot=None)
    tokens = list(rows.values_list("token", flat=True))
    random.SystemRandom().shuffle(tokens)
    rows.delete()
    Participation.objects.bulk_create(
        (Participation(survey=survey, token=token) for token in tokens), batch_size=AT_ONCE
    )
    Survey.objects.filter(pk=survey.pk).update(is_shuffled=True)
    return len(tokens)


def shuffle_all() -> int:
    """Shuffle every survey that was answered since it was last done; return how many."""
    surveys = list(Survey.objects.filter(is_shuffled=False))
    for survey in surveys:
        shuffle_participations(survey)
    return len(surveys)
