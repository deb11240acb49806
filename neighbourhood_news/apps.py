from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeighbourhoodNewsConfig(AppConfig):
    name = "neighbourhood_news"
    verbose_name = _("Neighbourhood news")

    def ready(self) -> None:
        from digests import sources
        from home import agenda, closures, protection
        from neighbourhood_news.agenda import NewsSource
        from neighbourhood_news.digest import news_source
        from neighbourhood_news.following import KINDS
        from neighbourhood_news.kinds import Kind
        from neighbourhood_news.models import NewsPage
        from neighbourhood_news.protection import MESSAGES
        from residents import following

        protection.register("news", MESSAGES)
        following.register(KINDS)
        closures.register(NewsPage.objects.closed_to)
        agenda.register("news", NewsSource(), kinds=Kind.choices, states=NewsSource.states)
        sources.register(news_source())
