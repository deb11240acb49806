"""Atom feeds of the news (RFC 4287): of the whole commune, and of each neighbourhood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from home.addresses import absolute
from home.models import CommuneSettings

if TYPE_CHECKING:
    from home.models import Neighbourhood
    from neighbourhood_news.querysets import NewsPageQuerySet

LENGTH = 40  # messages in a feed
UNPRINTABLE = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")  # pasted from elsewhere; not XML 1.0


def feed_of(page: Any, messages: NewsPageQuerySet, *, neighbourhood: Neighbourhood | None = None) -> HttpResponse:
    """Return the feed of `messages` below the index `page`, in its language."""
    commune = CommuneSettings.load()
    language = page.locale.language_code
    place = neighbourhood.name if neighbourhood else commune.name
    identifier, path, subject = f"urn:uuid:{page.translation_key}:{language}", f"{page.url}atom/", page.url
    if neighbourhood:
        slug = neighbourhood.slug
        identifier, path, subject = f"{identifier}:{slug}", f"{path}{slug}/", f"{subject}?neighbourhood={slug}"
    feed = Atom1Feed(
        title=_printable(_("%(page)s – %(place)s") % {"page": page.title, "place": place}),
        link=absolute(subject),
        description=_printable(page.introduction),
        language=language,
        feed_url=absolute(path),
        feed_guid=identifier,
        author_name=_printable(commune.both_names),
    )
    for message in messages.select_related("department")[:LENGTH]:
        feed.add_item(
            title=_printable(message.title),
            link=absolute(message.url),
            description=escape(_printable(message.introduction)),
            author_name=_printable(message.department.name),
            unique_id=f"urn:uuid:{message.translation_key}:{language}",
            pubdate=message.appeared_at,
            updateddate=max(message.last_published_at, message.appeared_at),
            categories=[str(message.get_kind_display())],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _printable(text: str) -> str:
    """Leave out what XML can't hold: one sign in one message would take the whole feed away."""
    return UNPRINTABLE.sub("", text)
