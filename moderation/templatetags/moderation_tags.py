"""For what stands around Wagtail's editor."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from wagtail.models import Page

from home.advice import Advice
from moderation.advice import advise
from moderation.models import Guide
from moderation.permissions import is_of_the_desk
from moderation.presence import session_at
from moderation.side_panels import panels_beside
from moderation.translation_states import translation_state
from moderation.translations import latest_draft, source_page

register = template.Library()


@register.simple_tag(takes_context=True)
def add_side_panels(context: Any) -> str:
    """Put the portal's own panels beside the editor's form, after Wagtail's first: 7.4 has no hook for pages.

    In localize's editor, which knows nobody else, also those who have the text open.
    """
    request, panels = context["request"], context["side_panels"]
    if "parent_page" in context:
        panels[1:1] = panels_beside(context["form"].instance, request, place=context["parent_page"])
        return ""
    page, translation = context.get("page") or context["instance"], context.get("translation")
    if not isinstance(page, Page):
        return ""
    panels[1:1] = panels_beside(page, request, place=page, translation=translation)
    original = source_page(page) if translation else None
    if original and original.specific.permissions_for_user(request.user).can_edit():
        context["editing_sessions"] = session_at(original, request.user)
    return ""


@register.simple_tag
def advice_on(draft: Page) -> list[Advice]:
    return advise(draft, now=timezone.now())


@register.simple_tag
def guide_for(audience: str) -> Guide | None:
    """Return the rules of the game for `audience` (a value of Guide.Audience), for a form of theirs."""
    return Guide.objects.filter(audience=audience).first()


@register.inclusion_tag("moderation/_other_language.html", takes_context=True)
def other_language(context: Any, page: Page) -> dict[str, Any]:
    """Say above the editor how far the other language of its latest draft is; it comes anew with each save."""
    if not page.latest_revision_id or source_page(page):
        return {}
    state = translation_state(latest_draft(page))
    review = page.current_workflow_task_state if is_of_the_desk(context["request"].user) else None
    translated = page.get_translations().filter(locale__language_code=state.language).first()
    return {"state": state, "translated": translated, "review": review}
