/* The calendar: a scheduled text is moved by dragging it, or by the arrow keys. Without this script there is a form. */
"use strict";

for (const root of document.querySelectorAll("[data-agenda]")) {
  const results = root.querySelector("[data-results]");
  const status = root.querySelector("[data-status]");
  const hint = root.querySelector("[data-hint]");
  const words = root.dataset;
  const names = new Intl.DateTimeFormat(words.locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const NEAR = 6; // pixels that a click may slip

  const later = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
  const handleOf = (url) => results.querySelector(`[data-move="${url}"] .agenda-entry__move`);

  const say = (text, { failed = false, back = null } = {}) => {
    status.classList.toggle("agenda-status--failed", failed);
    status.textContent = text;
    if (!back) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = words.back;
    button.addEventListener("click", () => move(back.url, back.day, back.hour));
    status.append(" ", button);
  };

  const mark = (day) => {
    for (const cell of results.querySelectorAll(".agenda-day--target")) cell.classList.remove("agenda-day--target");
    if (day) results.querySelector(`[data-day="${day}"]`)?.classList.add("agenda-day--target");
  };

  const refresh = async (url) => {
    const response = await fetch(location.href, { headers: { "HX-Request": "true" } });
    if (!response.ok) return location.reload();
    results.innerHTML = await response.text();
    (handleOf(url) || status.querySelector("button"))?.focus();
  };

  const move = async (url, day, hour) => {
    const body = new FormData();
    body.append("day", day);
    body.append("hour", hour);
    const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "HX-Request": "true", "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token };
    try {
      const response = await fetch(url, { method: "POST", body, headers });
      const answer = await response.json();
      say(answer.message, response.ok ? { back: { url, ...answer.back } } : { failed: true });
      if (response.ok) await refresh(url);
    } catch {
      say(words.failed, { failed: true });
    }
  };

  // By keyboard, on the handle: arrows choose a day, Enter moves, Escape leaves it.
  let chosen = null;
  const forget = () => {
    chosen = null;
    mark(null);
  };
  results.addEventListener("keydown", (event) => {
    const entry = event.target.closest(".agenda-entry__move")?.closest("[data-move]");
    if (!entry || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in STEPS) {
      chosen = later(chosen || entry.dataset.on, STEPS[event.key]);
      mark(chosen);
      say(words.target.replace("{day}", names.format(Date.parse(chosen))).replace("{hour}", entry.dataset.hour));
    } else if (chosen && event.key === "Enter") {
      const day = chosen;
      forget();
      move(entry.dataset.move, day, entry.dataset.hour);
    } else if (chosen && event.key === "Escape") {
      forget();
      say(words.left);
    } else return;
    event.preventDefault();
  });
  results.addEventListener("focusout", forget);

  // By dragging: the whole entry with a mouse; by its handle with a finger, so that the page still scrolls.
  let dragged = null;
  const dayUnder = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-day]")?.dataset.day;
  const release = () => {
    dragged?.entry.classList.remove("agenda-entry--dragged");
    dragged?.entry.style.removeProperty("translate");
    dragged = null;
    mark(null);
  };
  results.addEventListener("dragstart", (event) => event.target.closest("[data-move]") && event.preventDefault());
  results.addEventListener("pointerdown", (event) => {
    const entry = event.target.closest("[data-move]");
    if (!entry || event.button !== 0) return;
    if (event.pointerType === "touch" && !event.target.closest(".agenda-entry__move")) return;
    dragged = { entry, x: event.clientX, y: event.clientY, moves: false };
  });
  addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const [x, y] = [event.clientX - dragged.x, event.clientY - dragged.y];
    dragged.moves ||= Math.hypot(x, y) > NEAR;
    if (!dragged.moves) return;
    dragged.entry.classList.add("agenda-entry--dragged");
    dragged.entry.style.translate = `${x}px ${y}px`;
    mark(dayUnder(event));
  });
  addEventListener("pointerup", (event) => {
    if (!dragged?.moves) return release();
    const { entry } = dragged;
    const day = dayUnder(event);
    release();
    // What was a drag is not a click on the title.
    addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    setTimeout(() => {
      if (day && day !== entry.dataset.on) move(entry.dataset.move, day, entry.dataset.hour);
      else say(words.left);
    });
  });
  addEventListener("pointercancel", release);
  addEventListener("keydown", (event) => event.key === "Escape" && release());

  hint.hidden = !results.querySelector("[data-move]");
}
