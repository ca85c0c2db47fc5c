// The reading room: keys, opening what is marked, and keeping hands and eyes where they were after a change.

import { choose, chosen, let_go, paragraphAt } from "./selection.js";
import "./cursor.js";

const text = document.getElementById("text");
const help = document.getElementById("help");
const byId = (id) => document.getElementById(id);


// --- keys: each stands on a button or link that says so ---

function isTyping(target) {
  return target.closest("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=hidden])");
}

function press(key) {
  const thing = document.querySelector(`#panel [data-key="${CSS.escape(key)}"], .sheet-controls [data-key="${CSS.escape(key)}"]`);
  thing?.click();
  return Boolean(thing);
}

function markWith(button) {
  if (!button) return false;
  if (byId("mark-form").elements.quote.value.trim()) button.click();
  else byId("chosen").textContent = "Kies eerst tekst.";
  return true;
}

const actions = {
  z: () => {
    const form = document.querySelector("#undo form");
    form?.requestSubmit();
    return Boolean(form);
  },
  t: () => {
    text.focus();
    return true;
  },
  g: () => {
    const button = byId(`read-button-${pageInSight()?.dataset.page}`);
    button?.click();
    return Boolean(button);
  },
  X: () => {
    const details = document.querySelector("#suggestion .decide details");
    if (!details) return false;
    details.open = true;
    details.querySelector("input[type=text]").focus();
    return true;
  },
  Enter: (event) => (event.target === text || event.target === document.body || event.target.matches(".pv-scroller")) && markWith(document.querySelector("#mark-form [data-last]")),
};

document.addEventListener("keydown", (event) => {
  if (help.open) return;
  const typing = isTyping(event.target);
  const control = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && control && event.target.form && event.target.closest("#panel")) {
    event.preventDefault();
    return event.target.form.requestSubmit();
  }
  if (event.key === "Escape" && event.target.closest("#panel form")) return void press("Escape");
  if (typing || event.altKey || (control && event.key !== "z")) return;
  const done = /^[1-6]$/.test(event.key)
    ? markWith(document.querySelector(`#mark-form [data-key="${event.key}"]`))
    : actions[event.key]
      ? actions[event.key](event)
      : !control && /^[a-z?+-]$/.test(event.key) && press(event.key);
  if (done) event.preventDefault();
});

function sight() {
  // The part of the text that is in sight: on a narrow screen it scrolls inside its own frame.
  const { top, bottom } = text.getBoundingClientRect();
  return { top: Math.max(top, 0), bottom: Math.min(bottom, innerHeight) };
}

function pageInSight() {
  const onPaper = byId("page-view")?.dataset.page; // the page view says which page is in sight there
  if (text.hidden && onPaper) return byId(`blz-${onPaper}`);
  const { top, bottom } = sight();
  const middle = top + (bottom - top) / 3;
  return [...text.querySelectorAll(".page")].find((page) => page.getBoundingClientRect().bottom > middle);
}

// --- clicks that need this script ---

document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-key]")?.dataset.key;
  if (key === "?") help.showModal();
  if (key === "e") {
    event.preventDefault();
    editFirst();
  }
  if (key === "n") {
    const { start, end } = byId("passage").dataset;
    choose(Number(start), Number(end));
    text.focus({ preventScroll: true });
  }
});

function editFirst() {
  const { start, end, m } = byId("suggestion").dataset;
  byId("mark-form").elements.suggestion.value = m.slice(1);
  choose(Number(start), Number(end));
  text.focus({ preventScroll: true });
}

// --- what is marked opens in the panel ---

const parts = { p: ["#passage", text.dataset.passage], s: ["#suggestion", text.dataset.suggestion] };

function open(kind, id) {
  const [target, address] = parts[kind];
  htmx.ajax("GET", address.replace("/0/", `/${id}/`), { target, swap: "outerHTML" });
}

