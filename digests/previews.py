"""The next digest as it stands now, for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digests.editions import Edition, latest
from digests.items import DAYS_BACK, Search
from digests.patterns import NAME, TOKEN, Press
from digests.sources import Interests
from home.models import Neighbourhood
from mailing.rendering import Parts


@dataclass(frozen=True)
class Preview:
    """What an account that lives in a neighbourhood would get at the next edition, had it had everything before."""

    language: str
    edition: Edition
    count: int
    parts: Parts | None


def preview(place: Neighbourhood, *, language: str, frequency: str, now: datetime) -> Preview:
    """Return the digest of the reader who lives there and follows nothing else; `parts` is None when it is empty."""
    last = latest(frequency, now=now)
    interests = Interests(language=language, neighbourhoods=frozenset([place.pk]), has_account=True)
    since = max(last.began_at, now - DAYS_BACK)
    new = Search(since=since, until=now).find(interests)
    if not new.groups:
        return Preview(language, last.next, 0, None)
    parts = Press().digest(new, language, frequency, has_name=False, has_account=True).parts
    shown = Parts(*(words.replace(NAME, "").replace(TOKEN, "…") for words in (parts.subject, parts.text, parts.html)))
    return Preview(language, last.next, len(new.items), shown)
