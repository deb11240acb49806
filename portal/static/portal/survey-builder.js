/* Building a survey in Wagtail's editor: the fields of each kind of question, numbers, and conditions chosen by words.
   It writes into the fields that the form has anyway, so the server knows nothing of it; what answers have fixed it only
   greys out, and the server refuses (participation/surveys/question_forms.py). */
(() => {
  "use strict";
  const data = document.getElementById("survey-builder");
  if (!data) return;
  const setup = JSON.parse(data.textContent);
  const { words } = setup;
  const forms = document.getElementById("id_questions-FORMS");
  const quiz = document.getElementById("id_is_quiz");
  const PAUSE = 150; // milliseconds without typing
  const SHORT = 60; // signs of a question in a list

  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    if (text) element.textContent = text;
    return element;
  };
  const short = (text) => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text);
  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  /* The questions as they stand in the form. */
  const prefixOf = (child) => child.id.replace("inline_child_", "");
  const input = (child, name) => child.querySelector(`[name="${prefixOf(child)}-${name}"]`);
  const wrapper = (child, name) =>
    child.querySelector(`.w-field[data-contentpath="${name}"]`)?.closest(".w-panel__wrapper");
  const children = () => [...forms.children].filter(
    (child) => child.matches("[data-inline-panel-child]") && input(child, "DELETE")?.value !== "1");

  const optionsOf = (child, block) => {
    const prefix = `${prefixOf(child)}-options`;
    const found = [];
    child.querySelectorAll(`input[name^="${prefix}-"][name$="-id"]`).forEach((id) => {
      const one = id.name.slice(0, -3);
      const value = (name) => child.querySelector(`[name="${one}-${name}"]`);
      if (value("deleted")?.value || value("type")?.value !== block) return;
      const order = Number(value("order")?.value || 0);
      found.push({ id: id.value, text: value("value-text")?.value || "", isRetired: value("value-is_retired")?.checked, order });
    });
    return found.sort((one, other) => one.order - other.order);
  };

  const valuesOf = (child, kind) => {
    let values;
    if (kind === setup.yesNo) values = [["yes", words.yes], ["no", words.no]];
    else if (kind === setup.scale) {
      const most = Number(input(child, "scale_points").value) || 5;
      const ends = { 1: input(child, "low_words").value, [most]: input(child, "high_words").value };
      values = Array.from({ length: Math.min(most, 11) }, (_unused, at) => [String(at + 1), [at + 1, ends[at + 1]].filter(Boolean).join(" – ")]);
    } else values = optionsOf(child, setup.blocks[kind]).filter((each) => !each.isRetired).map((each) => [each.id, each.text || "…"]);
    ["other", "no_opinion"].forEach((name) => {
      const allowed = name === "no_opinion" || setup.fields[kind].includes("has_other");
      if (allowed && input(child, `has_${name}`)?.checked) values.push([name, words[name]]);
    });
    return values;
  };

  const read = (child, at) => {
    const kind = input(child, "kind").value;
    return {
      child, kind, number: at + 1, key: input(child, "key").value, text: input(child, "text").value.trim(),
      isRetired: input(child, "is_retired").checked,
      values: kind === setup.number ? [] : valuesOf(child, kind),
    };
  };

  /* One condition: which question above, how, and which answers. */
  class Condition {
    constructor(field) {
      this.field = field;
      this.box = make("div", { class: "survey-condition" });
      this.name = field.name.endsWith("section_shows_when") ? words.sectionShown : words.shown;
      field.hidden = true;
      field.after(this.box);
      this.seen = "";
    }

    get value() {
      try {
        return JSON.parse(this.field.value) || null;
      } catch {
        return null;
      }
    }

    store(value) {
      this.field.value = JSON.stringify(value);
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
      this.field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    show(above) {
      const sources = above.filter((each) => !each.isRetired && setup.deciding.includes(each.kind));
      const state = JSON.stringify([this.field.value, sources.map(({ key, kind, number, text, values }) => [key, kind, number, text, values])]);
      if (state === this.seen) return;
      this.seen = state;
      const held = this.box.contains(document.activeElement) ? document.activeElement.dataset.part : null;
      const value = this.value;
      const source = sources.find((each) => each.key === value?.question);
      this.box.replaceChildren(this.which(sources, value, source));
      if (value && source) this.box.append(this.how(value, source));
      if (value && source && value.operator !== "answered") this.box.append(this.answers(value, source));
      if (!sources.length && !value && !this.field.disabled) this.box.append(make("p", { class: "help" }, words.none));
      if (held) this.box.querySelector(`[data-part="${CSS.escape(held)}"]`)?.focus();
    }

    select(part, label, options, chosen, change) {
      const select = make("select", { "data-part": part, "aria-label": `${this.name} – ${label}` });
      options.forEach(([value, text]) => {
        const option = make("option", { value }, text);
        option.selected = value === chosen;
        select.append(option);
      });
      select.disabled = this.field.disabled;
      select.addEventListener("change", (event) => { event.stopPropagation(); change(select.value); });
      return select;
    }

    which(sources, value, source) {
      const options = [["", words.always], ...sources.map((each) => [each.key, words.if.replace("%s", `${each.number}. ${short(each.text)}`)])];
      if (value && !source) options.push([value.question, words.if.replace("%s", words.gone)]);
      return this.select("question", words.question, options, value?.question || "", (key) => {
        const chosen = sources.find((each) => each.key === key);
        this.store(chosen ? { question: key, operator: chosen.kind === setup.number ? "at_least" : "is", values: [] } : null);
      });
    }

    how(value, source) {
      const bounds = setup.measured.includes(source.kind) ? ["at_least", "at_most"] : [];
      const operators = [...(source.kind === setup.number ? [] : ["is", "is_not"]), ...bounds, "answered"];
      const options = operators.map((each) => [each, words[each]]);
      return this.select("operator", words.operator, options, value.operator, (operator) => {
        const isBound = bounds.includes(operator);
        const keep = operator !== "answered" && isBound === bounds.includes(value.operator);
        this.store({ ...value, operator, values: keep ? value.values : [] });
      });
    }

    answers(value, source) {
      if (["at_least", "at_most"].includes(value.operator)) {
        const bound = make("input", { type: "number", step: "any", "data-part": "bound", "aria-label": `${this.name} – ${words.bound}` });
        bound.value = value.values[0] ?? "";
        bound.disabled = this.field.disabled;
        bound.addEventListener("input", (event) => event.stopPropagation());
        bound.addEventListener("change", (event) => {
          event.stopPropagation();
          this.store({ ...value, values: bound.value === "" ? [] : [bound.value] });
        });
        return bound;
      }
      const group = make("div", { class: "survey-condition__values", role: "group", "aria-label": `${this.name} – ${words.values}` });
      source.values.forEach(([id, text]) => {
        const label = make("label");
        const box = make("input", { type: "checkbox", "data-part": `value-${id}` });
        box.checked = value.values.includes(id);
        box.disabled = this.field.disabled;
        box.addEventListener("change", (event) => {
          event.stopPropagation();
          const others = value.values.filter((each) => each !== id && source.values.some(([known]) => known === each));
          this.store({ ...value, values: box.checked ? [...others, id] : others });
        });
        label.append(box, ` ${text}`);
        group.append(label);
      });
      return group;
    }
  }

  const conditions = new WeakMap();
  const conditionOf = (field) => {
    if (!conditions.has(field)) conditions.set(field, new Condition(field));
    return conditions.get(field);
  };

  /* What of a question is shown: the fields of its kind, those of a quiz, its number and its first words. */
  const showFields = (question) => {
    const { child, kind } = question;
    const ofKind = new Set(setup.fields[kind]);
    const managed = new Set(Object.values(setup.fields).flat());
    managed.forEach((name) => {
      const isOfQuiz = name === "right_answer" || name === "explanation";
      const shown = ofKind.has(name) && (!isOfQuiz || quiz?.checked);
      const part = wrapper(child, name);
      if (part) part.hidden = !shown;
    });
    const section = wrapper(child, "section_shows_when");
    if (section) section.hidden = !input(child, "starts_section").value.trim();
    child.dataset.kind = kind;
    child.dataset.block = setup.blocks[kind];
    child.toggleAttribute("data-quiz", Boolean(quiz?.checked));
    child.toggleAttribute("data-picture", kind === setup.picture);
  };

  const showHeading = (question) => {
    const heading = question.child.querySelector("[data-inline-panel-child-count]");
    if (!heading) return;
    const notes = [question.isRetired && words.retired, question.isAnswered && words.fixed].filter(Boolean).join(", ");
    const text = ` ${question.number}${question.text ? ` · ${short(question.text)}` : ""}${notes ? ` (${notes})` : ""}`;
    if (heading.textContent !== text) heading.textContent = text;
  };

  const holdStill = (question, before) => {
    const control = (name) => question.child.querySelector(`[data-inline-panel-child-${name}]`);
    const fixed = [control("drag"), control("move-up"), control("move-down"), question.child.querySelector("[id$='-DELETE-button']")];
    if (question.isAnswered) fixed.forEach((button) => button && (button.hidden = true));
    else if (before?.isAnswered) [control("drag"), control("move-up")].forEach((button) => button && (button.hidden = true));
    else [control("drag"), control("move-up")].forEach((button) => button && (button.hidden = false));
    if (!question.isAnswered) return;
    question.child.querySelectorAll("input[name*='-options-'][name$='-id']").forEach((id) => {
      if (!setup.answeredOptions.includes(id.value)) return;
      id.closest("[data-streamfield-child]")?.classList.add("survey-option--answered");
    });
  };

  /* Wagtail saves a new page by itself, and only its address tells: from then on questions can be copied into it. */
  const showWays = () => {
    const kept = document.querySelector("[data-survey-kept][hidden]");
    const number = location.pathname.match(/\/pages\/(\d+)\/edit\//)?.[1];
    if (!kept || !number) return;
    kept.querySelectorAll("a").forEach((way) => { way.href = way.getAttribute("href").replace("/0/", `/${number}/`); });
    kept.hidden = false;
    document.querySelector("[data-survey-new]")?.remove();
  };

  const refresh = () => {
    showWays();
    const questions = children().map((child, at) => {
      const key = input(child, "key");
      if (!key.value) key.value = uuid();
      child.dataset.contentpath = key.value; // where the server's hints on the question are put
      return read(child, at);
    });
    questions.forEach((question, at) => {
      question.isAnswered = setup.answered.includes(question.key);
      showFields(question);
      showHeading(question);
      holdStill(question, questions[at - 1]);
      const above = questions.slice(0, at);
      conditionOf(input(question.child, "shows_when")).show(above);
      conditionOf(input(question.child, "section_shows_when")).show(above);
    });
  };

  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, PAUSE);
  };
  const arrange = (child) => {
    child.querySelectorAll(".w-field[data-contentpath]").forEach((field) => {
      const part = field.closest(".w-panel__wrapper");
      if (part && !part.dataset.surveyField && part.querySelectorAll(".w-panel__wrapper").length === 0) {
        part.dataset.surveyField = field.dataset.contentpath;
      }
    });
  };
  const arrangeAll = () => forms.querySelectorAll("[data-inline-panel-child]").forEach(arrange);

  /* Wagtail's menu of blocks opens anywhere: it offers what the question that opened it can hold. */
  document.addEventListener("click", (event) => {
    if (event.target.closest(".w-combobox-container, .w-combobox, [data-tippy-root]")) return;
    const child = event.target.closest("#id_questions-FORMS [data-inline-panel-child]");
    if (child) document.body.dataset.optionsOf = child.dataset.block;
    else delete document.body.dataset.optionsOf;
  }, true);
  document.addEventListener("w-autosave:success", soon);
  forms.addEventListener("input", soon);
  forms.addEventListener("change", soon);
  forms.addEventListener("click", () => setTimeout(soon, PAUSE));
  quiz?.addEventListener("change", soon);
  new MutationObserver(() => { arrangeAll(); soon(); }).observe(forms, { childList: true });
  addEventListener("load", () => { arrangeAll(); refresh(); });
  arrangeAll();
  refresh();
})();
