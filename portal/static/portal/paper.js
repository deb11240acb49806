/* A sheet of paper, typed in by keyboard: Enter goes to the next field, and from the last one to the next sheet; the
   codes that are typed light up in their list. Without this file, Tab goes on and the button counts the sheet. */
(() => {
  const sheet = document.querySelector("[data-sheet]");
  if (!sheet) return;
  const boxes = () => [...sheet.querySelectorAll("[data-box], select, input[type=radio]:checked")];

  const light = (box) => {
    const codes = box.closest("fieldset")?.querySelectorAll("[data-code]") || [];
    const typed = box.value.trim().toLowerCase();
    const apart = typed.split(/[\s,;+]+/);
    const single = codes.length <= 11 ? [...typed] : [];
    codes.forEach((code) => {
      code.classList.toggle("is-typed", apart.includes(code.dataset.code) || (apart.length === 1 && single.includes(code.dataset.code)));
    });
  };

  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target.matches("button")) return;
    if (event.target.matches("textarea") && event.shiftKey) return;
    event.preventDefault();
    const all = boxes();
    const next = all[all.indexOf(event.target) + 1];
    if (next) { next.focus(); next.select?.(); } else { sheet.requestSubmit(); }
  });
  sheet.addEventListener("input", (event) => { if (event.target.matches("[data-box]")) light(event.target); });
  sheet.addEventListener("submit", () => { sheet.querySelector("button[type=submit]").disabled = true; });
  window.addEventListener("pageshow", () => { sheet.querySelector("button[type=submit]").disabled = false; });
  sheet.querySelectorAll("[data-box]").forEach((box) => { if (box.value) light(box); });

  const errors = document.getElementById("errors");
  const wrong = sheet.querySelector(".paper__question--wrong [data-box]");
  const begun = sheet.querySelector("input[type=radio]:checked");
  (wrong || (errors ? errors : begun ? sheet.querySelector("[data-box]") : sheet.querySelector("input[type=radio]")))?.focus();
})();
