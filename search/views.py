"""A plain search of what readers may see: pages in their language, and what features let be found beside them."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from home import finding
from search.forms import SearchForm
from search.results import found_pages

PER_PAGE = 15
FIRST = 4  # of what stands beside pages


def search(request: HttpRequest) -> HttpResponse:
    """Show the pages that hold the words, with the first ideas and the like; or all of one of those kinds."""
    form = SearchForm(request.GET)
    words, source = form.words, form.source
    context: dict[str, Any] = {"form": form, "words": words, "source": source, "results": None}
    if words and source:
        context |= _all_of(source, words, form.page_number)
    elif words:
        context |= _pages(words, request.user, form.page_number)
    return render(request, "search/search.html", context)


def _pages(words: str, user: Any, number: int) -> dict[str, Any]:
    results = Paginator(found_pages(words, user, now=timezone.now()), PER_PAGE).get_page(number)
    beside = [group for group in map(partial(_first_of, words), finding.sources()) if group["count"]]
    return {"results": results, "beside": beside, "query": urlencode({"q": words})}


def _first_of(words: str, source: finding.Source) -> dict[str, Any]:
    found = source.find(words)
    count = found.count()
    query = urlencode({"q": words, "kind": source.name})
    items = source.shown(found[:FIRST]) if count else []
    return {"label": source.label, "count": count, "shown": items, "query": query, "has_more": count > FIRST}


def _all_of(source: finding.Source, words: str, number: int) -> dict[str, Any]:
    results = Paginator(source.find(words), PER_PAGE).get_page(number)
    query = {"q": words}
    return {
        "results": results,
        "items": source.shown(results.object_list),
        "query": urlencode({**query, "kind": source.name}),
        "everything": urlencode(query),
    }
