"""Consultations on other features' pages, and in any text."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from wagtail.models import Page

from home.frame import Frame
from home.languages import active_language
from home.models import Neighbourhood, Street
from home.outlines import Bounds
from participation.answering.polls import poll_of
from participation.invitations import Invitation, invitations
from participation.models import ConsultationIndexPage, ConsultationPage
from participation.parts import Part, parts_below
from participation.querysets import ConsultationQuerySet
from participation.surveys.keeping_apart import answered_by
from residents.querysets import neighbourhoods_of

register = template.Library()


def _listed() -> ConsultationQuerySet:
    pages: ConsultationQuerySet = ConsultationPage.objects.live().public().in_language()
    return pages


def _running() -> ConsultationQuerySet:
    return _listed().running(on=timezone.localdate()).ending_first().for_cards()


def _index(context: dict[str, Any]) -> Page | None:
    upper = Frame.of(context.get("request")).first(ConsultationIndexPage)
    return upper.page() if upper else None


def _index_url(context: dict[str, Any]) -> str:
    return Frame.of(context.get("request")).address_of(ConsultationIndexPage)


@register.inclusion_tag("participation/_open_consultations.html", takes_context=True)
def open_consultations(context: dict[str, Any], count: int = 3) -> dict[str, Any]:
    """What runs now, for the home page; nothing at all when nothing runs."""
    return {
        "consultations": _running()[:count],
        "index_url": _index_url(context),
        "request": context.get("request"),
    }


@register.inclusion_tag("participation/_consultations_of_place.html", takes_context=True)
def consultations_of_place(context: dict[str, Any], neighbourhood: Neighbourhood, count: int = 3) -> dict[str, Any]:
    """What runs in one neighbourhood or in the whole commune."""
    return {
        "consultations": _running().about(neighbourhood)[:count],
        "neighbourhood": neighbourhood,
        "index_url": _index_url(context),
        "request": context.get("request"),
    }


@register.simple_tag(takes_context=True)
def asked_near_me(context: dict[str, Any], count: int = 3) -> list[Invitation]:
    """What the reader can do today: where they live, in what they follow, and in the whole commune."""
    user = context["request"].user
    places = set(neighbourhoods_of(user).values_list("pk", flat=True))
    done = set(answered_by(user)) if user.is_authenticated else set()
    found = invitations(_running().near(user), index=_index(context), now=timezone.now(), places=places, done=done)
    return found[:count]


@register.simple_tag(takes_context=True)
def asked_today(context: dict[str, Any], count: int = 6) -> list[Invitation]:
    """What anybody can do today, on the list of consultations; as far as the chosen filters allow."""
    form, index, today = context["form"], context["page"], context["today"]
    chosen = form.chosen()
    if chosen.get("state", "running") != "running" or context["results"].number > 1:
        return []
    running = form.filtered(index.consultations().running(on=today), on=today).for_cards()
    place = chosen.get("neighbourhood")
    alone = None if "theme" in chosen else index
    return invitations(running, index=alone, now=timezone.now(), places=[place.pk] if place else None)[:count]


@register.inclusion_tag("participation/_take_part_card.html", takes_context=True)
def take_part(context: dict[str, Any], page: Page | None) -> dict[str, Any]:
    """The card of a chosen page in the reader's language; nothing while it can't be read."""
    shown: dict[str, Any] = {"request": context.get("request")}
    if page is None:
        return shown
    consultation = _listed().filter(translation_key=page.translation_key).for_cards().first()
    if consultation:
        return {**shown, "consultation": consultation}
    part = _part(page)
    return {**shown, "part": part, "poll": poll_of(part) if part and part.is_open_now else None}


def _part(page: Page) -> Part | None:
    translated = (
        Page.objects.live()
        .public()
        .filter(translation_key=page.translation_key, locale__language_code=active_language())
    )
    found = translated.first()
    if found is None:
        return None
    below = parts_below([found.get_parent()])
    parts = [part for parts in below.values() for part in parts]
    return next((part for part in parts if part.key == page.translation_key), None)


@register.simple_tag(takes_context=True)
def other_invitations(context: dict[str, Any], page: Page, count: int = 3) -> list[Invitation]:
    """What else the reader can do today, once they have done what `page` asks."""
    found = asked_near_me(context, count=count + 1)
    return [one for one in found if one.url != page.url][:count]


@register.simple_tag
def map_to_point_at() -> dict[str, Any]:
    """The commune's outlines in one drawing, its neighbourhoods by number, and whether streets can be looked for."""
    places = list(Neighbourhood.objects.drawn())
    drawn = [place for place in places if place.outline_bounds]
    bounds = Bounds.around(place.outline_bounds for place in drawn)
    return {
        "places": drawn,
        "near": [(str(place.pk), place.name) for place in places],
        "view_box": bounds.view_box() if bounds else "",
        "pin": round((bounds.right - bounds.left) / 60) if bounds else 0,
        "has_streets": Street.objects.exists(),
    }
