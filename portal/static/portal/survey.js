/* What JavaScript adds to a survey: conditions at once, ranks by buttons, a place on the map. The server decides all. */
"use strict";

for (const form of document.querySelectorAll("form[data-survey]")) {
  const questions = [...form.querySelectorAll("[data-ask]")];
  const byKey = new Map(questions.map((question) => [question.dataset.ask, question]));
  const seen = form.querySelector("[data-seen]");

  // What conditions look at, as the server does: ids of choices, a point or a number.
  const valuesOf = (question) => {
    const name = question.id;
    if (question.querySelector(`[name="${CSS.escape(`${name}-none`)}"]`)?.checked) return ["no_opinion"];
    const fields = [...question.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    if (question.dataset.kind === "number") {
      const typed = (fields[0]?.value || "").replace(/\s/g, "").replace(",", ".");
      return typed === "" || Number.isNaN(Number(typed)) ? [] : [String(Number(typed))];
    }
    return fields.filter((field) => field.checked).map((field) => field.value);
  };
  const holds = ({ operator, values }, given) => {
    if (!given?.length) return false;
    if (operator === "is") return given.some((value) => values.includes(value));
    if (operator === "is_not") return !given.some((value) => values.includes(value));
    if (operator === "answered") return !given.includes("no_opinion");
    const number = Number(given[0]);
    if (Number.isNaN(number)) return false;
    return operator === "at_least" ? number >= Number(values[0]) : number <= Number(values[0]);
  };
  const follow = () => {
    const counting = new Map();
    for (const question of questions) {
      const conditions = question.dataset.showsWhen ? JSON.parse(question.dataset.showsWhen) : [];
      const here = conditions.filter((condition) => byKey.has(condition.question)); // the others were decided before
      if (here.length) question.hidden = !here.every((each) => holds(each, counting.get(each.question)));
      if (!question.hidden) counting.set(question.dataset.ask, valuesOf(question));
    }
    seen.value = questions.filter((question) => !question.hidden).map((question) => question.dataset.ask).join(",");
  };
  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
  addEventListener("pageshow", follow); // what the browser fills in again when one comes back

  // Who writes beside "other" has chosen it.
  for (const text of form.querySelectorAll("[data-other]")) {
    text.addEventListener("input", () => {
      const box = document.getElementById(text.dataset.other);
      if (text.value && !box.checked) box.checked = true;
      follow();
    });
  }
}

// A ranking: buttons move a line, the selects keep telling its rank, and lines stand in the order of their ranks.
for (const list of document.querySelectorAll("[data-ranking]")) {
  const told = list.parentElement.querySelector("[data-ranked]");
  const lines = () => [...list.children];
  const rankOf = (line) => Number(line.querySelector("select").value) || Infinity;
  const words = (line) => line.querySelector("label").textContent;
  const button = (line, sign, text, by) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "ask__move", textContent: sign });
    made.setAttribute("aria-label", `${text} ${words(line)}`);
    made.addEventListener("click", () => move(line, by, made));
    return made;
  };
  const move = (line, by, pressed) => {
    const now = lines();
    const at = now.indexOf(line);
    const to = Math.max(0, Math.min(now.length - 1, at + by));
    if (by < 0) list.insertBefore(line, now[to]);
    else list.insertBefore(line, now[to].nextSibling);
    lines().forEach((each, number) => { each.querySelector("select").value = String(number + 1); });
    told.textContent = `${words(line)}: ${list.dataset.moved} ${to + 1}`;
    pressed.focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
  for (const line of lines()) line.append(button(line, "↑", list.dataset.up, -1), button(line, "↓", list.dataset.down, 1));
  const sort = () => list.append(...lines().sort((a, b) => rankOf(a) - rankOf(b) || 0));
  sort();
}

// A place: streets are proposed while one types; the mark on the map (Web Mercator metres, y downwards) is pressed or
// moved by the arrow keys, and written into the fields in degrees.
for (const place of document.querySelectorAll("[data-place]")) {
  const EARTH = 6378137;
  const [lon, lat, near, words, told] = ["lon", "lat", "near", "words", "pointed"].map((name) => place.querySelector(`[data-${name}]`));
  const map = place.querySelector("[data-map]");
  const [drawing, pin] = map ? [map.querySelector("svg"), map.querySelector("[data-pin]")] : [];
  const changed = () => place.dispatchEvent(new Event("change", { bubbles: true }));

  const show = () => {
    const degrees = [lon.value, lat.value].map((text) => Number(text.replace(",", ".")));
    const isThere = lon.value !== "" && lat.value !== "" && degrees.every(Number.isFinite);
    pin?.classList.toggle("ask__pin--set", isThere);
    if (!pin || !isThere) return;
    pin.setAttribute("cx", (degrees[0] * Math.PI / 180) * EARTH);
    pin.setAttribute("cy", -Math.log(Math.tan(Math.PI / 4 + (degrees[1] * Math.PI) / 360)) * EARTH);
  };
  const clear = () => { lon.value = lat.value = told.textContent = ""; show(); };

  if (map) {
    const box = drawing.viewBox.baseVal;
    const put = (x, y) => {
      const at = new DOMPoint(Math.min(Math.max(x, box.x), box.x + box.width), Math.min(Math.max(y, box.y), box.y + box.height));
      lon.value = ((at.x / EARTH) * 180 / Math.PI).toFixed(5);
      lat.value = ((2 * Math.atan(Math.exp(-at.y / EARTH)) - Math.PI / 2) * 180 / Math.PI).toFixed(5);
      if (near) near.value = "";
      show();
      const within = [...drawing.querySelectorAll("[data-name]")].find((path) => path.isPointInFill(at));
      told.textContent = within ? `${map.dataset.within} ${within.dataset.name}` : map.dataset.chosen;
      changed();
    };
    drawing.addEventListener("click", (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
      put(point.x, point.y);
    });
    drawing.addEventListener("keydown", (event) => {
      if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); return clear(); }
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const isThere = pin.classList.contains("ask__pin--set");
      const size = Math.max(box.width, box.height) / (event.shiftKey ? 16 : 80);
      const [x, y] = isThere ? [pin.cx.baseVal.value, pin.cy.baseVal.value] : [box.x + box.width / 2, box.y + box.height / 2];
      put(x + step[0] * size, y + step[1] * size);
    });
    drawing.removeAttribute("aria-hidden");
    drawing.removeAttribute("focusable");
    for (const [name, value] of [["tabindex", "0"], ["role", "application"], ["aria-label", map.dataset.moves]]) drawing.setAttribute(name, value);
    map.hidden = false;
  }
  near?.addEventListener("change", () => { if (near.value) clear(); });
  for (const field of [lon, lat]) field.addEventListener("input", () => { if (near) near.value = ""; show(); });
  show();

  if (!words.dataset.streets) continue;
  const known = new Map();
  let timer = 0;
  const propose = async () => {
    const query = new URLSearchParams({ q: words.value });
    const response = await fetch(`${words.dataset.streets}?${query}`).catch(() => null);
    if (!response?.ok) return;
    const { streets } = await response.json();
    words.list.replaceChildren(...streets.map(({ name, place: number }) => {
      known.set(name, number);
      return new Option("", name);
    }));
  };
  words.addEventListener("input", () => {
    clearTimeout(timer);
    const number = known.get(words.value);
    if (number && near && !lon.value) near.value = String(number);
    else if (words.value.trim().length > 1 && !known.has(words.value)) timer = setTimeout(propose, 250);
  });
}
