// The chosen stretch of text, in characters (code points) of the version's text: the one thing that the
// reading view, the page view and the forms share.
//
// Each paragraph says in data-start where its text begins; what stands inside it is that text to the
// letter. So a place on screen and an offset are two words for the same thing.

const text = document.getElementById("text");
const selection = document.getSelection();
let place = null; // { start, end }

export const points = (string) => [...string].length;
export const paragraphs = () => [...text.querySelectorAll("[data-start]")];
export const chosen = () => place;

// --- from a place on screen to an offset, and back ---

function offsetOf(node, at) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, at);
  return Number(paragraph.dataset.start) + points(before.toString());
}

function placeOf(range) {
  // A triple click ends at the beginning of the next paragraph, or outside any: take the words only.
  const touched = paragraphs().filter((p) => range.intersectsNode(p));
  const first = touched[0];
  const last = touched.at(-1);
  if (!first) return null;
  const start = offsetOf(range.startContainer, range.startOffset) ?? Number(first.dataset.start);
  const end =
    offsetOf(range.endContainer, range.endOffset) ?? Number(last.dataset.start) + points(last.textContent);
  return end > start ? { start, end } : null;
}

function nodeAt(paragraph, offset) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = offset - Number(paragraph.dataset.start);
  let node = walker.nextNode();
  let last = node;
  while (node) {
    const length = points(node.data);
    if (left <= length) return [node, [...node.data].slice(0, left).join("").length];
    left -= length;
    last = node;
    node = walker.nextNode();
  }
  return last ? [last, last.length] : [paragraph, 0];
}

export function paragraphAt(offset) {
  return paragraphs()
    .filter((p) => Number(p.dataset.start) <= offset)
    .at(-1);
}

export function rangeOf({ start, end }) {
  // The stretch as a DOM range of the reading view; null where the text isn't there.
  const first = paragraphAt(start);
  const last = paragraphAt(Math.max(end - 1, start));
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(...nodeAt(first, start));
  range.setEnd(...nodeAt(last, end));
  return range;
}

export function quoteOf({ start, end }) {
  // From the paragraphs themselves: what a browser gives for a selection differs from one to the next.
  const parts = paragraphs().map((paragraph) => {
    const from = Number(paragraph.dataset.start);
    if (from >= end) return "";
    return [...paragraph.textContent].slice(Math.max(start - from, 0), Math.max(end - from, 0)).join("");
  });
  return parts.filter(Boolean).join(" ").replace(/\s+/g, " ").trim();
}

// --- choosing ---

export function fill() {
  const form = document.getElementById("mark-form");
  if (!form) return;
  const fields = form.elements;
  // Nothing chosen and nothing typed: the form makes room for the rest of the panel.
  const idle = !place && !fields.quote.value && !form.querySelector(".error");
  form.classList.toggle("idle", idle);
  form.querySelector(".when-idle").hidden = !idle;
  if (!place) return;
  fields.start.value = place.start;
  fields.end.value = place.end;
  fields.quote.value = quoteOf(place);
}

function light() {
  // Not the browser's own selection: that goes as soon as the focus moves to a form.
  if (!window.CSS?.highlights) return;
  const range = place && rangeOf(place);
  if (range) CSS.highlights.set("chosen", new Highlight(range));
  else CSS.highlights.delete("chosen");
}

function set(next) {
  if (place?.start === next?.start && place?.end === next?.end) return;
  const form = document.getElementById("mark-form");
  if (form && !next) {
    for (const name of ["start", "end", "quote", "suggestion"]) form.elements[name].value = "";
  }
  place = next;
  fill();
  light();
  document.dispatchEvent(new CustomEvent("vrt:chosen", { detail: place }));
}

export function choose(start, end) {
  set({ start, end });
}

export function let_go() {
  set(null);
  selection.removeAllRanges();
}

document.addEventListener("selectionchange", () => {
  if (!selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) && !text.contains(range.endContainer)) return;
  if (!range.collapsed) set(placeOf(range));
});
text.addEventListener("click", () => {
  if (selection.isCollapsed) set(null); // a click beside what was chosen lets it go
});

document.addEventListener("input", (event) => {
  // Words typed by hand are looked up by the server; the place on screen no longer counts.
  const form = document.getElementById("mark-form");
  if (event.target !== form?.elements.quote) return;
  place = null;
  light();
  form.elements.start.value = form.elements.end.value = "";
});

document.addEventListener("htmx:afterSettle", () => {
  // The form or the text may be new: what was chosen still is.
  fill();
  light();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-paste]")) return;
  const form = document.getElementById("mark-form");
  form.classList.remove("idle");
  form.elements.quote.focus();
});
fill();
