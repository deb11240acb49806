"""Wagtail's logs keep who did what by a number that outlives the account, and call an account by its name."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import ModelLogEntry, PageLogEntry

GONE = "–"


def _about(user: Any) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(user), object_id=str(user.pk))


def model_entries(user: Any) -> QuerySet[ModelLogEntry]:
    """Return what `user` did to records, and what was done to their account."""
    return ModelLogEntry.objects.filter(Q(user=user) | _about(user))


def forget_in_models_log(user: Any) -> None:
    """That an administrator did something to an account stays on record; to whose, does not."""
    ModelLogEntry.objects.filter(_about(user)).update(label=GONE, object_id=GONE, data={})
    ModelLogEntry.objects.filter(user=user).update(user=None)


def forget_in_pages_log(user: Any) -> None:
    """Take the account out, also where a text was taken over from it (moderation.take_over)."""
    PageLogEntry.objects.filter(action="moderation.take_over", data__from=user.pk).update(data={})
    PageLogEntry.objects.filter(user=user).update(user=None)
