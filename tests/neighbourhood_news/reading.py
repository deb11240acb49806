"""What a reader sees of an answer."""

from __future__ import annotations

from django.http import HttpResponse

from tests.reading import seen, words

LIST = {"fr": "/fr/actualites/", "nl": "/nl/nieuws/"}


def titles(response: HttpResponse) -> list[str]:
    """Return the titles of the cards, in their order."""
    return [title.get_text(strip=True) for title in seen(response).select(".card__title")]


def chosen(response: HttpResponse) -> dict[str, str]:
    """Return what the filters show as chosen, by name; those that are open are left out."""
    options = seen(response).select("form.filters select option[selected]")
    return {option.find_parent("select")["name"]: option["value"] for option in options if option["value"]}


def complaints(response: HttpResponse) -> dict[str, str]:
    """Return what the filters say of a parameter that they do not know, by name."""
    errors = seen(response).select("form.filters .field .error")
    return {error.find_parent(class_="field").select_one("select")["name"]: words(error) for error in errors}


def count_line(response: HttpResponse) -> str:
    return words(seen(response).select_one(".count"))
