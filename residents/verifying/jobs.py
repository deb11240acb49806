"""What residents' verification leaves to the worker."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from home.jobs import Job, register
from residents.verifying.letters import forget_letters
from residents.voters import forget_voters


def register_jobs() -> None:
    register(Job("forget_letters", _("Remove the words of letters that are over"), timedelta(hours=1), forget_letters))
    register(Job("forget_voters", _("Remove the traces of closed accounts"), timedelta(days=1), forget_voters))
