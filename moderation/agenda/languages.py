"""How far the other language is, for many texts at once.

`moderation.translation_states` reads the words of one draft, and decides over its approval. A calendar
of hundreds counts what localize has noted instead, and says where a draft was saved since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation

from home.languages import other_language
from moderation.translation_states import TranslationState


@dataclass(frozen=True)
class NotedState(TranslationState):
    """As counted when the translation was last prepared; out of date once the draft was saved after that."""

    is_outdated: bool = False

    @property
    def is_ready(self) -> bool:
        return super().is_ready and not self.is_outdated

    def __str__(self) -> str:
        if self.is_outdated and not self.is_missing:
            return _("to be seen again: the text changed")
        return super().__str__()


def noted_states(originals: dict[UUID, str]) -> dict[UUID, NotedState]:
    """Return the state of the other language of each document; `originals` says in which one it was written."""
    pages = Page.objects.filter(translation_key__in=originals)
    rows = pages.values_list("translation_key", "locale__language_code", "latest_revision__created_at")
    saved = {(key, code): moment for key, code, moment in rows}
    counted = {(row["source__object_id"], row["target_locale__language_code"]): row for row in _counted(originals)}
    states = {}
    for key, code in originals.items():
        target = other_language(code)
        row, draft = counted.get((key, target)), saved.get((key, code))
        states[key] = NotedState(
            language=target,
            total=row["total"] if row else 1,
            translated=row["translated"] if row else 0,
            has_page=(key, target) in saved,
            is_outdated=bool(row and draft and row["source__last_updated_at"] < draft),
        )
    return states


def _counted(keys: Iterable[UUID]) -> list[dict[str, Any]]:
    """Return, for each translation of these documents, how many of its strings there are, and are translated."""
    known = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef("source__translations__target_locale"),
        has_error=False,
    )
    segments = StringSegment.objects.filter(source__object_id__in=list(keys), source__translations__enabled=True)
    names = ("source__object_id", "source__last_updated_at", "source__translations__target_locale__language_code")
    counts = segments.annotate(is_known=Exists(known)).values(*names)
    counts = counts.annotate(total=Count("pk"), translated=Count("pk", filter=Q(is_known=True))).order_by()
    return [{**row, "target_locale__language_code": row[names[2]]} for row in counts]
