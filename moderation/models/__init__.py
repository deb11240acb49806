"""The desk's review: its task in Wagtail's workflow, who looked at what, what was decided, and who may send it a text."""

from moderation.models.arrivals import Arrival
from moderation.models.calendar_feeds import CalendarFeed
from moderation.models.channels import Channel, Diversion
from moderation.models.fast_tracks import FastTrack
from moderation.models.guides import Guide
from moderation.models.links import LinkCheck
from moderation.models.looks import Look
from moderation.models.releases import Release
from moderation.models.senders import Sender
from moderation.models.tasks import DeskReviewTask
from moderation.models.troubles import ScheduleTrouble

__all__ = [
    "Arrival",
    "CalendarFeed",
    "Channel",
    "DeskReviewTask",
    "Diversion",
    "FastTrack",
    "Guide",
    "LinkCheck",
    "Look",
    "Release",
    "ScheduleTrouble",
    "Sender",
]
