"""The five kinds of message that belong to the neighbourhoods; what isn't one of them goes to another channel."""

from django.db import models
from django.utils.translation import gettext_lazy as _

NEWS_KIND = "news_kind"  # as residents follow it (neighbourhood_news.following)


class Kind(models.TextChoices):
    CARING = "caring", _("Caring neighbourhood")
    POLICY = "policy", _("Neighbourhood policy")
    PARTICIPATION = "participation", _("Citizen participation")
    CONNECTION = "connection", _("Connection between neighbours")
    PLATFORM = "platform", _("Help with the platform")


KIND_ICONS = {
    Kind.CARING: "heart-hand",
    Kind.POLICY: "sign-post",
    Kind.PARTICIPATION: "speech",
    Kind.CONNECTION: "handshake",
    Kind.PLATFORM: "lifebuoy",
}
