"""Who else has a text open, in either language. Wagtail notes it for each page; here the two pages are one text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.models import EditingSession
from wagtail.admin.ui.editing_sessions import EditingSessionsModule
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, get_default_page_content_type

from residents.models import User


def others_at(page: Page, *, user: User, now: datetime) -> list[User]:
    """Return the people who have `page` or its translation open, in alphabetical order."""
    pages = Page.objects.filter(translation_key=page.translation_key).values_list("pk", flat=True)
    sessions = EditingSession.objects.filter(
        content_type=get_default_page_content_type(),
        object_id__in=[str(pk) for pk in pages],
        last_seen_at__gte=now - EditingSession.IDLE_TIMEOUT,
    )
    people = User.objects.filter(pk__in=sessions.values("user")).exclude(pk=user.pk)
    return list(people.order_by("first_name", "last_name", "email"))


def tell_presence(request: Any, page: Page) -> None:
    """Say who has the text open already, to whoever opens it now."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    others = others_at(page, user=request.user, now=timezone.now())
    if others:
        names = ", ".join(map(get_user_display_name, others))
        messages.info(request, _("Also at this text at the moment: %(names)s. Agree on who writes.") % {"names": names})


class TranslationSession(EditingSessionsModule):
    """Wagtail's, without the question before one saves over a newer version: a translation has no versions to lose."""

    template_name = "moderation/translation_session.html"


def session_at(source: Page, user: User) -> TranslationSession:
    """Take a place at the original of a translation, so that whoever writes there sees who translates, and is seen."""
    EditingSession.cleanup()
    session = EditingSession.objects.create(
        user=user,
        content_type=get_default_page_content_type(),
        object_id=str(source.pk),
        last_seen_at=timezone.now(),
    )
    ping = reverse("wagtailadmin_editing_sessions:ping", args=("wagtailcore", "page", source.pk, session.pk))
    return TranslationSession(session, ping, reverse("wagtailadmin_editing_sessions:release", args=[session.pk]), [])
