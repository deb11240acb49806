"""The demo commune's messages, brought to their state by the people whose job it is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import StringTranslation

from home.models import Department, Neighbourhood, PortalImage, Theme
from moderation.actions import divert, publish_in_both_languages, publish_one_language, use_fast_track
from moderation.models import Channel, Diversion, FastTrack, Release
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
            _leave_unfinished(page, row, author)
        self._bring_to(row["state"], page, author, row)
        _date(page, when)

    def _bring_to(self, state: str, page: NewsPage, author: User, row: Data) -> None:
        desk = self.accounts["communication"]
        if state == "live":
            publish_in_both_languages(page=page, user=desk)
            if "offline_in_days" in row:
                pages = Page.objects.filter(translation_key=page.translation_key)
                pages.update(expire_at=_hour_in(row["offline_in_days"]))
        elif state == "scheduled":
            publish_in_both_languages(page=page, at=_hour_in(row["goes_out_in_days"]), user=desk)
        elif state == "fast_track":
            use_fast_track(page=page, user=author, reason=row["reason"]["fr"])
        elif state == "one_language":
            publish_one_language(page=page, user=desk, reason=row["reason"]["fr"])
        elif state != "draft":
            self._submit(page, author, row)

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
            reserved_until=_reservation(row),
            go_live_at=_hour_in(row["wanted_in_days"]) if "wanted_in_days" in row else None,
            urgent_because=row.get("urgent_because", ""),
            **self._fields(row, "fr"),
        )
        page.neighbourhoods = [self.neighbourhoods[code] for code in row["neighbourhoods"]]
        self.index.add_child(instance=page)
        page.tags.set([self.themes[slug] for slug in row["themes"]])
        page.save_revision(user=author)
        return page

    def _submit(self, page: NewsPage, author: User, row: Data) -> None:
        state = page.get_workflow().start(page, author)
        task_state, desk = state.current_task_state.specific, self.accounts["communication"]
        if row["state"] == "changes_requested":
            task_state.task.specific.on_action(task_state, desk, "reject", comment=row["comment"]["fr"])
        elif row["state"] == "other_channel":
            channel = Channel.objects.get(name_fr=row["channel"])
            divert(task_state=task_state, channel=channel, word=row["comment"]["fr"], user=desk)


def _leave_unfinished(page: NewsPage, row: Data, author: User) -> None:
    """Let the Dutch hold some fields only, or the French have changed since it was translated."""
    if "dutch_has" in row:
        done = StringTranslation.objects.filter(context__object_id=page.translation_key)
        done.exclude(context__path__in=row["dutch_has"]).delete()
    if "then_changed" in row:
        for name, value in row["then_changed"].items():
            setattr(page, name, value)
        page.save_revision(user=author)


def _expiry(row: Data) -> Any:
    days = row["expires_in_days"]
    return None if days is None else timezone.localdate() + timedelta(days=days)


def _reservation(row: Data) -> Any:
    days = row.get("reserved_for_days")
    eight = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    return None if days is None else eight + timedelta(days=days)


def _hour_in(days: int) -> datetime:
    """Return half past eight, so many days from now."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(8, 30)))


def _date(page: NewsPage, when: Any) -> None:
    """Let the message and its translation seem as old as the demo wants."""
    pages = Page.objects.filter(translation_key=page.translation_key)
    pages.update(latest_revision_created_at=when)
    pages.filter(first_published_at__isnull=False).update(first_published_at=when, last_published_at=when)
    _date_decisions(page, when)
    for each in pages:
        Revision.objects.for_instance(each).update(created_at=when)
        states = WorkflowState.objects.for_instance(each)
        states.update(created_at=when)
        for state in states:
            state.task_states.update(started_at=when)
            state.task_states.filter(finished_at__isnull=False).update(finished_at=when + timedelta(hours=3))


def _date_decisions(page: NewsPage, when: Any) -> None:
    releases = Release.objects.of(page.translation_key)
    releases.update(decided_at=when)
    releases.filter(fr_live_at__isnull=False, nl_live_at__isnull=False).update(fr_live_at=when, nl_live_at=when)
    releases.in_one_language().update(fr_live_at=when)
    FastTrack.objects.filter(translation_key=page.translation_key).update(used_at=when)
    states = WorkflowState.objects.for_instance(page)
    Diversion.objects.filter(task_state__workflow_state__in=states).update(decided_at=when + timedelta(hours=3))
