// Marking in the reading room: from a selection on screen to offsets in the version's text.
//
// Each paragraph says in data-start where its text begins, counted in characters (code points); what
// stands inside it is that text to the letter. A sentence cursor does by keyboard what a mouse does.

const text = document.getElementById("text");
const selection = document.getSelection();
const points = (string) => [...string].length;
const form = () => document.getElementById("mark-form");

// --- from a place in the page to an offset, and back ---

function offsetOf(node, at) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, at);
  return Number(paragraph.dataset.start) + points(before.toString());
}

function placeOf(range) {
  if (range.collapsed || !text.contains(range.commonAncestorContainer)) return null;
  // A triple click ends at the beginning of the next paragraph, or outside any: take the words only.
  const paragraphs = [...text.querySelectorAll("[data-start]")].filter((p) => range.intersectsNode(p));
  const first = paragraphs[0];
  const last = paragraphs.at(-1);
  if (!first) return null;
  const start = offsetOf(range.startContainer, range.startOffset) ?? Number(first.dataset.start);
  const end =
    offsetOf(range.endContainer, range.endOffset) ?? Number(last.dataset.start) + points(last.textContent);
  return end > start ? { start, end } : null;
}

function quoteOf({ start, end }) {
  // From the paragraphs themselves: what a browser gives for a selection differs from one to the next.
  const parts = [...text.querySelectorAll("[data-start]")].map((paragraph) => {
    const from = Number(paragraph.dataset.start);
    return [...paragraph.textContent].slice(Math.max(start - from, 0), Math.max(end - from, 0)).join("");
  });
  return parts.filter(Boolean).join(" ").replace(/\s+/g, " ").trim();
}

function rangeOf(paragraph, start, end) {
  // start and end in UTF-16 units of the paragraph's own text, as JavaScript counts.
  const range = document.createRange();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!begun && start <= at + node.length) {
      range.setStart(node, start - at);
      begun = true;
    }
    if (begun && end <= at + node.length) {
      range.setEnd(node, end - at);
      break;
    }
    at += node.length;
  }
  return range;
}

// --- the selection fills the form ---

function take() {
  const fields = form()?.elements;
  if (!fields || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const place = placeOf(range);
  if (!place) return;
  fields.start.value = place.start;
  fields.end.value = place.end;
  fields.quote.value = quoteOf(place);
}
document.addEventListener("selectionchange", take);

document.addEventListener("input", (event) => {
  // Words typed by hand are looked up by the server; the old place no longer counts.
  if (event.target.name === "quote") form().elements.start.value = form().elements.end.value = "";
});

// --- theme keys, and focus points that fit the theme ---

function fit(of) {
  const radios = [...of.querySelectorAll("[name=theme]")];
  const chosen = radios.find((radio) => radio.checked);
  const name = chosen?.closest("label").querySelector("span").textContent.trim();
  for (const group of of.querySelectorAll("[name=focus_point] optgroup")) {
    group.hidden = group.disabled = Boolean(name) && group.label !== name;
  }
  const select = of.elements.focus_point;
  if (select.selectedOptions[0]?.parentElement.disabled) select.value = "";
}
document.addEventListener("change", (event) => {
  if (event.target.name === "theme") fit(event.target.form);
});

function isTyping(target) {
  return target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");
}

document.addEventListener("keydown", (event) => {
  const marking = form();
  if (!marking) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const target = event.target.closest("form") ?? marking;
    if (target.closest("#panel")) {
      event.preventDefault();
      target.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (/^[1-6]$/.test(event.key)) {
    const chosen = event.target.closest("#recode-form") ?? marking;
    const radio = chosen.querySelectorAll("[name=theme]")[Number(event.key) - 1];
    radio.checked = true;
    fit(chosen);
    event.preventDefault();
  } else if (event.key === "Enter" && event.target === text && marking.elements.start.value) {
    event.preventDefault();
    marking.requestSubmit();
  }
});

// --- the sentence cursor ---

const sentences = new Intl.Segmenter("nl", { granularity: "sentence" });
const words = new Intl.Segmenter("nl", { granularity: "word" });

function stretches() {
  // Every sentence of the text, in order: its paragraph, and where it begins and ends there.
  return [...text.querySelectorAll("[data-start]")].flatMap((paragraph) =>
    [...sentences.segment(paragraph.textContent)].map(({ index, segment }) => ({
      paragraph,
      start: index,
      end: index + segment.trimEnd().length,
    })),
  );
}

let cursor = null; // { first, last, end }: sentences by number, and an end inside the last one

function show(all) {
  const last = all[cursor.last];
  const range = rangeOf(all[cursor.first].paragraph, all[cursor.first].start, all[cursor.first].end);
  const tail = rangeOf(last.paragraph, last.start, cursor.end ?? last.end);
  range.setEnd(tail.endContainer, tail.endOffset);
  selection.removeAllRanges();
  selection.addRange(range);
  take(); // now, not when the browser tells: the next key may be the theme
  last.paragraph.scrollIntoView({ block: "nearest" });
}

function firstInSight(all) {
  const found = all.findIndex(({ paragraph }) => paragraph.getBoundingClientRect().bottom > 0);
  return Math.max(found, 0);
}

const moves = {
  ArrowDown: (all) => ({ first: Math.min(cursor.last + 1, all.length - 1) }),
  ArrowUp: () => ({ first: Math.max(cursor.first - 1, 0) }),
};

function stepWord(sentence, end, direction) {
  const inside = sentence.paragraph.textContent.slice(sentence.start, sentence.end);
  const ends = [...words.segment(inside)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ index, segment }) => sentence.start + index + segment.length);
  ends.push(sentence.end);
  const at = end ?? sentence.end;
  return direction > 0
    ? (ends.find((one) => one > at) ?? sentence.end)
    : (ends.filter((one) => one < at).at(-1) ?? at);
}

text?.addEventListener("keydown", (event) => {
  if (event.target !== text || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Escape") {
    cursor = null;
    selection.removeAllRanges();
    return;
  }
  if (!event.key.startsWith("Arrow")) return;
  const all = stretches();
  if (!all.length) return;
  event.preventDefault();
  if (!cursor || cursor.last >= all.length) {
    const first = firstInSight(all);
    cursor = { first, last: first, end: null };
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    cursor.end = stepWord(all[cursor.last], cursor.end, event.key === "ArrowRight" ? 1 : -1);
  } else if (event.shiftKey) {
    const step = event.key === "ArrowDown" ? 1 : -1;
    cursor.last = Math.min(Math.max(cursor.last + step, cursor.first), all.length - 1);
    cursor.end = null;
  } else {
    const { first } = moves[event.key](all);
    cursor = { first, last: first, end: null };
  }
  show(all);
});

// --- after a save: back to where the reader was ---

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "panel") return;
  const recoding = document.getElementById("recode-form");
  if (recoding) {
    fit(recoding);
    recoding.querySelector("[name=theme]:checked")?.focus();
  } else if (document.activeElement === document.body && !document.querySelector("#panel .error")) {
    text.focus({ preventScroll: true });
  }
});
