"""The channels that the desk has in use, as features may offer them (`home.reviewing`)."""

from __future__ import annotations

from home.reviewing import Channel as Offered
from home.reviewing import register_channels
from moderation.models import Channel

WORDS = ("name_fr", "name_nl", "address_fr", "address_nl", "words_fr", "words_nl")


def offered() -> list[Offered]:
    channels = Channel.objects.filter(is_open=True)
    return [Offered(each.pk, {name: getattr(each, name) for name in WORDS}) for each in channels]


def register() -> None:
    register_channels(offered)
