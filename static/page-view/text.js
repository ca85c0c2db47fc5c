// The version's text, as it stands in the reading view: to the letter, each paragraph with its offset.

const text = document.getElementById("text");
let starts = null; // of all paragraphs, in order
const letters = new Map(); // per paragraph its characters (code points); a version's text never changes

function allStarts() {
  starts ??= [...text.querySelectorAll("[data-start]")]
    .map((paragraph) => Number(paragraph.dataset.start))
    .sort((a, b) => a - b);
  return starts;
}

function indexOf(offset) {
  // Which paragraph holds this offset.
  const all = allStarts();
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle] <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

const startBefore = (offset) => allStarts()[indexOf(offset)];

// HTMX may replace it at any time, so it is looked up anew.
const at = (start) => text.querySelector(`[data-start="${start}"]`);

function lettersOf(start) {
  if (!letters.has(start)) letters.set(start, [...at(start).textContent]);
  return letters.get(start);
}

export const paragraphAt = (offset) => at(startBefore(offset));

export const pageOf = (offset) => Number(paragraphAt(offset)?.closest("[data-page]").dataset.page ?? 1);

export function paragraphPlace(offset) {
  const start = startBefore(offset);
  return { start, end: start + lettersOf(start).length };
}

export function textOf(start, end) {
  // Paragraphs keep their empty line, so that a copy reads as the agreement does.
  const parts = [];
  const all = allStarts();
  for (let index = indexOf(start); index < all.length && all[index] < end; index += 1) {
    const from = all[index];
    const part = lettersOf(from).slice(Math.max(start - from, 0), Math.max(end - from, 0)).join("");
    if (part) parts.push(part);
  }
  return parts.join("\n\n");
}
