"""A plain search of the pages that readers may see, in their language."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search.forms import SearchForm
from search.results import found_pages

PER_PAGE = 15


def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.words
    results = Paginator(found_pages(words), PER_PAGE).get_page(form.page_number) if words else None
    query = urlencode({"q": words})
    return render(request, "search/search.html", {"form": form, "words": words, "results": results, "query": query})
