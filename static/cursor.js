// Choosing text by keyboard: by word, sentence and paragraph, and more or less of it with Shift.

import { choose, chosen, let_go, paragraphAt, paragraphs, points, quoteOf, rangeOf } from "./selection.js";

const text = document.getElementById("text");
const cut = { sentence: new Intl.Segmenter("nl", { granularity: "sentence" }), word: new Intl.Segmenter("nl", { granularity: "word" }) };
const kept = {}; // the text never changes, only the marks over it

function units(kind) {
  // [[start, end], ...] in characters of the text, in order.
  kept[kind] ??= paragraphs().flatMap((paragraph) => {
    const from = Number(paragraph.dataset.start);
    const words = paragraph.textContent;
    if (kind === "paragraph") return [[from, from + points(words)]];
    const plain = points(words) === words.length;
    const at = (index) => from + (plain ? index : points(words.slice(0, index)));
    return [...cut[kind].segment(words)]
      .filter((part) => (kind === "word" ? part.isWordLike : part.segment.trim()))
      .map((part) => [at(part.index), at(part.index + part.segment.trimEnd().length)]);
  });
  return kept[kind];
}

function firstInSight(kind) {
  const paragraph = paragraphs().find((p) => p.getBoundingClientRect().bottom > Math.max(text.getBoundingClientRect().top, 0));
  const from = Number(paragraph?.dataset.start ?? 0);
  return units(kind).find(([start]) => start >= from);
}

function move(kind, forward, { start, end }) {
  const all = units(kind);
  const inside = all.filter((unit) => unit[0] >= start && unit[1] <= end);
  // From a larger choice to a smaller unit: stay inside it.
  if (kind === "word" && inside.length > 1) return forward ? inside[0] : inside.at(-1);
  return forward ? (all.find((unit) => unit[0] >= end) ?? all.at(-1)) : (all.findLast((unit) => unit[1] <= start) ?? all[0]);
}

function stretch(kind, more, { start, end }) {
  const ends = units(kind).map((unit) => unit[1]);
  const next = more ? ends.find((one) => one > end) : ends.findLast((one) => one < end && one > start);
  return [start, next ?? end];
}

function show([start, end]) {
  choose(start, end);
  const range = rangeOf({ start, end });
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  paragraphAt(end - 1)?.scrollIntoView({ block: "nearest" });
  document.getElementById("chosen").textContent = quoteOf({ start, end });
}

text.addEventListener("keydown", (event) => {
  if (event.target !== text || event.altKey || event.metaKey) return;
  if (event.key === "Escape") return let_go();
  if (!event.key.startsWith("Arrow")) return;
  const across = event.key === "ArrowRight" || event.key === "ArrowLeft";
  if (across && event.ctrlKey) return;
  const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
  const kind = across ? "word" : event.ctrlKey ? "paragraph" : "sentence";
  event.preventDefault();
  const now = chosen();
  const next = now ? (event.shiftKey ? stretch : move)(kind, forward, now) : firstInSight(kind);
  if (next) show(next);
});
