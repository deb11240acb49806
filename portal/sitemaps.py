"""The sitemap's index: one address for machines, which leads to a file for each kind of thing and each 5,000 of them."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from home.addresses import absolute
from home.sitemaps import PortalSitemap
from participation.ideas.sitemaps import IdeaSitemap

SECTIONS: dict[str, type[Sitemap]] = {"pages": PortalSitemap, "ideas": IdeaSitemap}


@x_robots_tag
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Lead to each file at the commune's own address, whatever host this was asked by."""
    files = []
    for section, kind in SECTIONS.items():
        address = absolute(reverse("sitemap", args=[section]))
        files += [f"{address}?p={page}" if page > 1 else address for page in kind().paginator.page_range]
    context = {"sitemaps": [SitemapIndexItem(location=file) for file in files]}
    return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")
