"""Addresses of "my data", below that of a resident's own pages."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from residents.my_data import confirming, views

urlpatterns = [
    path(pgettext_lazy("address", "my/data/"), views.my_data, name="my_data"),
    path(pgettext_lazy("address", "my/data/download/<str:form>/"), views.my_data_download, name="my_data_download"),
    path(pgettext_lazy("address", "my/data/correct/"), views.my_details, name="my_details"),
    path(pgettext_lazy("address", "my/data/address/"), views.my_address, name="my_address"),
    path(pgettext_lazy("address", "my/data/address/cancel/"), views.my_address_cancel, name="my_address_cancel"),
    path(pgettext_lazy("address", "my/data/close/"), views.my_closing, name="my_closing"),
    path(pgettext_lazy("address", "account-closed/"), views.my_data_closed, name="my_data_closed"),
    path(
        pgettext_lazy("address", "confirm-address/<str:secret>/"),
        confirming.my_address_confirm,
        name="my_address_confirm",
    ),
]