text.addEventListener("click", (event) => {
  const marked = event.target.closest("[data-m]");
  if (!marked || !document.getSelection().isCollapsed) return;
  event.preventDefault();
  // Of overlapping ones the last began last; a passage goes before a suggestion.
  const over = marked.dataset.m.split(" ");
  const one = over.findLast((m) => m[0] === "p") ?? over.at(-1);
  open(one[0], one.slice(1));
});
document.addEventListener("vrt:open", ({ detail }) => open(detail.kind, detail.id));

// --- after a change: the place that is up is lit, and nothing typed is lost ---

function light(part) {
  const { m, start, end } = part.dataset;
  for (const lit of text.querySelectorAll("mark.lit")) lit.classList.remove("lit");
  if (!m) return;
  for (const piece of text.querySelectorAll(`mark[data-m~="${m}"]`)) piece.classList.add("lit");
  document.dispatchEvent(new CustomEvent("vrt:show", { detail: { start: Number(start), end: Number(end) } }));
}

document.addEventListener("vrt:show", ({ detail }) => {
  if (text.hidden) return;
  const paragraph = paragraphAt(detail.start);
  const { top, bottom } = paragraph?.getBoundingClientRect() ?? {};
  const seen = sight();
  if (paragraph && (top < seen.top + 40 || bottom > seen.bottom - 40)) paragraph.scrollIntoView({ block: "center" });
});

function isDirty(form) {
  return [...form.elements].some((field) =>
    field.type === "radio" || field.type === "checkbox"
      ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT"
        ? [...field.options].some((option) => option.selected !== option.defaultSelected)
        : "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue,
  );
}

let asking = null; // the part whose request is under way
document.addEventListener("htmx:beforeRequest", (event) => {
  asking = event.detail.elt.closest("#suggestion, #mark-form, #passage, #undo")?.id;
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  // A form that someone is filling in stays when another part of the panel changes.
  const part = event.detail.target;
  if (part.id === asking || !part.closest("#panel")) return;
  if ([...part.querySelectorAll("form")].some(isDirty)) event.detail.shouldSwap = false;
});

let pressed = null; // the theme button that marks
document.addEventListener("click", (event) => {
  pressed = event.target.closest("#mark-form [name=theme]") ?? pressed;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  // What was chosen is marked now, and its theme is the one to go on with.
  const { xhr, shouldSwap } = event.detail;
  if (asking !== "mark-form" || !shouldSwap || xhr.getResponseHeader("HX-Retarget")) return;
  for (const button of document.querySelectorAll("#mark-form [name=theme]")) {
    button.toggleAttribute("data-last", button === pressed);
  }
  for (const error of document.querySelectorAll("#mark-form .error")) error.remove();
  let_go();
});

function fit(form) {
  // Focus points that fit the theme.
  const name = form.elements.theme.selectedOptions[0].textContent;
  for (const group of form.querySelectorAll("[name=focus_point] optgroup")) {
    group.hidden = group.disabled = group.label !== name;
  }
  const select = form.elements.focus_point;
  if (select.selectedOptions[0]?.parentElement.disabled) select.value = "";
}
document.addEventListener("change", (event) => {
  if (event.target.name === "theme" && event.target.form.id === "coding-form") fit(event.target.form);
});

function settle() {
  for (const part of document.querySelectorAll("#panel .needs-script")) part.hidden = false;
  if (byId("coding-form")) fit(byId("coding-form"));
}
settle();

document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.target;
  settle();
  if (part.id === "suggestion") light(byId("suggestion"));
  if (part.id === "passage") light(byId("passage"));
  if (document.activeElement !== document.body) return;
  if (part.id === "suggestion") document.querySelector("#suggestion [data-key=a]")?.focus({ preventScroll: true });
  if (part.id === "passage") {
    const first = byId("measure-form")?.elements.what ?? (asking === "passage" && byId("coding-form")?.elements.theme);
    (first || text).focus({ preventScroll: true });
  }
});

if (location.hash.startsWith("#voorstel-")) light(byId("suggestion"));
