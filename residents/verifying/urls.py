"""Addresses of verification: a resident's own below "my/", and one page for everybody."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from residents.verifying import views

my = [
    path(pgettext_lazy("address", "verification/"), views.my_verification, name="my_verification"),
    path(pgettext_lazy("address", "verification/letter/"), views.my_letter, name="my_letter"),
    path(
        pgettext_lazy("address", "verification/letter/withdraw/"), views.withdraw_my_letter, name="withdraw_my_letter"
    ),
]
urlpatterns = [
    path(pgettext_lazy("address", "my/"), include(my)),
    path(pgettext_lazy("address", "verified-residents/"), views.about_verification, name="about_verification"),
]
