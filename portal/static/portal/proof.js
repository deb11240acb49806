/* Where anyone may answer: the browser does a little work beside the form, and sends what it found along with it. */
"use strict";

for (const form of document.querySelectorAll("form[data-proof]")) {
  const field = form.querySelector("[data-solution]");
  const status = form.querySelector("[data-status]");
  const challenge = JSON.parse(form.dataset.proof);
  const worker = new Worker(form.dataset.worker);
  let waiting = null;
  let isGivenUp = false;
  worker.addEventListener("message", ({ data }) => {
    field.value = btoa(JSON.stringify({ challenge, solution: data }));
    if (waiting) form.requestSubmit(waiting);
  });
  worker.addEventListener("error", () => { // then it goes without, as it does for those who have no JavaScript
    isGivenUp = true;
    if (waiting) form.requestSubmit(waiting);
  });
  worker.postMessage(challenge.parameters);
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (field.value || isGivenUp || pressed?.value !== "send") return;
    event.preventDefault();
    waiting = pressed;
    status.textContent = form.dataset.working;
  });
}
