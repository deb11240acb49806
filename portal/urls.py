"""Addresses of the portal: technical ones without a language, everything for readers under /fr/ and /nl/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.streets.views import find_neighbourhood, street_names
from home.views import page, theme
from moderation.admin_urls import in_front
from moderation.agenda.feed import calendar_feed
from moderation.sender_views import propose
from portal import views
from portal.sitemaps import SECTIONS, sitemap_index
from residents.follows.views import follow
from residents.signing_in import doors
from residents.signing_in import urls as signing_in
from search.views import search

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SECTIONS}, name="sitemap"),
    path("q/<slug:slug>/", views.short_address, name="short_address"),
    path("theme-<str:version>.css", theme, name="theme"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("admin/", include([*doors.in_the_admin, *in_front])),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *signing_in.without_language,
]

if settings.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage"):
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", views.media, name="media"))

urlpatterns += i18n_patterns(
    path(pgettext_lazy("address", "search/"), search, name="search"),
    path(pgettext_lazy("address", "propose/<str:secret>/"), propose, name="propose"),
    path(pgettext_lazy("address", "find-neighbourhood/"), find_neighbourhood, name="find_neighbourhood"),
    path("streets.json", street_names, name="street_names"),
    path(pgettext_lazy("address", "follow/"), follow, name="follow"),
    path(pgettext_lazy("address", "my/"), include("residents.my_home.urls")),
    path("", include("residents.my_data.urls")),
    path("", include("residents.verifying.urls")),
    path("", include("digests.urls")),
    *signing_in.urlpatterns,
    path("", include([*doors.among_the_pages, *wagtail_urls.urlpatterns[:-1]])),
    re_path(wagtail_urls.serve_pattern, page, name="wagtail_serve"),
)

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.page_not_found"
handler429 = "residents.signing_in.views.too_many"  # what allauth answers
handler500 = "portal.views.server_error"
