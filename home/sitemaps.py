"""The sitemap: live, public pages of both languages, each with its other language where it has one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.utils import timezone
from wagtail.models import Locale, Page

from home.addresses import absolute
from home.querysets import BasePageQuerySet

Entry = dict[str, Any]


class PortalSitemap(Sitemap):
    """Addresses are the commune's own, whatever host the sitemap was asked by."""

    limit = 5000

    def items(self) -> Any:
        pages = BasePageQuerySet(Page).live().public().open_to(AnonymousUser(), now=timezone.now())
        return pages.filter(depth__gt=1).order_by("path").defer_streamfields().specific()

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[Entry]:
        pages = list(self.paginator.page(page).object_list)
        by_key: dict[Any, list[tuple[str, list[Entry]]]] = {}
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        for item in pages:
            by_key.setdefault(item.translation_key, []).append((codes[item.locale_id], item.get_sitemap_urls()))
        return [entry for versions in by_key.values() for entry in entries_of(versions)]


def entries_of(versions: list[tuple[str, list[Entry]]]) -> list[Entry]:
    """Write the entries of one thing in its languages; its second, third… addresses face each other in both."""
    entries = []
    for code, urls in versions:
        for position, url in enumerate(urls):
            alternates = [
                {"location": absolute(others[position]["location"]), "lang_code": other}
                for other, others in versions
                if position < len(others)
            ]
            entries.append(
                {
                    "location": absolute(url["location"]),
                    "lastmod": url["lastmod"],
                    "changefreq": None,
                    "priority": "",
                    "alternates": alternates if len(alternates) > 1 else [],
                    "language": code,
                }
            )
    return entries
