from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeighbourhoodNewsConfig(AppConfig):
    name = "neighbourhood_news"
    verbose_name = _("Neighbourhood news")

    def ready(self) -> None:
        from neighbourhood_news.signal_handlers import connect

        connect()
