"""The portal's addresses and, for comparison, a view with one query and no layout."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from home.models import Department
from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns


def bare(request: HttpRequest) -> HttpResponse:
    names = ", ".join(department.name_fr for department in Department.objects.all())
    return HttpResponse(f"<!doctype html><title>Bare</title><p>{names}")


urlpatterns = [path("bare/", bare), *urlpatterns]
