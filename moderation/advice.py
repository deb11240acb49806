"""What a draft could do better, told to its editor while they write: warnings, never errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.advice import Advice, of_features
from home.models import PortalImage
from moderation.links import links_of
from moderation.models import LinkCheck
from moderation.translations import texts_of

RECOMMENDED_INTRODUCTION = 200  # signs: two lines on a phone's card
# Dates that lie ahead, as the pages of the portal call them.
DATES_AHEAD = ("go_live_at", "expire_at", "expires_on", "reserved_until", "wanted_for", "closes_at")
PAST_ONCE_LIVE = ("go_live_at", "closes_at")
LETTERS_OF_AN_ACRONYM = 5
WORDS_IN_CAPITALS = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+(?:\s+[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+)*(?!\w)")
QUOTED = 60  # signs of a text that a warning repeats


def advise(draft: Page, *, now: datetime) -> list[Advice]:
    """Return what the editor of `draft` should look at, in the active language. It asks for pictures and links once."""
    found = [*_past_dates(draft, now), *_capitals(draft), *_silent_pictures(draft), *_broken_links(draft, now)]
    return [*found, *of_features(draft, now=now)]


def _past_dates(draft: Page, now: datetime) -> Iterator[Advice]:
    for name in DATES_AHEAD:
        moment = getattr(draft, name, None)
        if moment is None or (name in PAST_ONCE_LIVE and draft.live):
            continue
        is_past = moment < now if isinstance(moment, datetime) else moment < timezone.localdate(now)
        if is_past:
            label = capfirst(draft._meta.get_field(name).verbose_name)
            yield Advice(name, _("“%(field)s” lies in the past: %(date)s.") % {"field": label, "date": _day(moment)})


def _day(moment: date) -> str:
    if isinstance(moment, datetime):
        return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    return date_format(moment, "SHORT_DATE_FORMAT")


def shouted(text: str) -> list[str]:
    """Return the words of `text` that are in capitals without need.

    Two such words in a row, or one of more than five letters: a shorter one may be an acronym (CPAS, OCMW).
    """
    found = []
    for match in WORDS_IN_CAPITALS.finditer(text):
        words = match.group()
        if len(words.split()) > 1 or sum(map(str.isalpha, words)) > LETTERS_OF_AN_ACRONYM:
            found.append(words)
    return found


def _capitals(draft: Page) -> Iterator[Advice]:
    for path, text in texts_of(draft):
        words = shouted(unescape(strip_tags(text)))
        if words:
            quoted = Truncator(" ".join(words[0].split())).chars(QUOTED)
            said = _("Words in capitals are hard to read, and sound like shouting: “%(words)s”.")
            yield Advice(path, said % {"words": quoted})


def _pictures(draft: Page) -> dict[int, str]:
    """Return where each picture of `draft` stands, by its key."""
    places: dict[int, str] = {}
    for field in draft._meta.get_fields():
        if field.related_model is PortalImage and field.many_to_one and field.value_from_object(draft):
            places.setdefault(field.value_from_object(draft), field.name)
        elif hasattr(field, "extract_references"):
            for model, key, _model_path, path in field.extract_references(field.value_from_object(draft)):
                if model is PortalImage:
                    places.setdefault(int(key), f"{field.name}.{path}")
    return places


def _silent_pictures(draft: Page) -> Iterator[Advice]:
    places = _pictures(draft)
    for picture in PortalImage.objects.filter(pk__in=places).order_by("pk") if places else ():
        if picture.alt_fr and picture.alt_nl:
            continue
        if picture.alt_fr or picture.alt_nl:
            words = _("The picture “%(title)s” says in one language only what it shows. In Dutch it is missing.")
            if not picture.alt_fr:
                words = _("The picture “%(title)s” says in one language only what it shows. In French it is missing.")
        else:
            words = _("The picture “%(title)s” doesn't say what it shows. Only a decoration may stay without words.")
        yield Advice(places[picture.pk], words % {"title": picture.title})


def _broken_links(draft: Page, now: datetime) -> Iterator[Advice]:
    places = links_of(draft)
    for link in LinkCheck.objects.broken().filter(url__in=places).order_by("url") if places else ():
        said = {"url": link.url, "day": _day(link.checked_at or now), "why": link.why}
        yield Advice(places[link.url], _("This link did not work on %(day)s: %(url)s (%(why)s).") % said)
