"""A board's page: what is asked, what one can do and until when, and its ideas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.frame import Frame
from home.tiles import with_tiles
from participation.ideas.kinds import BoardAccess, State
from participation.ideas.permissions import COMMENTS, IDEAS, SUPPORTS, why_not_propose
from participation.ideas.screens.lists import IdeaListForm
from participation.ideas.screens.maps import map_of
from participation.ideas.screens.remedies import refusal_of
from participation.ideas.standing import place_of
from participation.models import Idea, IdeaBoardPage
from residents.models import Voter

DEEDS = {IDEAS: _("Propose an idea"), SUPPORTS: _("Support ideas"), COMMENTS: _("Discuss")}
ICONS = {IDEAS: "megaphone", SUPPORTS: "heart-hand", COMMENTS: "speech"}
ACCESS_FIELDS = {IDEAS: "idea_access", SUPPORTS: "support_access", COMMENTS: "comment_access"}


@dataclass(frozen=True)
class Offer:
    """One thing that a board offers, and when. `place` is "open", "coming" or "over"."""

    name: str
    label: str | Promise
    icon: str
    place: str
    opens_at: datetime | None
    closes_at: datetime | None
    who: str


def offers_of(page: IdeaBoardPage, *, now: datetime) -> list[Offer]:
    """Return what one can do on a board, could, or will."""
    wanted = [IDEAS, *(name for name in (SUPPORTS, COMMENTS) if getattr(page, f"has_{name}"))]
    return [_offer(page, name, now) for name in wanted]


def _offer(page: IdeaBoardPage, name: str, now: datetime) -> Offer:
    is_coming = not page.has_opened(name, now)
    place = "over" if page.has_closed(name, now) else "coming" if is_coming else "open"
    opens, closes = getattr(page, f"{name}_from"), getattr(page, f"{name}_until")
    who = str(BoardAccess(getattr(page, ACCESS_FIELDS[name])).label)
    return Offer(name, DEEDS[name], ICONS[name], place, opens, closes, who)


def address_of(page: IdeaBoardPage, request: HttpRequest) -> str:
    return Frame.of(request).address(page) or ""


def board(page: IdeaBoardPage, request: HttpRequest) -> HttpResponse:
    """The list of a board's ideas, as cards and, where the board has one, on its map."""
    now, address = timezone.now(), address_of(page, request)
    place = place_of(request.user) if request.user.is_authenticated else 0
    form = IdeaListForm(page, place, request.GET)
    results = form.page_of()
    drawn = map_of(form, address, results) if form.shows_map else None
    context: dict[str, Any] = {
        "form": form,
        "results": results,
        "query": form.query(),
        "filters_query": form.query() if form.is_filtered() else "",
        "list_query": form.query(view="", box=""),
        "map_query": form.query(view="map", box=""),
        "board_url": address,
        "map": drawn,
        "today": timezone.localdate(now),
    }
    is_fragment = request.htmx  # type: ignore[attr-defined]
    if not is_fragment:
        context |= _about(page, request, now, address)
    template = "participation/ideas/_results.html" if is_fragment else "participation/ideas/board.html"
    response: HttpResponse = page.render(request, context_overrides=context, template=template)
    response.headers["Vary"] = "HX-Request"
    return with_tiles(response) if drawn and drawn.tiles else response


def _about(page: IdeaBoardPage, request: HttpRequest, now: datetime, address: str) -> dict[str, Any]:
    error = why_not_propose(page, request.user, now=now)
    drafts = Idea.objects.on_board(page.board_key).filter(state=State.DRAFT)
    theirs = Voter.objects.filter(user=request.user.pk).values("key")
    has_draft = request.user.is_authenticated and drafts.filter(voter__in=theirs).exists()
    return {
        "offers": offers_of(page, now=now),
        "propose_refusal": refusal_of(error, back=f"{address}idee/"),
        "is_proposing_open": page.live and page.is_open(IDEAS, now),
        "has_draft": has_draft,
    }
