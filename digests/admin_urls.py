"""The desk's addresses."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from digests import desk_views
from digests.models import Frequency


class LanguageConverter(StringConverter):
    regex = "fr|nl"


class FrequencyConverter(StringConverter):
    regex = "|".join([Frequency.DAILY, Frequency.WEEKLY])


register_converter(LanguageConverter, "digest_language")
register_converter(FrequencyConverter, "digest_frequency")

urlpatterns = [
    path("digests/", desk_views.digests, name="digests"),
    path(
        "digests/preview/<digest_language:language>/<digest_frequency:frequency>/<slug:slug>/",
        desk_views.digest_preview,
        name="digest_preview",
    ),
]
