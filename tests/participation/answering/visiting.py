"""A visitor of a survey's page, as a browser would be one: it sends what the form holds."""

from __future__ import annotations

import json
from typing import Any

import altcha
from bs4 import BeautifulSoup
from django.test import Client

from participation.models import SurveyPage
from tests.participation.surveys.making import key_of


def field(number: int, part: str = "") -> str:
    return f"q-{key_of(number)}{f'-{part}' if part else ''}"


def address(page: SurveyPage, code: str = "fr") -> str:
    """Return where the survey stands in a language."""
    found = SurveyPage.objects.get(translation_key=page.translation_key, locale__language_code=code)
    return str(found.url)


def form_in(response: Any) -> dict[str, Any]:
    """Return what a browser would send of the survey's form, as it stands: hidden fields, ticks and texts."""
    form = BeautifulSoup(response.content.decode(), "html.parser").find("form", class_="survey__questions")
    sent: dict[str, Any] = {}
    for each in form.find_all(["input", "select", "textarea"]) if form else []:
        kind, name = each.get("type", each.name), each["name"]
        if kind in ("radio", "checkbox"):
            if each.has_attr("checked"):
                sent.setdefault(name, []).append(each["value"])
        elif each.name == "select":
            chosen = each.find("option", selected=True)
            sent[name] = chosen.get("value", chosen.get_text()) if chosen else ""
        else:
            sent[name] = each.get("value", "") if each.name == "input" else each.get_text()
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def solved(response: Any) -> str:
    """Do the browser's work; "" where the form asks for none."""
    form = BeautifulSoup(response.content.decode(), "html.parser").find("form", class_="survey__questions")
    if form is None or not form.get("data-proof"):
        return ""
    challenge = altcha.Challenge.from_dict(json.loads(form["data-proof"]))
    solution = altcha.solve_challenge(challenge)
    assert solution
    return altcha.Payload(challenge, solution).to_base64()


def send(
    client: Client, url: str, data: dict[str, Any], *, do: str = "send", script: bool = True, step: int = 1
) -> Any:
    """Open a step, fill it in and press a button."""
    opened = client.get(f"{url}?step={step}")
    sent = {**form_in(opened), "do": do, **data}
    if script and do == "send":
        sent["solution"] = solved(opened)
    return client.post(url, sent)


def words(response: Any) -> str:
    """Return what a page says, as one line."""
    main = BeautifulSoup(response.content.decode(), "html.parser").find("main")
    return " ".join(main.get_text(" ").split()) if main else ""
