from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from home import other_words
        from moderation.jobs import register_jobs
        from moderation.localize_dates import write_days_in_figures
        from moderation.notices import register_kinds
        from moderation.offered_channels import register as register_channels
        from moderation.open_work import register_obstacles
        from moderation.personal_data import register_holdings
        from moderation.signal_handlers import connect
        from moderation.translations import keep_other_words

        connect()
        register_channels()
        register_jobs()
        register_kinds()
        register_holdings()
        register_obstacles()
        write_days_in_figures()
        other_words.register(keep_other_words)
