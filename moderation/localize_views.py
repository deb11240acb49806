"""Ours in the place of localize's own views that publish, or that set a translation loose.

Localize asks for one permission that holds everywhere. Here one must be able to edit the source, and to decide
over its translation.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from moderation.actions import prepare_translation
from moderation.drafts import told_as_open
from moderation.permissions import can_translate
from moderation.translations import latest_draft, source_page, target_locale


def submit_page_translation(request: Any, page_id: int) -> HttpResponse:
    """Confirm on GET; on POST make the page's latest draft ready to translate, and go to its translation."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    page = source_page(page) or page
    if not can_translate(request.user, page.specific):
        raise PermissionDenied
    if request.method == "POST":
        try:
            translation = prepare_translation(page, user=request.user)
        except ValidationError as error:  # localize makes no translation of a draft that lacks a field
            messages.error(request, told_as_open(latest_draft(page)) or " ".join(error.messages))
            return redirect("wagtailadmin_pages:edit", page.pk)
        return redirect("wagtailadmin_pages:edit", translation.get_target_instance().pk)
    return render(
        request, "moderation/confirm_translation.html", {"page": page, "language": target_locale(page).language_code}
    )


def update_translations(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """The same, for a page that was translated before."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    page = Page.objects.filter(translation_key=source.object_id, locale=source.locale).first()
    if page is None:
        raise Http404
    return submit_page_translation(request, page.pk)


def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """An address of localize's that would take a page out of the review of both languages, or asks for no permission:

    its lists of things show senders and mails to whoever may enter the admin, its report tells of live texts only.
    """
    raise PermissionDenied
