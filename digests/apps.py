from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DigestsConfig(AppConfig):
    name = "digests"
    verbose_name = _("Digests")

    def ready(self) -> None:
        from digests.actions import suspend_address
        from digests.jobs import register_jobs
        from digests.kinds import register_kinds
        from digests.personal_data import register_holdings
        from digests.reach.jobs import register_jobs as register_reach_jobs
        from digests.signal_handlers import connect
        from mailing import bounces

        bounces.register(suspend_address)
        register_jobs()
        register_reach_jobs()
        register_kinds()
        register_holdings()
        connect()
