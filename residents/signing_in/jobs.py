"""What signing in leaves to the worker."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext_lazy as _

from home.jobs import Job, register
from residents.signing_in.codes import forget_codes


def forget_what_is_over() -> None:
    """Remove codes that nobody can use any more, and sessions that have ended by themselves."""
    forget_codes()
    SessionStore.clear_expired()


def register_jobs() -> None:
    register(
        Job("forget_sign_ins", _("Remove codes and sessions that are over"), timedelta(hours=6), forget_what_is_over)
    )
