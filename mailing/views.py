"""The outbox in the admin: the list with its alarm, one mail, and what may be done with it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views import generic

from mailing import actions
from mailing.models import Bounce, OutgoingMail, Status
from mailing.panels import MailAlarmPanel, trouble
from mailing.permissions import can_decide_over_mails


class MailIndexView(generic.IndexView):
    """Every mail, the latest first, below the alarm where there is one."""

    template_name = "mailing/mails.html"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = trouble(now=timezone.now())
        alarm = MailAlarmPanel(found) if found else None
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "alarm": alarm}


class MailView(generic.InspectView):
    """One mail as its reader has it, unless its words are for them alone."""

    template_name = "mailing/mail.html"
    page_title = gettext_lazy("Mail")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mail: OutgoingMail = self.object
        free = mail.taken_until is None or mail.taken_until <= timezone.now()
        may = free and can_decide_over_mails(self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "mail": mail,
            "bounce": Bounce.objects.filter(mail=mail).first(),
            "may_send_again": may and mail.to and mail.status in (Status.FAILED, Status.GIVEN_UP, Status.UNCERTAIN),
            "may_give_up": may and mail.to and mail.status in (Status.DUE, Status.FAILED, Status.UNCERTAIN),
        }


@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Send a mail again, or give it up, and go back to it with what became of that."""
    if not can_decide_over_mails(request.user):
        raise PermissionDenied
    mail = get_object_or_404(OutgoingMail, pk=pk)
    action, done = {
        "again": (actions.send_again, _("It leaves at the worker’s next turn.")),
        "give-up": (actions.give_up, _("No further attempt is made.")),
    }[verb]
    try:
        action(mail=mail, user=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("mails:inspect", pk)
