"""The other language of a text under review.

Wagtail-localize keeps its strings by page key and path, and reads its source from the page's live row. What the desk
reviews is the latest draft; so the few places where localize has to be led to the draft stand here, and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.fields import ParentalManyToManyField
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import BaseValue
from wagtail_localize.strings import StringValue

from home.languages import other_language

if TYPE_CHECKING:
    from residents.models import User


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


def live_text(page: Page) -> Page:
    """Return `page` as readers have it."""
    live: Page = Page.objects.get(pk=page.pk).specific
    return live


def strings_of(page: Page) -> list[StringSegmentValue]:
    return [segment for segment in extract_segments(page) if isinstance(segment, StringSegmentValue)]


def texts_of(page: Page) -> list[tuple[str, str]]:
    """Return each text of `page` that is translated, with its path ("title", "body.<id of the block>"); it may be HTML."""
    return [(string.path, string.string.data) for string in strings_of(page)]


@transaction.atomic
def confirm_machine_words(*, page: Page, user: User) -> int:
    """Take the texts that a machine proposed for the other language of `page` as read and right; return how many."""
    proposed = StringTranslation.objects.filter(
        context__object_id=page.translation_key,
        locale=target_locale(page),
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    return int(
        proposed.update(
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=user,
            updated_at=timezone.now(),
        )
    )


def is_translated_since(page: Page, moment: datetime, *, by_others_than: User) -> bool:
    """Whether somebody else changed a word of the other language of `page` after `moment`."""
    changed = {"context__object_id": page.translation_key, "locale": target_locale(page), "updated_at__gt": moment}
    return any(
        model.objects.filter(**changed).exclude(last_translated_by=by_others_than).exists()
        for model in (StringTranslation, SegmentOverride)
    )


def _read_from(source: TranslationSource, draft: Page) -> None:
    """Put the words of `draft` into localize's source; translations of strings that did not change remain."""
    if source.content_json == draft.to_json():
        return  # Reading costs some queries for each string, and would leave everything as it is.
    source.get_source_instance = lambda: draft
    source.update_from_db()


@transaction.atomic
def prepare_translation(page: Page, *, user: User | None, words: Page | None = None) -> Translation:
    """Make `page`'s latest draft (or `words`, another version of it) ready to be translated; return the translation.

    Nothing that is live changes: the page in the other language is made as a draft when there is none yet.
    """
    draft = words or latest_draft(page)
    source, created = TranslationSource.get_or_create_from_instance(draft)
    if not created:
        # Also when the draft is older than the source: the source may hold the live text since (an owed language).
        _read_from(source, draft)
    locale = target_locale(draft)
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    if not Page.objects.filter(translation_key=draft.translation_key, locale=locale).exists():
        _begin_page(translation, draft, user=user, is_untouched=created)
    return translation


def _begin_page(translation: Translation, draft: Page, *, user: User | None, is_untouched: bool) -> None:
    """Make the page in the other language, a draft. Raises ValidationError where `draft` lacks a field."""
    source = translation.source
    if is_untouched:
        # Localize would write the copy a second time, to put what is translated into it.
        draft.full_clean()
        source.sync_view_restrictions(draft, draft.copy_for_translation(translation.target_locale, copy_parents=True))
        return
    source.get_source_instance = lambda: draft
    translation.save_target(user=user, publish=False)


def save_translated_draft(page: Page, *, user: User | None, words: Page | None = None) -> Revision:
    """Save the other language of `page`'s latest draft (or of `words`) as a draft of its own page; return that revision.

    Raises MissingTranslationError when a string has no translation.
    """
    draft = words or latest_draft(page)
    translation = prepare_translation(page, user=user, words=draft)
    stored = Page.objects.get(translation_key=draft.translation_key, locale=translation.target_locale)
    instance = _translated(translation, draft, fallback=False)
    instance.slug = _slug_for(instance, stored, draft)
    instance.expire_at = draft.expire_at
    for field in draft._meta.many_to_many:
        # Localize leaves an emptied one as it was (fields.py: copy_synchronised_fields).
        if isinstance(field, ParentalManyToManyField):
            setattr(instance, field.name, list(getattr(draft, field.name).all()))
    revision: Revision = instance.save_revision(user=user)
    return revision


