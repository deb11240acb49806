"""Deleting an account in Wagtail's own screens goes by the same rules as closing it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from residents.models import User
from residents.my_data.closing import Reason, close_account


def _close(user: User) -> None:
    close_account(user=user, keep=True, reason=Reason.ADMINISTRATOR, now=timezone.now())


def before_delete_user(request: HttpRequest, user: User) -> HttpResponse | None:
    """Wagtail has asked, and checked who may; what it would delete by itself is closed here."""
    if request.method != "POST":
        return None
    name = str(user)
    _close(user)
    messages.success(
        request, _("The account of %(name)s is closed; what they wrote stays without their name.") % {"name": name}
    )
    return redirect("wagtailusers_users:index")


def before_bulk_action(request: HttpRequest, action_type: str, objects: list[Any], view: Any) -> HttpResponse | None:
    """The same, for several accounts at once."""
    if action_type != "delete" or not all(isinstance(each, User) for each in objects):
        return None
    for user in objects:
        _close(user)
    count = len(objects)
    words = ngettext("%(count)d account is closed.", "%(count)d accounts are closed.", count) % {"count": count}
    messages.success(request, words)
    return redirect(view.next_url)
