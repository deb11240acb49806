"""Addresses of subscribing and of an account's digests; `portal.urls` puts them under the language."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from digests import account_views, views

_subscribing = [
    path("", views.subscribe, name="subscribe"),
    path(pgettext_lazy("address", "asked/"), views.subscribing_asked, name="subscribing_asked"),
    path(pgettext_lazy("address", "confirm/<str:token>/"), views.confirm_digests, name="confirm_digests"),
    path(pgettext_lazy("address", "manage/<str:token>/"), views.manage_digests, name="manage_digests"),
    path(pgettext_lazy("address", "stop/<str:token>/"), views.stop_digests, name="stop_digests"),
]
_mine = [path(pgettext_lazy("address", "digests/"), account_views.my_digests, name="my_digests")]

urlpatterns = [
    path(pgettext_lazy("address", "subscription/"), include(_subscribing)),
    path(pgettext_lazy("address", "my/"), include(_mine)),
]
