"""Who is looking, as surveys know people: by account, or by the id that their browser was given when it answered."""

from __future__ import annotations

import uuid

from django.http import HttpRequest

from participation.surveys.respondents import Respondent

BROWSER = "survey_browser"


def visitor_of(request: HttpRequest) -> Respondent:
    """Return who is looking. Looking gives no cookie to anybody."""
    try:
        browser = str(uuid.UUID(request.COOKIES.get(BROWSER, "")))
    except ValueError:
        browser = ""
    return Respondent(user=request.user, browser=browser)
