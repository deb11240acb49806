"""Reactions to Django's signals, each calling one action."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete

from participation.models import SurveyPage
from participation.surveys.gone import remember_address


def before_a_survey_goes(sender: type[SurveyPage], instance: SurveyPage, **kwargs: Any) -> None:
    remember_address(instance)


def connect() -> None:
    pre_delete.connect(before_a_survey_goes, sender=SurveyPage, dispatch_uid="remember_address_of_survey")
