"""Every type of page, in both languages, on a phone and a desktop: readable by all, valid, silent, light, its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from justhtml import JustHTML

from tests.browser.conftest import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.browser

SITE_RESULTS = "/fr/consultations/le-nouveau-site-de-la-commune/quel-nouveau-site-pour-la-commune/resultats/"
PATHS = [
    "/",
    "/fr/",
    "/nl/",
    "/fr/actualites/",
    "/nl/nieuws/",
    "/fr/actualites/?neighbourhood=canal-kanaal&kind=policy&page=x&tag=none",
    "/nl/nieuws/?neighbourhood=nergens",
    "/fr/actualites/rue-du-moulin-de-nouveaux-trottoirs-en-quatre-semaines/",
    "/nl/nieuws/molenstraat-nieuwe-voetpaden-in-vier-weken/",
    "/fr/consultations/",
    "/nl/raadplegingen/?state=closed&theme=x",
    "/fr/consultations/une-cour-a-partager/",
    "/nl/raadplegingen/een-nieuw-leven-voor-het-boswachtershuis/",
    "/fr/consultations/mieux-accueillir-aux-guichets/",
    "/nl/raadplegingen/de-schipperskaai-autovrij-een-zondag-per-maand/de-kaai-een-zondag-per-maand/",
    "/nl/raadplegingen/welke-naam-voor-de-nieuwe-zaal/",
    SITE_RESULTS,
    "/nl/raadplegingen/welke-naam-voor-de-nieuwe-zaal/resultaten/?neighbourhood=canal-kanaal&q=x",
    "/fr/consultations/la-boite-a-idees/",
    "/nl/raadplegingen/de-ideeenbus/?view=map&sort=random&seed=5&box=x",
    "/fr/consultations/la-boite-a-idees/1-une-piste-cyclable-continue-le-long-du-canal/",
    "/nl/raadplegingen/de-ideeenbus/4-meer-vuilnisbakken-rond-de-vijvers/",
    "/fr/quartiers/",
    "/nl/wijken/",
    "/fr/quartiers/canal-kanaal/",
    "/nl/wijken/gare-station/",
    "/fr/la-commune/",
    "/nl/de-gemeente/",
    "/fr/la-commune/la-maison-communale/",
    "/nl/de-gemeente/het-gemeentehuis/",
    "/nl/dienstverlening/",
    "/fr/recherche/?q=canal",
    "/nl/zoeken/?q=kanaal",
    "/nl/zoeken/?q=onvindbaar",
    "/fr/proposer/demo-lien-police/",
    "/nl/voorstellen/demo-lien-police/",
    "/nl/voorstellen/geen-link/",
    "/fr/trouver-mon-quartier/?street=moulin",
    "/nl/mijn-wijk-vinden/",
    "/fr/pas-ici/",
    "/nl/niet-hier/",
]
# Their form has a cookie against forgery.
ENTRANCES = [
    "/fr/compte/connexion/",
    "/nl/account/registreren/",
    "/fr/consultations/une-cour-a-partager/votre-avis-sur-la-cour-de-lecole/",
    "/nl/raadplegingen/de-markt-welke-dag/",
    "/fr/consultations/quiz-que-fait-on-de-ses-dechets/",
]
SIZES = {"phone": PHONE, "desktop": DESKTOP}
UNWANTED_ON_ERRORS = "404 (Not Found)"
WEIGHT_WITHOUT_PICTURES, WEIGHT_WITH_PICTURES = 60_000, 250_000


def faults_of(html: str) -> list[str]:
    return [f"{error.code} line {error.line}" for error in JustHTML(html, collect_errors=True).errors]


@pytest.mark.parametrize("path", [*PATHS, *ENTRANCES])
def test_a_page_is_valid_readable_by_all_silent_and_asks_nobody_else(path: str, visit: Callable[..., Visit]):
    """Loaded once, and read at both widths: each load waits until nothing more is asked."""
    reader = visit(viewport=PHONE, locale="en-GB")
    html = reader.open(path).body().decode()
    assert faults_of(html) == [], "the HTML is not valid"
    identifiers = reader.page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(identifiers) == len(set(identifiers)), "an id stands twice"
    if path != "/":
        assert reader.page.get_attribute("html", "lang") == path[1:3], "the language is not that of the address"
        assert reader.page.context.cookies() == [] or path in ENTRANCES, "reading sets a cookie"
    for size, viewport in SIZES.items():
        reader.page.set_viewport_size(viewport)
        assert reader.accessibility_problems() == [], size
        width = reader.page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], f"on a {size} it scrolls sideways"
    assert [line for line in reader.console if UNWANTED_ON_ERRORS not in line] == []
    assert reader.strangers == []


@pytest.mark.parametrize(
    "path", ["/fr/", "/nl/nieuws/", "/fr/quartiers/canal-kanaal/", "/nl/de-gemeente/het-gemeentehuis/"]
)
def test_a_first_view_is_light_and_does_not_jump(path: str, visit: Callable[..., Visit]):
    reader = visit(viewport=PHONE)
    weights: dict[str, int] = {"words": 0, "pictures": 0}
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def weighed(event: dict[str, Any]) -> None:
        kind = "pictures" if kinds.get(event["requestId"]) == "Image" else "words"
        weights[kind] += event["encodedDataLength"]

    session.on("Network.loadingFinished", weighed)
    reader.page.add_init_script(
        "window.jump = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " if (!entry.hadRecentInput) window.jump += entry.value }).observe({type: 'layout-shift', buffered: true})"
    )
    reader.open(path)
    assert 0 < weights["words"] <= WEIGHT_WITHOUT_PICTURES
    assert weights["words"] + weights["pictures"] <= WEIGHT_WITH_PICTURES
    assert reader.page.evaluate("window.jump") < 0.01


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize(
    "path", ["/fr/", "/nl/nieuws/", "/fr/quartiers/canal-kanaal/", "/nl/de-gemeente/het-gemeentehuis/"]
)
def test_dark_mode_and_more_contrast_stay_readable(path: str, scheme: str, visit: Callable[..., Visit]):
    reader = visit(color_scheme=scheme, contrast="more")
    reader.open(path)
    assert reader.accessibility_problems() == []


@pytest.mark.parametrize(
    "path",
    [
        "/fr/",
        "/nl/nieuws/",
        "/fr/quartiers/",
        "/nl/de-gemeente/het-gemeentehuis/",
        "/nl/raadplegingen/",
        "/nl/raadplegingen/een-nieuw-leven-voor-het-boswachtershuis/",
        "/nl/raadplegingen/quiz-waar-hoort-dat-afval/",
        SITE_RESULTS,
        "/nl/raadplegingen/de-ideeenbus/",
        "/nl/raadplegingen/de-ideeenbus/4-meer-vuilnisbakken-rond-de-vijvers/",
    ],
)
def test_a_page_at_320_pixels_needs_no_scrolling_sideways(path: str, visit: Callable[..., Visit]):
    reader = visit(viewport={"width": 320, "height": 640})
    reader.open(path)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
