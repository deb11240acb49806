"""What the layout shows on every page, and small drawings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from home.addresses import absolute
from home.alternates import Alternate
from home.frame import Frame
from home.languages import active_language, other_language
from home.models import Alert, BasePage, Neighbourhood, NeighbourhoodIndexPage
from home.outlines import Bounds

register = template.Library()

HOURS = {  # a whole hour, and one with minutes
    "fr": ("G\u00a0\\h", "G\u00a0\\h\u00a0i"),
    "nl": ("G\u00a0\\u\\u\\r", "G.i\u00a0\\u\\u\\r"),
}
MOST_NAMES = 9  # on a map of more places, names would cover each other; the list beside it has them


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, classes: str = "") -> SafeString:
    """Draw an icon of the sprite; it is decoration, the words beside it tell the same."""
    return format_html(
        '<svg class="icon {}" width="24" height="24" aria-hidden="true" focusable="false"><use href="{}#icon-{}"/></svg>',
        classes,
        static("portal/icons.svg"),
        name,
    )


@register.inclusion_tag("home/_menu.html", takes_context=True)
def main_menu(context: dict[str, Any]) -> dict[str, Any]:
    """The pages below the home page that an editor put in the menu, with the one the reader is in marked."""
    here = getattr(context.get("page"), "path", "") or ""
    address_of = Frame.of(context.get("request")).address
    entries = [
        {"title": page.title, "address": address_of(page), "is_here": here.startswith(page.path)}
        for page in _pages_below_home(context)
        if page.show_in_menus
    ]
    return {"entries": entries, "request": context.get("request")}


def _pages_below_home(context: dict[str, Any]) -> list[Page]:
    """Return what readers may see right below the home page in their language."""
    frame = Frame.of(context.get("request"))
    return frame.below(frame.home(active_language()))


@register.inclusion_tag("home/_alerts.html")
def alert_banner() -> dict[str, Any]:
    return {"alerts": Alert.objects.current(now=timezone.now())}


def _alternate(context: dict[str, Any]) -> Alternate:
    """Return where the reader finds what is on the screen in the other language."""
    request: HttpRequest | None = context.get("request")
    page = context.get("page")
    code = other_language(active_language())
    if isinstance(page, BasePage) and page.pk:
        return Frame.of(request).alternate(page, subpath=context.get("subpath", ""))
    path = request.get_full_path() if request else "/"
    translated = translate_url(path, code)
    if request and request.resolver_match and translated != path:
        return Alternate(code, translated, True, "")
    with override(code):
        return Alternate(code, f"/{code}/", False, "")


@register.inclusion_tag("home/_language_switch.html", takes_context=True)
def language_switch(context: dict[str, Any]) -> dict[str, Any]:
    """The other language of what is on the screen; where there is none yet, what that language's reader is told.

    A view whose form takes along what was typed in it (`do=switch`) puts the form's id into the context as
    `switching_form`: then the switch is a button of that form, with or without JavaScript. Enter presses the first button
    of a form, which so would be this one: a hidden one before it sends (`do=send`).
    """
    alternate = context.get("alternate") or _alternate(context)
    request = context.get("request")
    url = alternate.url
    if alternate.is_same and request and request.GET and "?" not in url:
        url = f"{url}?{request.GET.urlencode()}"
    return {
        "alternate": alternate,
        "url": url,
        "form": context.get("switching_form", "") if alternate.is_same else "",
        "current": active_language(),
        "names": {"fr": "Français", "nl": "Nederlands"},
        "languages": settings.LANGUAGES,
    }


@register.simple_tag(takes_context=True)
def remember_alternate(context: dict[str, Any]) -> str:
    """Find the other language once for `<head>` and header; put it in the context as `alternate`."""
    context.dicts[0]["alternate"] = _alternate(context)  # type: ignore[attr-defined]
    return ""


@register.simple_tag(takes_context=True)
def address_of(context: dict[str, Any], page: Page) -> str:
    """The address of a page, as Wagtail's `pageurl` gives it."""
    return Frame.of(context.get("request")).address(page)


@register.simple_tag(takes_context=True)
def own_address(context: dict[str, Any]) -> str:
    """The canonical address of what is on the screen."""
    page, request = context.get("page"), context.get("request")
    if not page:
        return absolute(request.path if request else "/")
    return absolute((Frame.of(request).address(page) or "/") + context.get("subpath", ""))


@register.filter
def absolute_url(path: str) -> str:
    return absolute(path)


