"""Consultations, as residents may follow them: the key is the same in both languages."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.kinds import CONSULTATION
from participation.models import ConsultationPage
from residents.following import Followed, Subject


def _as_key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def find_consultations(keys: list[str]) -> dict[str, Followed]:
    """Return the consultations with these keys that readers may read, in the order of the keys."""
    wanted = {key: _as_key(key) for key in keys}
    pages = ConsultationPage.objects.live().public().in_language()
    pages = pages.filter(translation_key__in=[key for key in wanted.values() if key])
    found = {
        page.translation_key: page for page in pages.only("title", "translation_key", "url_path", "path", "locale")
    }
    return {
        text: Followed(found[key].title, found[key].url or "") for text, key in wanted.items() if key and key in found
    }


def choices() -> list[str]:
    """Return those that run or come: few at a time, and what became of the others is seen on their pages."""
    today, pages = timezone.localdate(), ConsultationPage.objects.live().public().in_language()
    open_ones = pages.running(on=today) | pages.coming(on=today)
    return [str(key) for key in open_ones.order_by("title").values_list("translation_key", flat=True)]


CONSULTATIONS = Subject(CONSULTATION, _("Consultations"), find=find_consultations, choices=choices)
