"""The queue stays as light with 2,000 texts as with one, of whatever kind."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState

from moderation.models import Channel, DeskReviewTask
from neighbourhood_news.models import NewsPage
from tests.factories import NeighbourhoodFactory, draft_news, news_index, translate
from tests.moderation.test_queue import screen, titles, waiting
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
__all__ = ["screen"]


DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def step(number: int) -> str:
    """Return four digits of a path in the tree."""
    text = ""
    for _digit in range(4):
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
    return text


def pages_beside(first: Page, count: int) -> list[Page]:
    index, start = news_index(), int(first.path[-4:], 36) + 1
    pages: list[Page] = Page.objects.bulk_create(
        Page(
            path=first.path[:-4] + step(start + number),
            depth=first.depth,
            title=f"Texte {number}",
            draft_title=f"Texte {number}",
            slug=f"texte-{number}",
            locale=index.locale,
            content_type=ContentType.objects.get_for_model(NewsPage),
            live=False,
            url_path=f"{index.url_path}texte-{number}/",
        )
        for number in range(count)
    )
    return pages


def many(count: int, editor: Any, department: Any) -> None:
    """Let `count` messages wait, made quickly: for counting queries, not for the desk's rules."""
    first = draft_news(owner=editor, department=department)
    content, pages = first.get_latest_revision().content, pages_beside(Page.objects.get(pk=first.pk), count)
    kinds = [ContentType.objects.get_for_model(model) for model in (NewsPage, Page, TaskState)]
    news = {"content_type": kinds[0], "base_content_type": kinds[1]}
    revisions = Revision.objects.bulk_create(
        Revision(
            object_id=str(page.pk),
            created_at=timezone.now(),
            content={**content, "pk": page.pk, "title": page.title, "translation_key": str(page.translation_key)},
            **news,
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
    Page.objects.bulk_update(pages, ["latest_revision"], batch_size=200)
    begun = {
        "workflow": Workflow.objects.get(workflow_pages__isnull=False),
        "requested_by": editor,
        "status": "in_progress",
        **news,
    }
    states = WorkflowState.objects.bulk_create(WorkflowState(object_id=str(page.pk), **begun) for page in pages)
    task = {"task": DeskReviewTask.objects.get(), "status": "in_progress", "content_type": kinds[2]}
    tasks = TaskState.objects.bulk_create(
        TaskState(workflow_state=state, revision=revision, **task)
        for state, revision in zip(states, revisions, strict=True)
    )
    for state, task_state in zip(states, tasks, strict=True):
        state.current_task_state = task_state
    WorkflowState.objects.bulk_update(states, ["current_task_state"], batch_size=200)


def test_two_thousand_waiting_texts_take_few_queries(editor, roads, desk, signed_in, django_assert_max_num_queries):
    many(2000, editor, roads)
    client = signed_in(desk)
    client.get(reverse("queue"))
    with django_assert_max_num_queries(40):
        answer = client.get(reverse("queue"), {"p": "3", "department": roads.pk})
    assert len(titles(answer)) == 25
    assert "2000" in words(seen(answer).select_one(".queue__sum"))


def test_the_number_of_queries_does_not_grow(editor, roads, desk, signed_in):
    def count() -> int:
        client.get(reverse("queue"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("queue"))
        return len(captured)

    client = signed_in(desk)
    waiting(editor, roads, "Une", neighbourhoods=[NeighbourhoodFactory()])
    few = count()
    for number in range(8):
        translate(waiting(editor, roads, f"Texte {number}", neighbourhoods=[NeighbourhoodFactory()]))
    assert count() == few


def test_what_is_no_page_waits_too_and_takes_no_query_of_its_own(editor, screen):
    """Later features put ideas and their like under review: here a channel stands for them."""
    kind = ContentType.objects.get_for_model(Channel)

    def let_wait(count: int) -> int:
        for number in range(count):
            channel = Channel.objects.create(
                name_fr=f"Idée {number}", name_nl=f"Idee {number}", words_fr="-", words_nl="-"
            )
            WorkflowState.objects.create(
                object_id=str(channel.pk),
                content_type=kind,
                base_content_type=kind,
                workflow=Workflow.objects.get(workflow_pages__isnull=False),
                requested_by=editor,
            )
        screen()
        with CaptureQueriesContext(connection) as captured:
            assert "Idée 0" in titles(screen())[0]
        return len(captured)

    assert let_wait(1) == let_wait(9)
