"""What happened to a text, in both its languages and in plain words: who did what when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import StringTranslation

from moderation import log_words
from residents.models import User

People = dict[Any, User]
READ = 300  # entries of the log, the latest ones
SHOWN = 20
TOGETHER = timedelta(minutes=2)  # both languages go live in one step; a slow machine may write the second later
NEAR = 3  # between them, Wagtail may note that a title changed

EDITED = "wagtail.edit"
PUBLISHED = "wagtail.publish"
SENTENCES: dict[str, str | Promise] = {
    "wagtail.create": gettext_lazy("%(who)s wrote the first draft"),
    "wagtail.copy": gettext_lazy("%(who)s made it as a copy of another page"),
    "wagtail.copy_for_translation": gettext_lazy("%(who)s prepared the other language"),
    "wagtail.rename": gettext_lazy("%(who)s changed the title"),
    "wagtail.revert": gettext_lazy("%(who)s went back to an earlier version"),
    "wagtail.move": gettext_lazy("%(who)s moved the page"),
    "wagtail.lock": gettext_lazy("%(who)s locked the page"),
    "wagtail.unlock": gettext_lazy("%(who)s unlocked the page"),
    "wagtail.publish.schedule": gettext_lazy("%(who)s set the time of publication"),
    "wagtail.schedule.cancel": gettext_lazy("%(who)s took the time of publication back"),
    "wagtail.unpublish": gettext_lazy("%(who)s took the page off the site"),
    "wagtail.workflow.start": gettext_lazy("%(who)s proposed the text"),
    "wagtail.workflow.resume": gettext_lazy("%(who)s proposed the text again"),
    "wagtail.workflow.cancel": gettext_lazy("%(who)s withdrew the text"),
    "wagtail.workflow.approve": gettext_lazy("%(who)s approved the text"),
    "wagtail.workflow.reject": gettext_lazy("%(who)s asked for changes"),
    log_words.TAKE_OVER: gettext_lazy("%(who)s took over the text"),
    log_words.FAST_TRACK: gettext_lazy("%(who)s used the fast track"),
    log_words.CHECK: gettext_lazy("%(who)s checked the text afterwards"),
    log_words.DIVERT: gettext_lazy("%(who)s closed the text for another channel"),
    log_words.REOPEN: gettext_lazy("%(who)s took the text up again"),
    log_words.ONE_LANGUAGE: gettext_lazy("%(who)s let one language go first"),
}
EDITED_IN = {
    "fr": gettext_lazy("%(who)s edited the French text"),
    "nl": gettext_lazy("%(who)s edited the Dutch text"),
}
PUBLISHED_IN = {
    "fr": gettext_lazy("Published in French"),
    "nl": gettext_lazy("Published in Dutch"),
}


@dataclass(frozen=True)
class Event:
    """One line of the story; `words` is a whole sentence, the name in it."""

    when: datetime
    who: str
    words: str


@dataclass
class Step:
    """Entries of the log that are one thing to a person: a row of saves, or both languages of one publication."""

    latest: PageLogEntry
    languages: set[str]
    times: int = 1

    def takes_in(self, entry: PageLogEntry, language: str) -> bool:
        """Count an older `entry` in when it belongs to this step."""
        if entry.action != self.latest.action:
            return False
        if entry.action == PUBLISHED:
            together = language not in self.languages and self.latest.timestamp - entry.timestamp < TOGETHER
        else:
            same = entry.user_id == self.latest.user_id and entry.page_id == self.latest.page_id
            together = entry.action == EDITED and same
        if together:
            self.languages.add(language)
            self.times += 1
        return together


def _told(entries: list[PageLogEntry]) -> Iterator[PageLogEntry]:
    """Leave out what happens to a translation by itself: it is made in one go, and gets its title with its words.

    And what Wagtail notes of a step that the desk's own word tells: closed for another channel is no withdrawal.
    """
    translations = {entry.page_id for entry in entries if entry.action == "wagtail.copy_for_translation"}
    said = ""
    for entry in entries:
        if entry.action == said:
            said = ""
            continue
        if entry.action in log_words.SAID_ANEW and entry.data.get("said_anew"):
            said = log_words.SAID_ANEW[entry.action]
        if entry.page_id not in translations or entry.action not in ("wagtail.create", "wagtail.rename"):
            yield entry


def _steps(entries: list[PageLogEntry], languages: dict[int, str]) -> list[Step]:
    """Fold `entries`, the latest first."""
    steps: list[Step] = []
    for entry in _told(entries):
        language = languages[entry.page_id]
        near = steps[-NEAR:] if entry.action == PUBLISHED else steps[-1:]
        if not any(step.takes_in(entry, language) for step in near):
            steps.append(Step(entry, {language}))
    return steps


def _edited(step: Step, who: str) -> str:
    (language,) = step.languages
    once: str = EDITED_IN[language] % {"who": who}
    if step.times == 1:
        return once
    return ngettext("%(sentence)s, %(count)d time", "%(sentence)s, %(count)d times", step.times) % {
        "sentence": once,
        "count": step.times,
    }


def _published(step: Step, who: str) -> str:
    if len(step.languages) > 1:
        return _("Published in both languages")
    (language,) = step.languages
    return str(PUBLISHED_IN[language])


SPOKEN = {EDITED: _edited, PUBLISHED: _published}


def _words(step: Step, who: str, people: People) -> str:
    entry = step.latest
    if entry.action in SPOKEN:
        return SPOKEN[entry.action](step, who)
    if entry.action == log_words.TAKE_OVER and entry.data["from"] in people:
        names = {"who": who, "owner": get_user_display_name(people[entry.data["from"]])}
        return _("%(who)s took over the text from %(owner)s") % names
    if entry.action not in SENTENCES:
        return f"{who}: {entry.message}"
    sentence = str(SENTENCES[entry.action]) % {"who": who}
    comment = str(entry.data.get("comment") or "") if isinstance(entry.data, dict) else ""
    return _("%(sentence)s: “%(comment)s”") % {"sentence": sentence, "comment": comment} if comment else sentence


def _translations(page: Page) -> list[dict[str, Any]]:
    """Count who put how many texts into which language; localize keeps the latest time of each text alone."""
    translated = StringTranslation.objects.filter(context__object_id=page.translation_key)
    return list(
        translated.filter(last_translated_by__isnull=False)
        .values("last_translated_by", "locale__language_code")
        .annotate(count=Count("pk"), latest=Max("updated_at"))
    )


def _translated(row: dict[str, Any], people: People) -> Event:
    who = get_user_display_name(people[row["last_translated_by"]])
    if row["locale__language_code"] == "nl":
        words = ngettext("%(who)s put %(n)d text into Dutch", "%(who)s put %(n)d texts into Dutch", row["count"])
    else:
        words = ngettext("%(who)s put %(n)d text into French", "%(who)s put %(n)d texts into French", row["count"])
    return Event(row["latest"], who, words % {"who": who, "n": row["count"]})


def history_of(page: Page, *, limit: int = SHOWN) -> list[Event]:
    """Return what happened to `page` and its translation, the latest first, in the active language."""
    languages = dict(
        Page.objects.filter(translation_key=page.translation_key).values_list("pk", "locale__language_code")
    )
    entries = PageLogEntry.objects.filter(page_id__in=languages).order_by("-timestamp", "-pk")[:READ]
    steps, rows = _steps(list(entries), languages)[:limit], _translations(page)
    named = {row["last_translated_by"] for row in rows} | {step.latest.user_id for step in steps}
    named |= {step.latest.data["from"] for step in steps if step.latest.action == log_words.TAKE_OVER}
    people: People = User.objects.in_bulk(named - {None})
    events = [_translated(row, people) for row in rows]
    for step in steps:
        by = step.latest.user_id
        who = get_user_display_name(people[by]) if by in people else _("Somebody") if by else _("The portal")
        events.append(Event(step.latest.timestamp, who, _words(step, who, people)))
    return sorted(events, key=lambda event: event.when, reverse=True)[:limit]
