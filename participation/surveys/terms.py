"""On what terms a survey is answered: who may, when results are shown, and to whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    """Who may answer. Of "anyone" each browser answers once, so its results are indicative."""

    ANYONE = "anyone", _("anyone")
    SIGNED_IN = "signed_in", _("who is signed in")
    VERIFIED = "verified", _("verified residents")
    VERIFIED_THERE = "verified_there", _("verified residents of these neighbourhoods")


class ResultsWhen(models.TextChoices):
    LIVE = "live", _("while it runs")
    CLOSING = "closing", _("once it is closed")
    OUTCOME = "outcome", _("once the outcome is known")
    NEVER = "never", _("never")


class ResultsFor(models.TextChoices):
    EVERYBODY = "everybody", _("everybody")
    ANSWERED = "answered", _("who answered")
    STAFF = "staff", _("the commune's staff")
