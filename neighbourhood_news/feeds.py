"""Atom feeds of the news (RFC 4287): of the whole commune, and of each neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from home.addresses import absolute
from home.models import CommuneSettings

if TYPE_CHECKING:
    from home.models import Neighbourhood
    from neighbourhood_news.querysets import NewsPageQuerySet

LENGTH = 40  # messages in a feed


def feed_of(page: Any, messages: NewsPageQuerySet, *, neighbourhood: Neighbourhood | None = None) -> HttpResponse:
    """Return the feed of `messages` below the index `page`, in its language."""
    commune = CommuneSettings.load()
    place = neighbourhood.name if neighbourhood else commune.name
    path = f"{page.url}atom/{neighbourhood.slug}/" if neighbourhood else f"{page.url}atom/"
    feed = Atom1Feed(
        title=_("%(page)s – %(place)s") % {"page": page.title, "place": place},
        link=absolute(page.url),
        description=page.introduction,
        language=page.locale.language_code,
        feed_url=absolute(path),
        author_name=commune.both_names,
    )
    for message in messages.select_related("department")[:LENGTH]:
        feed.add_item(
            title=message.title,
            link=absolute(message.url),
            description=message.introduction,
            author_name=message.department.name,
            unique_id=f"urn:uuid:{message.translation_key}:{page.locale.language_code}",
            pubdate=message.first_published_at,
            updateddate=message.last_published_at,
            categories=[str(message.get_kind_display())],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
