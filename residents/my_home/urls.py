"""A resident's own pages, below "my/"."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from residents.follows.views import my_follows
from residents.my_home import views

urlpatterns = [
    path("", views.my_home, name="my_home"),
    path(pgettext_lazy("address", "neighbourhood/"), views.my_neighbourhood, name="my_neighbourhood"),
    path(pgettext_lazy("address", "welcome/"), views.welcome, name="welcome"),
    path(pgettext_lazy("address", "follows/"), my_follows, name="my_follows"),
]
