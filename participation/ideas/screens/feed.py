"""The Atom feed of a board (RFC 4287): its newest ideas, as anybody reads them."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from home.addresses import absolute
from home.models import CommuneSettings
from participation.ideas.screens.board_views import address_of
from participation.ideas.written import as_html
from participation.models import Idea, IdeaBoardPage

LENGTH = 40  # ideas in a feed
UNPRINTABLE = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")  # not XML 1.0


def _printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)


def feed(page: IdeaBoardPage, request: HttpRequest) -> HttpResponse:
    """Return the newest ideas of the board, each in the language it was written in."""
    address, code = address_of(page, request), page.locale.language_code
    made = Atom1Feed(
        title=_printable(f"{page.title} – {CommuneSettings.load().name}"),
        link=absolute(address),
        description=_printable(page.question),
        language=code,
        feed_url=absolute(f"{address}atom/"),
        feed_guid=f"urn:uuid:{page.board_key}:{code}",
    )
    for idea in Idea.objects.on_board(page.board_key).public().newest_first()[:LENGTH]:
        made.add_item(
            title=_printable(f"{idea.number}. {idea.title}"),
            link=absolute(f"{address}{idea.slug}/"),
            description=as_html(_printable(idea.text)),
            author_name=_printable(idea.author_name) or page.title,
            unique_id=f"urn:uuid:{page.board_key}:{idea.number}",
            pubdate=idea.first_published_at,
            updateddate=max(filter(None, [idea.last_published_at, idea.changed_at])),
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
