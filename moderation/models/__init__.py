"""The desk's review: its task in Wagtail's workflow, and who looked at which version."""

from moderation.models.looks import Look
from moderation.models.tasks import DeskReviewTask

__all__ = ["DeskReviewTask", "Look"]
