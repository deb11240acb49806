from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResidentsConfig(AppConfig):
    name = "residents"
    verbose_name = _("Residents")

    def ready(self) -> None:
        from residents.my_data import start
        from residents.signal_handlers import register_signal_handlers
        from residents.signing_in import identities, mails
        from residents.signing_in import jobs as signing_in_jobs
        from residents.verifying import jobs as verifying_jobs
        from residents.verifying import notices, openid

        register_signal_handlers()
        signing_in_jobs.register_jobs()
        mails.register_kinds()
        verifying_jobs.register_jobs()
        notices.register_kinds()
        identities.register(openid.take_identity)
        start.register_all()
