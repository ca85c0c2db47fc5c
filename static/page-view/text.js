// The version's text, as it stands in the reading view: to the letter, each paragraph with its offset.

const text = document.getElementById("text");
let starts = null; // of all paragraphs, in order
const known = new Map(); // per paragraph its characters (code points); a version's text never changes

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
  if (!known.has(start)) known.set(start, [...at(start).textContent]);
  return known.get(start);
}

export const paragraphAt = (offset) => at(startBefore(offset));

export const pageOf = (offset) => Number(paragraphAt(offset)?.closest("[data-page]").dataset.page ?? 1);

export function paragraphPlace(offset) {
  const start = startBefore(offset);
  return { start, end: start + lettersOf(start).length - tailOf(start) };
}

// How much white space closes a paragraph: a line end, where it goes on on the next page.
function tailOf(start) {
  const all = lettersOf(start);
  let tail = 0;
  while (tail < all.length && /\s/.test(all[all.length - 1 - tail])) tail += 1;
  return tail;
}

export function textOf(start, end) {
  // Paragraphs keep their empty line, so that a copy reads as the agreement does.
  const all = allStarts();
  let read = "";
  for (let index = indexOf(start); index < all.length && all[index] < end; index += 1) {
    const from = all[index];
    const letters = lettersOf(from);
    const until = letters.length - tailOf(from);
    const part = letters.slice(Math.max(start - from, 0), Math.max(Math.min(end - from, until), 0)).join("");
    const goesOn = all[index + 1] - from - until < 2;
    read += part;
    if (part && all[index + 1] < end) read += goesOn ? " " : "\n\n";
  }
  return read;
}
