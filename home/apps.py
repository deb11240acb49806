from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from home import agenda
        from home.agenda_of_pages import OwnPagesSource
        from home.models import ContentPage, HomePage, SectionPage
        from home.signal_handlers import connect

        connect()
        pages = OwnPagesSource(HomePage, SectionPage, ContentPage)
        agenda.register("pages", pages, kinds=[(pages.kind, _("Page"))], states=pages.states)
