"""How often one may try, by account and by network address: the limits of ACCOUNT_RATE_LIMITS, and how they are said."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

TOO_MANY = "too_many_login_attempts"  # allauth's own code for it
TOO_MANY_WORDS = _("There were too many tries, from here or for this account. Wait ten minutes, then try again.")


def count(request: HttpRequest, action: str, *, account: str = "") -> None:
    """Count one try; raise ValidationError when there were too many. `account` is an address, whatever its case."""
    if not ratelimit.consume(request, action=action, key=account.lower()):
        raise ValidationError(TOO_MANY_WORDS, code=TOO_MANY)


def is_throttled(form: BaseForm) -> bool:
    return any(error.code == TOO_MANY for errors in form.errors.as_data().values() for error in errors)


class ThrottledFormMixin:
    """A view whose form says that there were too many tries: as such (429), with what was typed still in it."""

    def form_invalid(self, form: BaseForm) -> Any:
        status = HTTPStatus.TOO_MANY_REQUESTS if is_throttled(form) else HTTPStatus.OK
        return self.render_to_response(self.get_context_data(form=form), status=status)  # type: ignore[attr-defined]
