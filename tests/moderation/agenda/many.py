"""Thousands of pages, made quickly: for counting questions and measuring time, not for the desk's rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Revision, Workflow, WorkflowState

from home.models import Department, Neighbourhood
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsPage
from residents.models import User
from tests.factories import news_index

STATES = ("published", "scheduled", "waiting", "last-day")


def many_messages(documents: int, *, start: datetime, user: User) -> None:
    """Make so many messages in both languages, one hour after the other, a quarter in each state of the calendar."""
    departments, places = list(Department.objects.all()), list(Neighbourhood.objects.all())
    pages = []
    keys = [uuid4() for _number in range(documents)]
    for code in ("fr", "nl"):
        index = news_index(code)
        first = index.numchild
        pages += [
            _page(index, first + number, number, key, start, departments[number % len(departments)])
            for number, key in enumerate(keys)
        ]
        Page.objects.filter(pk=index.pk).update(numchild=first + documents)
    _save(pages)
    through = NewsPage.neighbourhoods.through
    links = [through(newspage_id=page.pk, neighbourhood=places[n % len(places)]) for n, page in enumerate(pages)]
    through.objects.bulk_create(links)
    _revisions(pages, documents, start, user)


def _page(index: Page, position: int, number: int, key: object, start: datetime, department: Department) -> NewsPage:
    state, at = STATES[number % 4], start + timedelta(hours=number % 700)
    title = f"Message {number} {index.locale.language_code}"
    return NewsPage(
        path=NewsPage._get_path(index.path, index.depth + 1, position + 1),
        depth=index.depth + 1,
        url_path=f"{index.url_path}many-{number}/",
        slug=f"many-{number}",
        title=title,
        draft_title=title,
        translation_key=key,
        locale=index.locale,
        content_type=ContentType.objects.get_for_model(NewsPage),
        live=state in ("published", "last-day"),
        first_published_at=at if state == "published" else None,
        expires_on=at.date() if state == "last-day" else None,
        introduction="Une phrase. " * 12,
        kind=Kind.POLICY,
        department=department,
    )


def _save(pages: list[NewsPage]) -> None:
    """Write both tables of each page; Django's own bulk_create refuses what stands in two."""
    bare = [Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.fields}) for page in pages]
    Page.objects.bulk_create(bare)
    keys = dict(Page.objects.filter(path__in=[page.path for page in pages]).values_list("path", "pk"))
    for page in pages:
        page.pk = keys[page.path]
    for start in range(0, len(pages), 50):
        rows = pages[start : start + 50]
        NewsPage._base_manager._insert(rows, fields=NewsPage._meta.local_concrete_fields, using="default", raw=True)


def _revisions(pages: list[NewsPage], documents: int, start: datetime, user: User) -> None:
    """Schedule the scheduled ones in both languages; of those that wait, the French page is before the desk."""
    revisions, waiting = [], []
    for number, page in enumerate(pages):
        state, at = STATES[number % documents % 4], start + timedelta(hours=number % documents % 700)
        if state not in ("scheduled", "waiting"):
            continue
        content = {**page.serializable_data(), "go_live_at": at.isoformat()}
        approved = at if state == "scheduled" else None
        fields = {"content": content, "approved_go_live_at": approved, "object_str": page.title, "created_at": at}
        revisions.append(Revision(**_generic(page), **fields))
        if state == "waiting" and number < documents:
            waiting.append(page)
    workflow = Workflow.objects.get(workflow_pages__isnull=False)
    WorkflowState.objects.bulk_create(
        [WorkflowState(workflow=workflow, requested_by=user, **_generic(page)) for page in waiting]
    )
    saved = Revision.objects.bulk_create(revisions)
    latest = [Page(pk=int(revision.object_id), latest_revision=revision) for revision in saved]
    Page.objects.bulk_update(latest, ["latest_revision"], batch_size=200)


def _generic(page: NewsPage) -> dict[str, object]:
    kinds = ContentType.objects.get_for_models(Page, NewsPage)
    return {"base_content_type": kinds[Page], "content_type": kinds[NewsPage], "object_id": str(page.pk)}
