"""The other language of a text under review.

Wagtail-localize keeps its strings by page key and path, and reads its source from the page's live row. What the desk
reviews is the latest draft; so the few places where localize has to be led to the draft stand here, and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalManyToManyField
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import SegmentOverride, String, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from home.languages import other_language

if TYPE_CHECKING:
    from residents.models import User


@dataclass(frozen=True)
class TranslationState:
    """How far the other language of one draft is: `translated` of `total` strings have their translation."""

    language: str
    total: int
    translated: int
    has_page: bool

    @property
    def is_ready(self) -> bool:
        return self.has_page and self.translated == self.total

    @property
    def is_missing(self) -> bool:
        return not self.has_page or (self.translated == 0 and self.total > 0)

    def __str__(self) -> str:
        if self.is_ready:
            return _("ready")
        if self.is_missing:
            return _("missing")
        return ngettext("%(translated)d of %(total)d text", "%(translated)d of %(total)d texts", self.total) % {
            "translated": self.translated,
            "total": self.total,
        }


def target_locale(page: Page) -> Locale:
    return Locale.objects.get(language_code=other_language(page.locale.language_code))


def source_page(page: Page) -> Page | None:
    """Return the page whose words `page` is translated from; None when `page` is itself written by hand."""
    translation = (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True)
        .select_related("source")
        .first()
    )
    if translation is None:
        return None
    return Page.objects.filter(translation_key=page.translation_key, locale=translation.source.locale_id).first()


def latest_draft(page: Page) -> Page:
    """Return `page` with the words of its latest version, asked of the database anew: `page` may be an old copy."""
    draft: Page = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    return draft


def _strings(page: Page) -> list[StringSegmentValue]:
    return [segment for segment in extract_segments(page) if isinstance(segment, StringSegmentValue)]


def translation_state(draft: Page) -> TranslationState:
    """Count, for the words of `draft` as they stand, how many have their translation. It writes nothing."""
    locale = target_locale(draft)
    known = {
        (path, data_hash)
        for path, data_hash in StringTranslation.objects.filter(
            context__object_id=draft.translation_key, locale=locale, has_error=False
        ).values_list("context__path", "translation_of__data_hash")
    }
    strings = _strings(draft)
    translated = sum((string.path, String._get_data_hash(string.string.data)) in known for string in strings)
    has_page = Page.objects.filter(translation_key=draft.translation_key, locale=locale).exists()
    return TranslationState(locale.language_code, len(strings), translated, has_page)


def is_translated_since(page: Page, moment: datetime, *, by_others_than: User) -> bool:
    """Whether somebody else changed a word of the other language of `page` after `moment`."""
    changed = {"context__object_id": page.translation_key, "locale": target_locale(page), "updated_at__gt": moment}
    return any(
        model.objects.filter(**changed).exclude(last_translated_by=by_others_than).exists()
        for model in (StringTranslation, SegmentOverride)
    )


def _read_from(source: TranslationSource, draft: Page) -> None:
    """Put the words of `draft` into localize's source; translations of strings that did not change remain."""
    source.get_source_instance = lambda: draft
    source.update_from_db()


@transaction.atomic
def prepare_translation(page: Page, *, user: User | None) -> Translation:
    """Make `page`'s latest draft ready to be translated, and return the translation to work on.

    Nothing that is live changes: the page in the other language is made as a draft when there is none yet.
    """
    draft = latest_draft(page)
    source, created = TranslationSource.get_or_create_from_instance(draft)
    if not created and source.last_updated_at < draft.latest_revision.created_at:
        _read_from(source, draft)
    locale = target_locale(draft)
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    if not Page.objects.filter(translation_key=draft.translation_key, locale=locale).exists():
        source.get_source_instance = lambda: draft
        translation.source = source
        translation.save_target(user=user, publish=False)
    return translation


def save_translated_draft(page: Page, *, user: User | None) -> Revision:
    """Save the other language of `page`'s latest draft as a draft of its own page, and return that revision.

    Raises MissingTranslationError when a string has no translation.
    """
    translation = prepare_translation(page, user=user)
    source, draft = translation.source, latest_draft(page)
    source.get_source_instance = lambda: draft
    stored = Page.objects.get(translation_key=draft.translation_key, locale=translation.target_locale)
    instance = source.get_ephemeral_translated_instance(translation.target_locale, fallback=False)
    instance.slug = _slug_for(instance, stored, draft)
    for field in draft._meta.many_to_many:
        # Localize leaves an emptied one as it was (fields.py: copy_synchronised_fields).
        if isinstance(field, ParentalManyToManyField):
            setattr(instance, field.name, list(getattr(draft, field.name).all()))
    revision: Revision = instance.save_revision(user=user)
    return revision


def _slug_for(instance: Page, stored: Page, draft: Page) -> str:
    """An address never changes once it was public or chosen; before, it follows the translated title."""
    if stored.first_published_at or stored.slug != draft.slug:
        return str(stored.slug)
    return str(find_available_slug(stored.get_parent(), slugify(instance.title) or "page", ignore_page_id=stored.pk))


def supply_translation(translation: Translation, words: Page, *, user: User | None = None) -> None:
    """Fill `translation` with the strings of `words`, a page of the same shape in the other language.

    Strings are paired by path and position, so both must have the same blocks (with the same ids) and paragraphs.
    Raises ValueError when they don't.
    """
    supplied: dict[str, list[str]] = defaultdict(list)
    for segment in _strings(words):
        supplied[segment.path].append(segment.string.data)
    rows = []
    for segment in translation.source.stringsegment_set.select_related("context").order_by("order"):
        if not supplied[segment.context.path]:
            raise ValueError(f"{translation.source.object_repr}: no translation at {segment.context.path}")
        rows.append(
            StringTranslation(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale_id=translation.target_locale_id,
                data=supplied[segment.context.path].pop(0),
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by=user,
            )
        )
    left = [path for path, strings in supplied.items() if strings]
    if left:
        raise ValueError(f"{translation.source.object_repr}: more strings than in the source at {', '.join(left)}")
    StringTranslation.objects.bulk_create(rows, ignore_conflicts=True)


def words_of(page: Page, values: dict[str, Any]) -> Page:
    """Return a copy of `page`, not to be saved, with the fields of `values`: the words to supply a translation with."""
    copy = page.specific_class(translation_key=page.translation_key, locale_id=page.locale_id)
    for name, value in values.items():
        setattr(copy, name, value)
    return copy
