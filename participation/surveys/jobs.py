"""What surveys leave to the worker."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from home.jobs import Job, register
from participation.answering.proofs import forget_proofs
from participation.surveys.drafts import forget_drafts
from participation.surveys.keeping_apart import shuffle_all


def register_jobs() -> None:
    register(Job("shuffle_participations", _("Shuffle who answered surveys"), timedelta(days=1), shuffle_all))
    register(Job("forget_survey_drafts", _("Remove unfinished answers to surveys"), timedelta(days=1), forget_drafts))
    register(Job("forget_survey_proofs", _("Remove used proofs of work"), timedelta(days=1), forget_proofs))
