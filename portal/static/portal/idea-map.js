/* The map of ideas on Leaflet: what the drawing shows without JavaScript, and it moves; the list goes with it. */
"use strict";

(() => {
  const CLOSEST = 19;
  const PART = 5; // decimals of a degree: a metre
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const results = document.querySelector("#results");
  const form = document.querySelector("form[data-filters]");

  // Metres of the drawing (home/outlines.py): those of Leaflet's own projection, with y downwards
  const at = (x, y) => L.CRS.EPSG3857.unproject(L.point(x, -y));
  const ringsOf = (path) => path.split("z").filter(Boolean).map((ring) => {
    const [begin, steps] = ring.slice(1).split("l").map((part) => part.split(" ").map(Number));
    let [x, y] = begin;
    const points = [at(x, y)];
    for (let step = 0; step + 1 < steps.length; step += 2) points.push(at((x += steps[step]), (y += steps[step + 1])));
    return points;
  });
  const boundsOf = (box) => {
    const [west, south, east, north] = box.split(",").map(Number);
    return L.latLngBounds([south, west], [north, east]);
  };

  const Pin = L.Icon.extend({
    createIcon() {
      const { link, iconSize: [size], className } = this.options;
      const pin = document.createElement("a");
      for (const name of ["href", "aria-label", "lang"]) {
        if (link.hasAttribute(name)) pin.setAttribute(name, link.getAttribute(name));
      }
      pin.title = link.getAttribute("aria-label");
      pin.textContent = link.querySelector("text")?.textContent ?? "";
      this._setIconStyles(pin, "icon");
      return pin;
    },
    createShadow: () => null,
  });
  const pinFor = (link, isNarrow) => {
    const [circle, count] = [link.querySelector("circle"), Number(link.querySelector("text")?.textContent ?? 1)];
    const size = isNarrow ? 26 : count > 1 ? Math.round(34 + 7 * Math.log10(count)) : 28; // pins never hide each other
    const icon = new Pin({ link, iconSize: [size, size], className: count > 1 ? "pin pin--many" : "pin" });
    const place = at(...["cx", "cy"].map((name) => Number(circle.getAttribute(name))));
    return L.marker(place, { icon, keyboard: false, riseOnHover: true });
  };

  const start = (figure) => {
    const drawing = figure.querySelector("svg");
    const box = document.createElement("div");
    const { x, y, width, height } = drawing.viewBox.baseVal;
    const whole = L.latLngBounds(at(x, y + height), at(x + width, y));
    drawing.replaceWith(box);
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", figure.dataset.help);
    const map = L.map(box, {
      attributionControl: false,
      zoomControl: false,
      scrollWheelZoom: false,
      dragging: !L.Browser.mobile, // one finger moves the page, two move the map
      maxZoom: CLOSEST,
      inertia: !isStill,
      zoomAnimation: !isStill,
      fadeAnimation: !isStill,
      markerZoomAnimation: !isStill,
    });
    L.control.zoom({ zoomInTitle: figure.dataset.closer, zoomOutTitle: figure.dataset.wider }).addTo(map);
    if (figure.dataset.tiles) {
      L.tileLayer(figure.dataset.tiles, { maxZoom: CLOSEST }).addTo(map);
      figure.querySelector("[data-tiles-note]").hidden = false;
    }
    for (const place of drawing.querySelectorAll(".map__place")) {
      L.polygon(ringsOf(place.getAttribute("d")), { className: place.getAttribute("class"), interactive: false }).addTo(map);
    }
    map.fitBounds(whole, { animate: false });
    map.setMinZoom(Math.max(0, Math.min(map.getZoom(), 14) - 4));

    let pins = [];
    const draw = (from) => {
      if (box.querySelector(".pin:focus")) box.focus({ preventScroll: true });
      pins.forEach((pin) => pin.remove());
      pins = [...from.querySelectorAll(".marker")].map((link) => pinFor(link, box.clientWidth < 500).addTo(map));
    };
    draw(drawing);

    let asked = null;
    const show = async () => {
      asked?.abort();
      asked = new AbortController();
      const here = map.getBounds();
      const address = new URL(location.href);
      const edges = [here.getWest(), here.getSouth(), here.getEast(), here.getNorth()];
      address.searchParams.set("box", edges.map((degrees) => degrees.toFixed(PART)).join(","));
      address.searchParams.set("view", "map");
      address.searchParams.delete("page");
      address.hash = "";
      const response = await fetch(address, { headers: { "HX-Request": "true" }, signal: asked.signal }).catch(() => null);
      if (!response?.ok) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!figure.isConnected || !fresh.querySelector("[data-idea-map]")) return;
      for (const part of [".ideas__bar", "figcaption", ".ideas__found"]) {
        results.querySelector(part).replaceChildren(...fresh.querySelector(part).childNodes);
      }
      figure.querySelector("[data-tiles-note]")?.removeAttribute("hidden");
      draw(fresh);
      history.replaceState(null, "", address);
      form.dataset.shown = location.pathname + location.search;
    };

    let timer = 0;
    let isResized = false;
    map.on("resize", () => { isResized = true; });
    map.on("moveend", () => {
      clearTimeout(timer);
      if (!isResized) timer = setTimeout(show, 250);
      isResized = false;
    });
    map.on("click", (event) => map.panTo(event.latlng));
    box.addEventListener("click", (event) => {
      const pin = event.target.closest(".pin--many");
      const part = pin && new URL(pin.href).searchParams.get("box");
      if (!part || event.ctrlKey || event.metaKey || event.shiftKey || map.getZoom() >= CLOSEST) return;
      event.preventDefault();
      const group = boundsOf(part);
      const zoom = Math.min(CLOSEST, Math.max(map.getBoundsZoom(group), map.getZoom() + 1));
      box.focus({ preventScroll: true });
      map.setView(group.getCenter(), zoom);
    });
    figure.addEventListener("portal:gone", () => map.remove());
  };

  // The drawing comes anew with each choice among the filters
  let shown = null;
  const begin = () => {
    const figure = results.querySelector("[data-idea-map]");
    if (figure === shown) return;
    shown?.dispatchEvent(new Event("portal:gone"));
    shown = figure;
    if (figure) start(figure);
  };
  begin();
  new MutationObserver(begin).observe(results, { childList: true });
})();
