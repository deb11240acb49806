/* What JavaScript adds; every page works without it. */
"use strict";

// Filters answer as soon as a choice is made, and the address keeps them.
for (const form of document.querySelectorAll("form[data-filters]")) {
  const results = document.querySelector(form.dataset.filters);
  const here = () => location.pathname + location.search;
  form.dataset.shown = here();
  const show = async (url, remember) => {
    const response = await fetch(url, { headers: { "HX-Request": "true" } });
    if (!response.ok) return location.assign(url);
    results.innerHTML = await response.text();
    if (remember) history.pushState({ url }, "", url);
    form.dataset.shown = here();
  };
  form.addEventListener("change", () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    show(`${form.action.split("#")[0]}?${query}`, true);
  });
  addEventListener("popstate", () => here() === form.dataset.shown || location.reload()); // not for a link within the page
}

// A film is loaded from the other site once the reader asks for it.
for (const video of document.querySelectorAll("[data-player]")) {
  const template = video.querySelector("template");
  template.replaceWith(template.content);
  video.querySelector("[data-play]").addEventListener("click", (event) => {
    const frame = document.createElement("iframe");
    frame.src = video.dataset.player;
    frame.allow = "fullscreen";
    frame.title = video.querySelector("strong").textContent;
    event.target.closest("p").replaceWith(frame);
    frame.focus();
  });
}

// The open menu closes with Escape, and the focus goes back to its button.
for (const menu of document.querySelectorAll("[data-menu]")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Following answers in its place, and the focus stays on the button.
addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-swap]");
  if (!form) return;
  event.preventDefault();
  const place = form.parentElement;
  const body = new FormData(form, event.submitter);
  const response = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  if (!response.ok || response.redirected) return location.reload();
  place.innerHTML = new DOMParser().parseFromString(await response.text(), "text/html").body.firstElementChild.innerHTML;
  place.querySelector("button")?.focus();
});
