"""The map below the portal's own drawings, where the commune has a tile server: off unless the environment names one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse

from home.languages import active_language


@dataclass(frozen=True)
class Tiles:
    """Where the pictures of a map come from, and whose they are."""

    address: str
    attribution: str

    @classmethod
    def configured(cls) -> Tiles | None:
        if not settings.MAP_TILES_URL:
            return None
        attribution = settings.MAP_TILES_ATTRIBUTION
        return cls(settings.MAP_TILES_URL, attribution.get(active_language()) or attribution["fr"])

    @property
    def server(self) -> str:
        return urlsplit(self.address).hostname or ""

    @property
    def origin(self) -> str:
        """What the content security policy has to allow: this server, and nothing beside it."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def with_tiles(response: HttpResponse) -> HttpResponse:
    """Let this one page show pictures from the tile server; the policy of every other page stays as it is."""
    tiles = Tiles.configured()
    if tiles is None:
        return response
    allowed: HttpResponse = csp_update({"img-src": [tiles.origin]})(lambda: response)()
    return allowed