@register.inclusion_tag("home/_map.html")
def neighbourhood_map(
    neighbourhoods: Iterable[Neighbourhood],
    title: str = "",
    index_url: str = "",
    here: Neighbourhood | None = None,
    classes: str = "",
    ticks: bool = False,
) -> dict[str, Any]:
    """Draw the outlines in one inline SVG: each a link to its page when `index_url` is given, `here` filled.

    With `ticks` each is a link that ticks it in the list of the same page (`#choice`).
    """
    drawn = [place for place in neighbourhoods if place.outline_bounds]
    bounds = Bounds.around(place.outline_bounds for place in drawn if place.outline_bounds)
    return {
        "places": drawn,
        "view_box": bounds.view_box() if bounds else "",
        "name_size": round((bounds.right - bounds.left) / 24) if bounds and len(drawn) <= MOST_NAMES else 0,
        "title": title,
        "index_url": index_url,
        "ticks": ticks,
        "is_linked": ticks or bool(index_url),
        "here": here,
        "classes": classes,
    }


@register.simple_tag
def all_neighbourhoods() -> list[Neighbourhood]:
    return list(Neighbourhood.objects.drawn())


@register.simple_tag(takes_context=True)
def today_at_the_counters(context: dict[str, Any]) -> dict[str, Any]:
    """Today's hours, and whether the counters are open now."""
    now = timezone.localtime()
    day = context["commune"].days(start=now.date(), count=1)[0]
    return {"day": day, "is_open": day.is_open(at=now.time())}


@register.simple_tag(takes_context=True)
def coming_days(context: dict[str, Any], count: int = 7) -> list[Any]:
    days: list[Any] = context["commune"].days(start=timezone.localdate(), count=count)
    return days


@register.simple_tag(takes_context=True)
def neighbourhood_index_url(context: dict[str, Any]) -> str:
    """The address of the neighbourhoods' page in the reader's language; "" while there is none."""
    return Frame.of(context.get("request")).address_of(NeighbourhoodIndexPage)


@register.simple_tag
def place_outline(place: Neighbourhood) -> SafeString | str:
    """Draw one neighbourhood's outline, small, as its sign: in Python, since a list of cards has dozens of them."""
    if not (place.outline_path and place.outline_bounds):
        return ""
    return _sign(place.tint, Bounds(*place.outline_bounds), place.outline_path)


@lru_cache(maxsize=256)
def _sign(tint: int, bounds: Bounds, path: str) -> SafeString:
    return format_html(
        '<svg class="outline tint-{}" viewBox="{}" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        tint,
        bounds.view_box(),
        path,
    )


@register.inclusion_tag("home/_breadcrumb.html", takes_context=True)
def breadcrumb(context: dict[str, Any], inclusive: bool = False) -> dict[str, Any]:
    """The way from the home page to where the reader is; the page itself only when something stands below it."""
    page, request = context["page"], context.get("request")
    crumbs = Frame.of(request).above(page) if page.path else []
    return {"crumbs": [*crumbs, page] if inclusive else crumbs, "request": request}


@register.inclusion_tag("home/_footer_links.html", takes_context=True)
def footer_links(context: dict[str, Any]) -> dict[str, Any]:
    """The pages right below the home page that are not in the menu: accessibility, privacy…"""
    pages = [page for page in _pages_below_home(context) if not page.show_in_menus]
    return {"pages": pages, "request": context.get("request")}


@register.filter
def number(value: int) -> str:
    """Write a number as its readers do: groups of three apart, and not broken over two lines."""
    separator = "." if active_language() == "nl" else "\u202f"
    return f"{value:,}".replace(",", separator)


@register.filter
def names(things: Iterable[Any]) -> str:
    """Name things as one says them: "a", "a and b", "a, b and c"."""
    *first, last = [thing.name for thing in things] or [""]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


@register.simple_tag
def day_of(moment: datetime | None) -> SafeString | str:
    """Write the day of a moment, on the commune's clock, for readers and for machines; nothing where there is none."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', f"{local:%Y-%m-%d}", date_format(local, "j F Y"))


@register.filter
def moment(value: datetime) -> str:
    """Write a moment as one says it, on the commune's clock; the year only when it is not this one."""
    local = timezone.localtime(value)
    day = date_format(local, "l j F" if local.year == timezone.localdate().year else "l j F Y")
    hour = date_format(local, HOURS[active_language()][bool(local.minute)])
    return _("%(day)s at %(hour)s") % {"day": day, "hour": hour}
