"""Registration only."""

from wagtail import hooks

from mailing import panels
from mailing.viewsets import MailViewSet

hooks.register("construct_homepage_panels", panels.add_mail_alarm)


@hooks.register("register_admin_viewset")
def mails() -> MailViewSet:
    return MailViewSet()
