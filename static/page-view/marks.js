// Passages and suggestions on the paper: per line one box, underlined per theme, with the letter at the end.

import { textOf } from "./text.js";

// The marks of a page, from the reading view. A word hyphenated over the page break is text of the page
// before, so its marks count too.
export function marksOf(number) {
  const found = new Map();
  for (const page of [number - 1, number]) {
    for (const mark of JSON.parse(document.getElementById(`blz-${page}`)?.dataset.marks ?? "[]")) {
      const [kind, id, start, end, themes] = mark;
      found.set(`${kind}${id}`, { kind, id, start, end, themes });
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

// Where a passage ("p") or suggestion ("s") of this number stands, or null.
export function placeOfMark(kind, id) {
  for (const page of document.querySelectorAll("#text [data-marks]")) {
    const found = JSON.parse(page.dataset.marks).find((mark) => mark[0] === kind && String(mark[1]) === id);
    if (found) return { start: found[2], end: found[3] };
  }
  return null;
}

export function drawMarks(sheet, under, over, marks, lit) {
  const drawn = marks
    .map((mark) => ({ ...mark, boxes: sheet.geometry.boxesOf(mark.start, mark.end), title: titleOf(mark, sheet.number) }))
    .filter((mark) => mark.boxes.length);
  giveLanes(drawn);
  under.replaceChildren(...drawn.flatMap((mark) => mark.boxes.map((box) => boxOf(sheet, mark, box, lit))));
  // A word that was searched is lit and leads nowhere.
  const passages = drawn.filter((mark) => mark.kind !== "w");
  over.replaceChildren(...passages.map((mark) => tagOf(sheet, mark, passages)));
  return drawn;
}

function titleOf({ kind, start, end, themes }, number) {
  const quote = textOf(start, end).replace(/\s+/g, " ");
  const short = quote.length > 120 ? `${quote.slice(0, 119)}…` : quote;
  const letters = themes.map(([, letter]) => letter).join(" en ");
  return `${kind === "s" ? "Voorstel" : "Passage"} ${letters}, blz. ${number}: “${short}”`;
}

function giveLanes(marks) {
  // Every theme has an underline of its own; those of overlapping marks stand below each other.
  marks.forEach((mark, index) => {
    const beside = marks.slice(0, index).filter((other) => other.end > mark.start);
    const taken = new Set(beside.flatMap((other) => other.themes.map((_, n) => other.lane + n)));
    mark.lane = 0;
    while (mark.themes.some((_, n) => taken.has(mark.lane + n))) mark.lane += 1;
  });
}

function boxOf(sheet, mark, box, lit) {
  const element = sheet.put(document.createElement("div"), box);
  const isLit = lit?.start === mark.start && lit?.end === mark.end;
  element.className = `pv-mark theme-${mark.themes[0]?.[0]} kind-${mark.kind}${isLit ? " lit" : ""}`;
  mark.themes.forEach(([key], n) => {
    const line = document.createElement("i");
    line.className = `theme-${key}`;
    line.style.setProperty("--lane", mark.lane + n);
    element.append(line);
  });
  return element;
}

function tagOf(sheet, mark, all) {
  const last = mark.boxes.at(-1);
  const corner = {
    0: [last.x1, last.y0],
    90: [last.x1, last.y1],
    180: [last.x0, last.y1],
    270: [last.x0, last.y0],
  }[sheet.geometry.turn];
  const tag = document.createElement("button");
  tag.type = "button";
  tag.className = `pv-tag theme-${mark.themes[0]?.[0]} kind-${mark.kind}`;
  tag.textContent = mark.themes.map(([, letter]) => letter).join("") + (mark.kind === "s" ? "?" : "");
  tag.title = mark.title;
  tag.setAttribute("aria-label", mark.title);
  tag.style.left = `${(100 * corner[0]) / sheet.width}%`;
  tag.style.top = `${(100 * corner[1]) / sheet.height}%`;
  const before = all.slice(0, all.indexOf(mark)).filter((other) => other.end === mark.end);
  tag.style.setProperty("--nth", before.length);
  const isStanding = sheet.geometry.turn % 180 !== 0;
  tag.style.setProperty("--tall", isStanding ? last.x1 - last.x0 : last.y1 - last.y0);
  tag.addEventListener("click", () => open(mark));
  return tag;
}

export function open({ kind, id }) {
  document.dispatchEvent(new CustomEvent("vrt:open", { detail: { kind, id } }));
}
