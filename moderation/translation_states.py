"""How far the other language of a draft is: counted from its words as they stand, writing nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page
from wagtail_localize.models import String, StringTranslation

from home.languages import other_language
from moderation.translations import strings_of


@dataclass(frozen=True)
class TranslationState:
    """Of `total` texts, `translated` are done by a person, `to_confirm` were proposed by a machine.

    `changed` have a translation, but of what stood there before the last edit.
    """

    language: str
    total: int
    translated: int
    has_page: bool
    to_confirm: int = 0
    changed: int = 0

    @property
    def is_ready(self) -> bool:
        return self.has_page and self.translated == self.total

    @property
    def is_missing(self) -> bool:
        return not self.has_page or (self.translated + self.to_confirm + self.changed == 0 and self.total > 0)

    @property
    def is_outdated(self) -> bool:
        return self.has_page and self.changed > 0

    @property
    def code(self) -> str:
        """One word for filters and colours."""
        if self.is_ready:
            return "ready"
        if self.is_missing:
            return "missing"
        return "outdated" if self.is_outdated else "begun"

    def __str__(self) -> str:
        if self.is_ready:
            return _("ready")
        if self.is_missing:
            return _("missing")
        if self.is_outdated:
            return ngettext(
                "out of date: %(changed)d text changed since",
                "out of date: %(changed)d texts changed since",
                self.changed,
            ) % {"changed": self.changed}
        if self.to_confirm and self.translated + self.to_confirm == self.total:
            return ngettext(
                "%(count)d text of the machine to confirm", "%(count)d texts of the machine to confirm", self.to_confirm
            ) % {"count": self.to_confirm}
        return ngettext("%(translated)d of %(total)d text", "%(translated)d of %(total)d texts", self.total) % {
            "translated": self.translated,
            "total": self.total,
        }


MANUAL, MACHINE = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE
Known = dict[str, dict[Any, str]]  # path -> hash of the source string -> by whom it was translated


def translation_states(drafts: Iterable[Page]) -> dict[Any, TranslationState]:
    """Return the state of each draft by its key, in three queries for all of them. A key stands once in `drafts`."""
    drafts = list(drafts)
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    keys = [draft.translation_key for draft in drafts]
    known: dict[tuple[Any, str], Known] = defaultdict(lambda: defaultdict(dict))
    for key, locale, path, data_hash, kind in StringTranslation.objects.filter(
        context__object_id__in=keys, has_error=False
    ).values_list("context__object_id", "locale_id", "context__path", "translation_of__data_hash", "translation_type"):
        known[key, codes[locale]][path][data_hash] = kind
    pages = set(Page.objects.filter(translation_key__in=keys).values_list("translation_key", "locale_id"))
    there = {(key, codes[locale]) for key, locale in pages}
    states = {}
    for draft in drafts:
        language = other_language(codes[draft.locale_id])
        place = (draft.translation_key, language)
        states[draft.translation_key] = _counted(draft, language, known[place], has_page=place in there)
    return states


def translation_state(draft: Page) -> TranslationState:
    """Return the state of one draft."""
    return translation_states([draft])[draft.translation_key]


def _counted(draft: Page, language: str, known: Known, *, has_page: bool) -> TranslationState:
    strings = [(string.path, String._get_data_hash(string.string.data)) for string in strings_of(draft)]
    current = set(strings)
    kinds = [known.get(path, {}).get(data_hash) for path, data_hash in strings]
    stale = {path for path, here in known.items() if any((path, data_hash) not in current for data_hash in here)}
    changed = sum(kind is None and path in stale for kind, (path, _hash) in zip(kinds, strings, strict=True))
    return TranslationState(language, len(strings), kinds.count(MANUAL), has_page, kinds.count(MACHINE), changed)
