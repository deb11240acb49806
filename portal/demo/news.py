"""The demo commune's messages, brought to their state by the people whose job it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from home.models import Department, Neighbourhood, PortalImage, Theme
from moderation.actions import publish_in_both_languages
from moderation.translations import prepare_translation, supply_translation, words_of
from neighbourhood_news.models import NewsIndexPage, NewsPage
from portal.demo.content import BodyBuilder, Data, news, read
from residents.models import User


class NewsLoader:
    """Makes one message after the other below the French index."""

    def __init__(
        self, images: dict[str, PortalImage], departments: dict[str, Department], accounts: dict[str, User]
    ) -> None:
        self.images, self.departments, self.accounts = images, departments, accounts
        self.index = NewsIndexPage.objects.get(locale__language_code="fr")
        self.neighbourhoods = {place.code: place for place in Neighbourhood.objects.all()}
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        self.staff = {row["code"]: accounts[row["staff"].split("@")[0]] for row in read("commune.yaml")["departments"]}

    def load(self) -> None:
        rows = sorted(news(), key=lambda row: -row["days_ago"])
        for position, row in enumerate(rows):
            self._load_one(row, hour=9 + position % 8)

    def _load_one(self, row: Data, hour: int) -> None:
        author = self.staff[row["department"]]
        page = self._draft(row, author)
        when = (timezone.localtime() - timedelta(days=row["days_ago"] + 1)).replace(hour=hour, minute=(7 * hour) % 60)
        if row["nl"]:
            translation = prepare_translation(page, user=author)
            words = words_of(page, self._fields(row, "nl"))
            supply_translation(translation, words, user=self.accounts["communication"])
        if row["state"] == "live":
            publish_in_both_languages(page=page, user=self.accounts["communication"])
        elif row["state"] != "draft":
            self._submit(page, author, row)
        _date(page, when)

    def _fields(self, row: Data, code: str) -> dict[str, Any]:
        builder = BodyBuilder(row["key"], self.images, self.departments)
        words = row[code]
        return {
            "title": words["title"],
            "introduction": words["introduction"],
            "contact": (row["contact"] or {}).get(code, ""),
            "body": builder.build(words["body"]),
        }

    def _draft(self, row: Data, author: User) -> NewsPage:
        page = NewsPage(
            locale=self.index.locale,
            owner=author,
            live=False,
            department=self.departments[row["department"]],
            kind=row["kind"],
            image=self.images.get(row["picture"] or ""),
            expires_on=_expiry(row),
            **self._fields(row, "fr"),
        )
        page.neighbourhoods = [self.neighbourhoods[code] for code in row["neighbourhoods"]]
        self.index.add_child(instance=page)
        page.tags.set([self.themes[slug] for slug in row["themes"]])
        page.save_revision(user=author)
        return page

    def _submit(self, page: NewsPage, author: User, row: Data) -> None:
        state = page.get_workflow().start(page, author)
        if row["state"] == "changes_requested":
            comment = row["comment"]["fr"]
            task_state = state.current_task_state.specific
            task_state.task.specific.on_action(task_state, self.accounts["communication"], "reject", comment=comment)


def _expiry(row: Data) -> Any:
    days = row["expires_in_days"]
    return None if days is None else timezone.localdate() + timedelta(days=days)


def _date(page: NewsPage, when: Any) -> None:
    """Let the message and its translation seem as old as the demo wants."""
    pages = Page.objects.filter(translation_key=page.translation_key)
    pages.update(latest_revision_created_at=when)
    pages.filter(first_published_at__isnull=False).update(first_published_at=when, last_published_at=when)
    for each in pages:
        Revision.objects.for_instance(each).update(created_at=when)
        states = WorkflowState.objects.for_instance(each)
        states.update(created_at=when)
        for state in states:
            state.task_states.update(started_at=when)
            state.task_states.filter(finished_at__isnull=False).update(finished_at=when + timedelta(hours=3))
