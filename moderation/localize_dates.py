"""Localize writes months in English, whoever reads them (strftime). In figures a day reads alike in both languages."""

from wagtail_localize import compat, models
from wagtail_localize.views import edit_translation

DAY = "%d/%m/%Y"


def write_days_in_figures() -> None:
    for module in (compat, models, edit_translation):
        module.DATE_FORMAT = DAY
