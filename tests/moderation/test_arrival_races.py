"""Texts that arrive at the same moment, with real threads; SQLite writes one after the other by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from moderation.mail_actions import receive_mail
from moderation.models import Arrival
from moderation.received_mail import read_mail
from moderation.sender_actions import TooManyTextsError
from neighbourhood_news.models import NewsPage
from tests.conftest import set_up_commune
from tests.factories import DepartmentFactory, SenderFactory
from tests.moderation.sending import letter
from tests.moderation.test_races import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL only"),
]


@pytest.fixture
def water(transactional_db: None) -> Any:
    set_up_commune()
    return SenderFactory(department=DepartmentFactory(slug="roads"))


def delivery(content: bytes) -> Any:
    return lambda: receive_mail(mail=read_mail(content), recipient="roads@auneval.example", now=timezone.now())


def test_the_same_mail_delivered_by_eight_processes_at_once_is_one_draft(water):
    content = letter(water, "roads@auneval.example").as_bytes()
    assert at_once([delivery(content) for _number in range(8)]) == []
    assert (NewsPage.objects.count(), Arrival.objects.count()) == (1, 1)


def test_the_same_identifier_from_two_senders_at_once_is_one_draft(water):
    """Their rows are locked apart; only the constraint keeps this one."""
    other = SenderFactory(department=water.department)
    mails = [letter(each, "roads@auneval.example", Message_ID="<1@x.example>") for each in (water, other)]
    assert at_once([delivery(mail.as_bytes()) for mail in mails]) == []
    assert NewsPage.objects.count() == 1


def test_texts_of_several_senders_at_once_are_a_draft_each(water):
    """Each is added below one index: two would get one place in the tree."""
    senders = [water, *SenderFactory.create_batch(5, department=water.department)]
    mails = [letter(each, "roads@auneval.example").as_bytes() for each in senders]
    assert at_once([delivery(content) for content in mails]) == []
    assert NewsPage.objects.count() == len(set(NewsPage.objects.values_list("path", flat=True))) == 6
    assert len(set(NewsPage.objects.values_list("slug", flat=True))) == 6


def test_eight_texts_of_one_sender_at_once_do_not_pass_the_limit_of_the_day(water, settings):
    settings.SENDER_TEXTS_PER_DAY = 3
    mails = [letter(water, "roads@auneval.example").as_bytes() for _number in range(8)]
    raised = at_once([delivery(content) for content in mails])
    assert [type(error) for error in raised] == [TooManyTextsError] * 5
    assert NewsPage.objects.count() == Arrival.objects.count() == 3
