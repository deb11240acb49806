"""Do the links in our texts answer? Asked in the background, and only where LINK_CHECK says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime
from html import unescape
from typing import Any

from django.conf import settings
from django.db.models import Q
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from moderation.link_requests import Answer, ask
from moderation.models import LinkCheck

AT_ONCE = 8
SECONDS = 15  # for all that is asked in one turn: the worker has other jobs, to the minute
MOST_SIGNS = 1000  # of an address; a longer one is left alone
LINK = re.compile(r"""\bhref=["'](https?://[^"']+)""", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def _addresses(value: Any) -> Iterator[str]:
    """Yield the web addresses in the stored form of a block, however deep: links in HTML, and texts that are one."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _addresses(each)
    elif isinstance(value, str):
        found = [unescape(url) for url in LINK.findall(value)]
        yield from found or ([value.strip()] if ADDRESS.fullmatch(value.strip()) else [])


def links_of(page: Page) -> dict[str, str]:
    """Return the web addresses that `page` leads to, each with the field, and the block in it, where it stands first."""
    places: dict[str, str] = {}
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            stored = [(field.name, field.value_from_object(page))]
        elif isinstance(field, StreamField):
            blocks = field.value_from_object(page).get_prep_value()
            stored = [(f"{field.name}.{block['id']}", block["value"]) for block in blocks]
        else:
            continue
        for path, value in stored:
            for url in _addresses(value):
                places.setdefault(url, path)
    return {url: path for url, path in places.items() if len(url) <= MOST_SIGNS}


def gather_links() -> set[str]:
    """Keep a row for each address in a live text or a latest draft, and none for those that left; return them."""
    urls: set[str] = set()
    for page in Page.objects.filter(Q(live=True) | Q(has_unpublished_changes=True)).specific().iterator():
        if page.live:
            urls.update(links_of(page))
        if page.has_unpublished_changes:
            urls.update(links_of(page.get_latest_revision_as_object()))
    known = dict(LinkCheck.objects.values_list("url", "pk"))
    LinkCheck.objects.bulk_create([LinkCheck(url=url) for url in sorted(urls - set(known))], ignore_conflicts=True)
    LinkCheck.objects.filter(pk__in=[pk for url, pk in known.items() if url not in urls]).delete()
    return urls


def check_links(*, now: datetime, limit: int = 40) -> int:
    """Ask up to `limit` addresses that are due, new ones first, and return how many; none unless LINK_CHECK is on.

    It ends within SECONDS and what it takes to gather them: who has not answered by then gave no answer, and whose turn
    did not come is asked next time.
    """
    if not settings.LINK_CHECK:
        return 0
    gather_links()
    due = list(LinkCheck.objects.due(now=now)[:limit])
    pool = ThreadPoolExecutor(max_workers=AT_ONCE)
    asked = {pool.submit(ask, link.url): link for link in due}
    wait(asked, timeout=SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    begun = {future: link for future, link in asked.items() if not future.cancelled()}
    for future, link in begun.items():
        answer = future.result() if future.done() else Answer(problem=LinkCheck.Problem.NO_ANSWER)
        LinkCheck.objects.filter(pk=link.pk).update(checked_at=now, status=answer.status, problem=answer.problem)
    return len(begun)
