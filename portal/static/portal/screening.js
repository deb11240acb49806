/* Written answers, decided by keyboard: 1, 2 and 3 choose a state of the text in focus, and the next text comes. */
(() => {
  const form = document.querySelector("[data-screening]");
  if (!form) return;
  const texts = [...form.querySelectorAll("[data-text]")];
  form.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const text = event.target.closest("[data-text]");
    const choice = text.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    const next = texts[texts.indexOf(text) + 1];
    const goal = next ? next.querySelector("input[type=radio]:checked") : form.querySelector("button[type=submit]");
    goal.focus();
    goal.scrollIntoView({ block: "nearest" });
  });
  texts[0]?.querySelector("input[type=radio]:checked")?.focus({ preventScroll: true });
})();
