"""A plain search of the pages that readers may see, in their language."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from search.forms import SearchForm
from search.results import found_pages

PER_PAGE = 15


def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.words
    results = None
    if words:
        found = found_pages(words, request.user, now=timezone.now())
        results = Paginator(found, PER_PAGE).get_page(form.page_number)
    query = urlencode({"q": words})
    return render(request, "search/search.html", {"form": form, "words": words, "results": results, "query": query})
