"""What is decided after something went live, or past the usual review: the fast track, an owed language, other channels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, Count, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import MissingTranslationError

from home.languages import other_language
from home.models import CommuneSettings
from moderation import actions, permissions
from moderation.drafts import told_as_open
from moderation.models import Channel, Diversion, FastTrack, Release
from moderation.reviews import tell_published
from moderation.translation_states import translation_state
from moderation.translations import latest_draft, live_text, source_page
from moderation.working_days import working_day_before

PER_PAGE = 50


class FastTrackForm(forms.Form):
    """Why it can't wait and, when the other language isn't complete, why one goes first."""

    reason = forms.CharField(
        label=gettext_lazy("Why it can't wait"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    alone_because = forms.CharField(
        label=gettext_lazy("Why one language goes first"),
        help_text=gettext_lazy("It stands in the report on equal treatment."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, is_complete: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_complete:
            del self.fields["alone_because"]


def fast_track(request: Any, page_id: int) -> HttpResponse:
    """Ask why; on POST publish at once what can't wait."""
    page = get_object_or_404(Page, pk=page_id).specific
    page = (source_page(page) or page).specific
    if not permissions.can_fast_track(request.user, page):
        raise PermissionDenied
    draft = latest_draft(page)
    state = translation_state(draft)
    wish = {"reason": getattr(draft, "urgent_because", "")}
    form = FastTrackForm(request.POST or None, initial=wish, is_complete=state.is_ready)
    obstacle = told_as_open(draft)
    if form.is_valid() and not obstacle:
        try:
            actions.use_fast_track(page=page, user=request.user, **form.cleaned_data)
            tell_published(request, page)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"page": page, "form": form, "state": state, "obstacle": obstacle}
    return render(request, "moderation/fast_track.html", context)


class CheckForm(forms.Form):
    word = forms.CharField(
        label=gettext_lazy("What you found (may stay empty)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _live_sides(translation_key: Any) -> list[dict[str, Any]]:
    """Return what readers have, in each language in which it is live."""
    pages = Page.objects.filter(translation_key=translation_key, live=True).select_related("locale")
    return [
        {
            "language": page.locale.language_code,
            "url": page.url,
            "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
            "edit_words": _("Adjust"),
        }
        for page in pages.order_by("locale__language_code")
    ]


def check_fast_track(request: Any, use_id: int) -> HttpResponse:
    """Show what was published at once, in both languages; on POST note that a second person looked."""
    use = get_object_or_404(FastTrack.objects.select_related("used_by", "department"), pk=use_id)
    if not permissions.is_of_the_desk(request.user):
        raise PermissionDenied
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.check_fast_track(use=use, user=request.user, word=form.cleaned_data["word"])
        messages.success(request, _("Checked: “%(title)s”.") % {"title": use.title})
        return redirect("queue")
    context = {
        "use": use,
        "form": form,
        "sides": _live_sides(use.translation_key),
        "may_check": permissions.can_check(request.user, use),
    }
    return render(request, "moderation/check_fast_track.html", context)


def fast_tracks(request: HttpRequest) -> HttpResponse:
    """List each use of the fast track with its reason, and who looked afterwards; what nobody did in time stands out."""
    if not permissions.is_of_the_desk(request.user):
        raise PermissionDenied
    late = working_day_before(timezone.now(), commune=CommuneSettings.load())
    uses = FastTrack.objects.select_related("department", "used_by", "checked_by").annotate(
        is_late=Case(When(checked_at=None, used_at__lt=late, then=True), default=False)
    )
    unchecked = FastTrack.objects.unchecked()
    context = {
        "results": Paginator(uses, PER_PAGE).get_page(request.GET.get("p")),
        "total": FastTrack.objects.count(),
        "waiting": unchecked.count(),
        "late": unchecked.filter(used_at__lt=late).count(),
    }
    return render(request, "moderation/fast_tracks.html", context)


def owed_language(request: Any, release_id: int) -> HttpResponse:
    """Show how far the language is that is owed; on POST go and translate it, or publish it."""
    release = get_object_or_404(Release, pk=release_id)
    if not permissions.is_of_the_desk(request.user):
        raise PermissionDenied
    page = None
    if release.missing_language and not release.ended_at:
        alone = Page.objects.filter(locale__language_code=other_language(release.missing_language), live=True)
        page = alone.filter(translation_key=release.translation_key).first()
    if page is None:
        messages.info(request, _("Nothing is owed here any more."))
        return redirect("queue")
    words = live_text(page)
    if request.method == "POST":
        return _settle(request, page, words)
    sides = _live_sides(release.translation_key)
    context = {"release": release, "page": page, "state": translation_state(words), "sides": sides}
    return render(request, "moderation/owed_language.html", context)


def _settle(request: Any, page: Page, words: Page) -> HttpResponse:
    if "translate" in request.POST:
        translation = actions.prepare_translation(page, user=request.user, words=words)
        return redirect("wagtailadmin_pages:edit", translation.get_target_instance().pk)
    try:
        actions.publish_owed_language(page=page, user=request.user)
    except MissingTranslationError:
        messages.error(request, _("Some texts have no translation yet."))
        return redirect(request.path)
    tell_published(request, page)
    return redirect("queue")


def other_channels(request: HttpRequest) -> HttpResponse:
    """List what was closed with "not this channel", counted by channel, with a way back."""
    if not permissions.is_of_the_desk(request.user):
        raise PermissionDenied
    diversions = Diversion.objects.select_related("channel", "decided_by", "reopened_by", "task_state__workflow_state")
    page = Paginator(diversions.prefetch_related("task_state__workflow_state__content_object"), PER_PAGE)
    channels = Channel.objects.annotate(count=Count("diversions")).filter(count__gt=0).order_by("-count", "name_fr")
    context = {"results": page.get_page(request.GET.get("p")), "channels": channels}
    return render(request, "moderation/other_channels.html", context)


@require_POST
def reopen(request: Any, diversion_id: int) -> HttpResponse:
    """Put a text that was closed for another channel back into the queue."""
    if not permissions.is_of_the_desk(request.user):
        raise PermissionDenied
    diversion = get_object_or_404(Diversion, pk=diversion_id)
    try:
        started = actions.reopen(diversion=diversion, user=request.user)
    except PermissionDenied:
        messages.error(request, _("This text is being reviewed again already, or is no longer there."))
        return redirect("other_channels")
    if started is None:
        messages.info(request, _("Somebody took it up again already."))
        return redirect("other_channels")
    messages.success(request, _("Back in the queue."))
    return redirect("review", started.pk)
