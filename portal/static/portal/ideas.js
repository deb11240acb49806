/* What JavaScript adds to writing an idea: the draft is kept, similar ideas are shown, a place is pointed out. */
"use strict";

const later = (act, wait) => {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
};
const asked = { "HX-Request": "true" };

// The draft is kept shortly after one stops typing; without the photo, which goes with the form itself.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const kept = form.querySelector("[data-draft-kept]");
  let sent = false;
  const keep = async () => {
    if (sent) return;
    const body = new FormData(form);
    body.delete("photo");
    body.delete("removes_photo");
    const response = await fetch(form.action, { method: "POST", body, headers: asked }).catch(() => null);
    if (response?.ok && !response.redirected && response.headers.get("X-Draft")) kept.textContent = await response.text();
  };
  form.addEventListener("input", later(keep, 2500));
  form.addEventListener("submit", () => { sent = true; });
}

for (const form of document.querySelectorAll("form[data-similar]")) {
  const place = form.querySelector("[data-similar-place]");
  const title = form.querySelector("[name=title]");
  const show = async () => {
    const query = new URLSearchParams({ title: title.value });
    const response = await fetch(`${form.dataset.similar}?${query}`, { headers: asked }).catch(() => null);
    if (response?.ok && !response.redirected) place.innerHTML = (await response.text()).trim();
  };
  title.addEventListener("input", later(show, 700));
  if (title.value) show();
}

// A mark on the drawing of the commune: its metres (home/outlines.py) become degrees, and back.
const RADIUS = 6378137;
const toDegrees = (x, y) => [(x / RADIUS) * (180 / Math.PI), (2 * Math.atan(Math.exp(-y / RADIUS)) - Math.PI / 2) * (180 / Math.PI)];
const toMetres = (longitude, latitude) => [(longitude * Math.PI * RADIUS) / 180, -RADIUS * Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360))];

for (const pick of document.querySelectorAll("[data-pick]")) {
  const map = pick.querySelector("svg");
  if (!map) continue;
  const form = pick.closest("form");
  const [longitude, latitude] = ["longitude", "latitude"].map((name) => form.elements[name]);
  const box = map.viewBox.baseVal;
  const mark = document.createElementNS(map.namespaceURI, "circle");
  mark.setAttribute("class", "pick__mark");
  mark.setAttribute("r", Math.max(box.width, box.height) / 60);
  const put = (x, y) => {
    const at = [Math.min(Math.max(x, box.x), box.x + box.width), Math.min(Math.max(y, box.y), box.y + box.height)];
    mark.setAttribute("cx", at[0]);
    mark.setAttribute("cy", at[1]);
    map.append(mark);
    [longitude.value, latitude.value] = toDegrees(...at).map((degrees) => degrees.toFixed(6));
    form.dispatchEvent(new Event("input"));
  };
  map.removeAttribute("aria-hidden");
  map.setAttribute("tabindex", "0");
  map.setAttribute("role", "application");
  map.setAttribute("aria-describedby", "pick-help");
  map.setAttribute("aria-label", pick.querySelector("#pick-help").textContent);
  pick.hidden = false;
  if (longitude.value && latitude.value) put(...toMetres(Number(longitude.value.replace(",", ".")), Number(latitude.value.replace(",", "."))));
  map.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    put(point.x, point.y);
  });
  map.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const x = mark.isConnected ? Number(mark.getAttribute("cx")) : box.x + box.width / 2;
    const y = mark.isConnected ? Number(mark.getAttribute("cy")) : box.y + box.height / 2;
    put(x + (step[0] * box.width) / 80, y + (step[1] * box.height) / 80);
  });
  pick.querySelector("[data-pick-clear]").addEventListener("click", () => {
    mark.remove();
    longitude.value = latitude.value = "";
    form.dispatchEvent(new Event("input"));
  });
}
