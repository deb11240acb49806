"""Where staff choose a postcard or a poster of a neighbourhood, and get it as a PDF."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from home.models import CommuneSettings, Neighbourhood
from home.printing.forms import PrintForm
from home.printing.pieces import PIECES, Order


@require_safe
def print_neighbourhood(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the choice; once it is made, answer with the PDF. Whoever may look the neighbourhoods up may print them."""
    if not request.user.has_perm("home.view_neighbourhood"):
        raise PermissionDenied
    place = get_object_or_404(Neighbourhood.objects.drawn(), pk=pk)
    form = PrintForm(request.GET) if "piece" in request.GET else PrintForm()
    if form.is_bound and form.is_valid():
        return _file(place, form)
    context: dict[str, Any] = {"place": place, "form": form}
    return render(request, "home/printing/print_neighbourhood.html", context)


def _file(place: Neighbourhood, form: PrintForm) -> HttpResponse:
    order = Order(
        place=place, everywhere=list(Neighbourhood.objects.drawn()), commune=CommuneSettings.load(), **form.order()
    )
    piece = form.cleaned_data["piece"]
    name = "-".join([piece, place.slug, *order.languages]) + ".pdf"
    return HttpResponse(
        PIECES[piece](order),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
