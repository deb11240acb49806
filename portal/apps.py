from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project itself: settings, addresses, the demo commune's loader."""

    name = "portal"
