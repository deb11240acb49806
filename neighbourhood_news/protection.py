"""What messages name is not deleted."""

from __future__ import annotations

from django.utils.translation import ngettext

from home.protection import Rule, Thing
from neighbourhood_news.models import NewsPage


def _refusal(thing: Thing, count: int) -> str:
    return ngettext(
        "“%(name)s” can't be deleted: %(count)d message names it. Change or delete that message first.",
        "“%(name)s” can't be deleted: %(count)d messages name it. Change or delete those messages first.",
        count,
    ) % {"name": thing, "count": count}


MESSAGES = Rule(lambda thing: NewsPage.objects.all().naming(thing), _refusal)
