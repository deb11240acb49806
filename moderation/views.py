"""The desk's own addresses in the admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from moderation import actions
from moderation.forms import TakeOverForm


@require_POST
def take_over(request: Any, page_id: int) -> HttpResponse:
    """Make the person the one who looks after the text, and go to it."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1)
    form = TakeOverForm(request.POST)
    owner_id = form.cleaned_data["owner"] if form.is_valid() else 0
    try:
        draft = actions.take_over(page=page, user=request.user, owner_id=owner_id)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("wagtailadmin_home")
    messages.success(request, _("You look after “%(title)s” from now on.") % {"title": draft.get_admin_display_title()})
    return redirect("wagtailadmin_pages:edit", page.pk)
