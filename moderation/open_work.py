"""What keeps people who work for the commune from closing their own account: texts that would have nobody."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, WorkflowState

from moderation.models import FastTrack
from residents.my_data.closing import register_obstacle
from residents.querysets import staff


def register_obstacles() -> None:
    register_obstacle("open_texts", open_texts)
    register_obstacle("last_administrator", last_administrator)


def open_texts(user: Any) -> str:
    """Say how many texts the person still looks after: drafts, texts under review, uses of the fast track to check."""
    drafts = Page.objects.filter(Q(live=False, first_published_at=None) | Q(has_unpublished_changes=True), owner=user)
    reviews = WorkflowState.objects.active().filter(requested_by=user, base_content_type__model="page")
    pages = {str(pk) for pk in drafts.values_list("pk", flat=True)} | set(reviews.values_list("object_id", flat=True))
    count = len(pages) + FastTrack.objects.unchecked().filter(used_by=user).count()
    if not count:
        return ""
    return ngettext(
        "You still look after %(count)d text that is not finished. Hand it over to a colleague, or ask an administrator to "
        "close your account.",
        "You still look after %(count)d texts that are not finished. Hand them over to a colleague, or ask an "
        "administrator to close your account.",
        count,
    ) % {"count": count}


def last_administrator(user: Any) -> str:
    """A portal that nobody administers can't be taken up again from its screens."""
    if not (user.is_active and user.has_perm("residents.delete_user")):
        return ""
    others = staff().filter(Q(is_superuser=True) | Q(groups__permissions__codename="delete_user")).exclude(pk=user.pk)
    return "" if others.exists() else _("You are the only administrator: first make somebody else one.")
