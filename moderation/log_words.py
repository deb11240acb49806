"""What the desk does that Wagtail's own log has no word for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

TAKE_OVER = "moderation.take_over"
FAST_TRACK = "moderation.fast_track"
CHECK = "moderation.check"
DIVERT = "moderation.divert"
REOPEN = "moderation.reopen"
ONE_LANGUAGE = "moderation.one_language"

# What Wagtail notes of the same step, and what would be read as a withdrawal or as a proposal of its own.
SAID_ANEW = {
    FAST_TRACK: "wagtail.workflow.cancel",
    DIVERT: "wagtail.workflow.cancel",
    REOPEN: "wagtail.workflow.start",
}


def register(actions: Any) -> None:
    actions.register_action(TAKE_OVER, _("Take over"), _("Took over the text"))
    actions.register_action(FAST_TRACK, _("Fast track"), _("Published by the fast track"))
    actions.register_action(CHECK, _("Check afterwards"), _("Checked afterwards"))
    actions.register_action(DIVERT, _("Not this channel"), _("Closed for another channel"))
    actions.register_action(REOPEN, _("Take up again"), _("Took the text up again"))
    actions.register_action(ONE_LANGUAGE, _("Publish one language first"), _("Published one language first"))
