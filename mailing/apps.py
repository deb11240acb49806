from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "mailing"
    verbose_name = _("Mails")

    def ready(self) -> None:
        from mailing.jobs import register_jobs

        register_jobs()
