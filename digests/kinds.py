"""The kinds of mail that digests send, for the screen of the mails."""

from django.utils.translation import gettext_lazy as _

from mailing.kinds import register_kind

DIGEST, ALERT, SUBSCRIPTION = "digest", "alert", "subscription"


def register_kinds() -> None:
    register_kind(DIGEST, _("Digest"))
    register_kind(ALERT, _("Alert"))
    register_kind(SUBSCRIPTION, _("Subscribing to digests"))
