/* Beside Wagtail's editor: a counter below the introduction, and the server's hints below the fields they are about.
   The hints themselves are the server's (moderation/advice.py): each save of the draft, also Wagtail's own, brings them
   anew, so no rule is written twice. */
(() => {
  const box = document.querySelector("[data-advice]");
  if (!box) return;
  const PAUSE = 1000; // milliseconds without typing, before a screen reader is told
  const words = box.dataset;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  const status = document.createElement("p");
  status.className = "w-sr-only";
  status.setAttribute("role", "status");
  document.querySelector("[data-edit-form]")?.append(status);
  let waiting;
  const tell = (text) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { status.textContent = text; }, PAUSE);
  };
  const describe = (input, id) => {
    const others = (input.getAttribute("aria-describedby") || "").split(/\s+/).filter((other) => other && other !== id);
    input.setAttribute("aria-describedby", [...others, id].join(" "));
  };

  const introduction = document.getElementById("id_introduction");
  if (introduction) {
    const counter = document.createElement("p");
    counter.className = "counter";
    counter.id = "introduction-counter";
    introduction.after(counter);
    describe(introduction, counter.id);
    const count = () => {
      const n = [...introduction.value.trim()].length;
      const over = n > Number(words.recommended);
      counter.textContent = fill(over ? words.countOver : words.count, { n, recommended: words.recommended, most: words.most });
      counter.classList.toggle("counter--over", over);
      return counter.textContent;
    };
    count();
    introduction.addEventListener("input", () => tell(count()));
  }

  /* The innermost part of the form that a hint's path names: a block of the text where it is open, else its field. */
  const place = (path) => path.split(".").map((part) => document.querySelector(`[data-contentpath="${CSS.escape(part)}"]`))
    .filter(Boolean).pop();
  const toggle = document.querySelector("[data-side-panel-toggle='guide'] [data-side-panel-toggle-counter]");
  let known = box.querySelectorAll("[data-advice-for]").length;

  const show = () => {
    document.querySelectorAll(".advice__note").forEach((note) => note.remove());
    const hints = [...box.querySelectorAll("[data-advice-for]")];
    hints.forEach((hint, number) => {
      const target = place(hint.dataset.adviceFor);
      if (!target) return;
      const note = document.createElement("p");
      note.className = "advice__note";
      note.id = `advice-${number}`;
      note.textContent = hint.textContent;
      target.append(note);
      const input = target.querySelector("input:not([type=hidden]), textarea, select, [contenteditable=true]");
      if (input) describe(input, note.id);
    });
    if (toggle) {
      toggle.textContent = hints.length;
      toggle.hidden = hints.length === 0;
    }
    if (hints.length !== known) tell(hints.length ? fill(words.some, { n: hints.length }) : words.none);
    known = hints.length;
  };
  show();
  new MutationObserver(show).observe(box, { childList: true });
})();