def _translated(translation: Translation, draft: Page, *, fallback: bool) -> Page:
    source = translation.source
    source.get_source_instance = lambda: draft
    instance: Page = source.get_ephemeral_translated_instance(translation.target_locale, fallback=fallback)
    return instance


def preview_translation(page: Page) -> Page | None:
    """Return the other language of `page`'s latest draft as it stands, not to be saved; untranslated texts stay as they are.

    None when nobody has begun it.
    """
    draft = latest_draft(page)
    translation = Translation.objects.filter(
        source__object_id=draft.translation_key, source__locale=draft.locale_id, target_locale=target_locale(draft)
    ).first()
    exists = Page.objects.filter(translation_key=draft.translation_key, locale=target_locale(draft)).exists()
    if not translation or not exists:
        return None
    segments = _as_they_stand(translation, draft)
    translation.source.as_instance = lambda: draft
    translation.source._get_segments_for_translation = lambda locale, fallback: segments
    return _translated(translation, draft, fallback=True)


def _as_they_stand(translation: Translation, draft: Page) -> list[BaseValue]:
    """Return what `draft` itself consists of, its strings translated where they are: localize's source may be older."""
    locale = translation.target_locale
    done = StringTranslation.objects.filter(context__object_id=draft.translation_key, locale=locale, has_error=False)
    known = {
        (path, data_hash): data
        for path, data_hash, data in done.values_list("context__path", "translation_of__data_hash", "data")
    }
    segments = extract_segments(draft)
    paths = {segment.path for segment in segments}
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            data = known.get((segment.path, String._get_data_hash(segment.string.data)))
            segment.string = StringValue(data) if data else segment.string
    kept = [each for each in segments if isinstance(each, (StringSegmentValue, TemplateSegmentValue))]
    chosen = translation.source._get_segments_for_translation(locale, fallback=True)
    return kept + [each for each in chosen if isinstance(each, OverridableSegmentValue) and each.path in paths]


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
    for segment in strings_of(words):
        supplied[segment.path].append(segment.string.data)
    rows = []
    for segment in translation.source.stringsegment_set.select_related("context").order_by("order"):
        if not supplied[segment.context.path]:
            raise ValueError(f"{translation.source.object_repr}: no translation at {segment.context.path}")
        rows.append(_string_translation(translation, segment, supplied[segment.context.path].pop(0), user))
    left = [path for path, strings in supplied.items() if strings]
    if left:
        raise ValueError(f"{translation.source.object_repr}: more strings than in the source at {', '.join(left)}")
    StringTranslation.objects.bulk_create(rows, ignore_conflicts=True)


def _string_translation(
    translation: Translation, segment: StringSegment, text: str, user: User | None
) -> StringTranslation:
    return StringTranslation(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
        data=text,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        last_translated_by=user,
    )


@transaction.atomic
def keep_other_words(*, page: Page, values: dict[str, Any], user: User | None) -> None:
    """Keep `values`, fields of `page` in its other language, for its translator; what was translated already stays."""
    translation = prepare_translation(page, user=user)
    supplied: dict[str, list[str]] = defaultdict(list)
    for path, text in texts_of(words_of(page, values)):
        supplied[path].append(text)
    segments = translation.source.stringsegment_set.filter(context__path__in=supplied).order_by("order")
    StringTranslation.objects.bulk_create(
        [
            _string_translation(translation, segment, supplied[segment.context.path].pop(0), user)
            for segment in segments.select_related("context")
            if supplied[segment.context.path]
        ],
        ignore_conflicts=True,
    )


def words_of(page: Page, values: dict[str, Any]) -> Page:
    """Return a copy of `page`, not to be saved, with the fields of `values`: the words to supply a translation with."""
    copy = page.specific_class(translation_key=page.translation_key, locale_id=page.locale_id)
    for name, value in values.items():
        setattr(copy, name, value)
    return copy
