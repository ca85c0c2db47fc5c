// The page view: the PDF as it was printed, beside the reading view. pdf.js and the file are fetched when
// somebody first asks for it. ADR 23 says why it draws and nothing else.

import { choose, let_go } from "./selection.js";
import { placeOfMark } from "./page-view/marks.js";
import { Paper } from "./page-view/paper.js";
import { Pointing } from "./page-view/pointing.js";
import { Strip } from "./page-view/strip.js";
import { pageOf, paragraphAt, paragraphPlace } from "./page-view/text.js";

const KEY = "weergave";
const FLASH = 1600; // milliseconds
const view = document.getElementById("page-view");
const text = document.getElementById("text");
const controls = document.getElementById("view-switch");
const part = (name) => view.querySelector(`[data-part="${name}"]`);

let paper = null;
let strip = null;
let pointing = null;
let isOpen = false;
let chosen = null;

class Told extends Error {} // its message is for the reader

// --- pdf.js ---

async function load() {
  // Everything at once: none of them needs another to come in.
  const { library, worker, data, file } = view.dataset;
  const port = new Worker(worker, { type: "module" });
  const broken = new Promise((_, reject) => port.addEventListener("error", reject));
  const [pdfjs, bytes] = await Promise.all([import(library), fetchFile(file)]);
  const task = pdfjs.getDocument({
    data: bytes,
    worker: pdfjs.PDFWorker.create({ port }),
    enableXfa: false,
    useWasm: false, // the CSP forbids it; the plain JavaScript beside it is allowed
    standardFontDataUrl: `${data}standard_fonts/`,
    wasmUrl: `${data}wasm/`,
    verbosity: 0,
  });
  return { pdf: await Promise.race([task.promise, broken]), how: { annotationMode: pdfjs.AnnotationMode.DISABLE } };
}

async function fetchFile(address) {
  const response = await fetch(address);
  if (response.redirected || response.status === 403) throw new Told("U bent intussen afgemeld. Meld u opnieuw aan.");
  if (!response.ok) throw new Told(`De server antwoordde met ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

async function fetchWords(number) {
  const response = await fetch(view.dataset.words.replace("/0/", `/${number}/`));
  if (!response.ok) throw new Error(`no words of page ${number}: ${response.status}`);
  return response.json();
}

async function draw() {
  const state = part("state");
  part("trouble").hidden = true;
  state.hidden = false;
  try {
    const { pdf, how } = await load();
    paper.how = how;
    paper.pdf = pdf;
    await paper.pump();
  } catch (problem) {
    part("reason").textContent = problem instanceof Told ? problem.message : "";
    part("trouble").hidden = false;
  }
  state.hidden = true;
}

function build() {
  const sizes = JSON.parse(document.getElementById("sheet-sizes").textContent);
  paper = new Paper({ scroller: part("scroller"), sizes, fetchWords, how: {}, changed: tell });
  strip = new Strip({ list: part("strip"), sizes, paper, go: (number) => paper.toPage(number) });
  pointing = new Pointing({
    paper,
    letGo: let_go,
    chose: (start, end) => {
      paper.tint("chosen", { start, end });
      choose(start, end);
    },
  });
  paper.tints.chosen = chosen;
  paper.lit = placeOfMark("p", new URLSearchParams(location.search).get("passage"));
  new MutationObserver(redraw).observe(text, {
    childList: true,
    subtree: true,
    attributeFilter: ["data-marks"],
  });
  draw();
}

function redraw() {
  if (isOpen) paper.lettered.forEach((sheet) => paper.refresh(sheet));
}

function tell() {
  const { number } = paper.current;
  view.dataset.page = number;
  strip.mark(number);
  if (document.activeElement !== part("number")) part("number").value = number;
  part("zoom").textContent = `${paper.percent}%`;
  part("fit").setAttribute("aria-pressed", String(!paper.zoom));
}

// --- the switch ---

function inSightOfText() {
  const asked = !paper && placeOfId(location.hash.slice(1));
  if (asked) return asked;
  const all = [...text.querySelectorAll("[data-start]")];
  // On a narrow screen the text scrolls inside its own frame.
  const top = Math.max(text.getBoundingClientRect().top, 0) + 24;
  const seen = all.find((paragraph) => paragraph.getBoundingClientRect().bottom > top);
  return { offset: seen && Number(seen.dataset.start) };
}

async function turnTo(name) {
  const pages = name === "pages";
  if (pages === isOpen) return;
  const place = pages ? inSightOfText() : await paper.offsetInSight();
  isOpen = pages;
  sessionStorage.setItem(KEY, name);
  for (const button of controls.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  }
  view.hidden = !pages;
  text.hidden = pages;
  view.closest(".room").classList.toggle("with-pages", pages);
  const contents = document.querySelector(".contents details");
  if (contents && !matchMedia("(max-width: 75rem)").matches) contents.open = !pages;
  if (pages) {
    if (paper) redraw();
    else build();
    paper.fit();
    go(place);
    controls.scrollIntoView({ block: "start" });
    tell();
  } else {
    const paragraph = place.offset === null ? document.getElementById(`blz-${place.number}`) : paragraphAt(place.offset);
    paragraph?.scrollIntoView({ block: "start" });
    delete view.dataset.page;
  }
}

function placeOfId(id) {
  // What an address in the reading view means on paper: a mark, a paragraph or a page.
  const [, name, number] = /^(passage|voorstel)-(\d+)$/.exec(id) ?? [];
  const place = name && placeOfMark(name === "passage" ? "p" : "s", number);
  if (place) return { offset: place.start, end: place.end, middle: true };
  const element = id && document.getElementById(id);
  if (!element || !text.contains(element)) return null;
  const [, key, found] = /^(\D)(\d+)$/.exec(element.nextElementSibling?.dataset.m?.split(" ").at(-1)) ?? [];
  const word = element.matches(".anchor") && key === "w" && placeOfMark("w", found);
  if (word) return { offset: word.start, end: word.end, middle: true };
  const paragraph = element.closest("[data-start]");
  if (paragraph) return { offset: Number(paragraph.dataset.start) };
  return { number: Number(element.closest("[data-page]")?.dataset.page ?? 1) };
}

function go({ offset, end, number, middle }) {
  if (number) return paper.toPage(number);
  if (offset === undefined) return paper.toPage(1);
  return paper.toPlace(offset, end ?? paragraphPlace(offset).end, { middle });
}

controls?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) turnTo(button.dataset.view);
});

// --- the bar ---

view?.addEventListener("click", (event) => {
  const action = event.target.closest("[data-do]")?.dataset.do;
  if (action === "in") paper.step(1);
  if (action === "out") paper.step(-1);
  if (action === "fit") paper.setZoom(null);
  if (action === "again") draw();
  if (action) tell();
});

view?.addEventListener("change", (event) => {
  if (event.target !== part("number")) return;
  const number = Number(event.target.value);
  if (number) paper.toPage(number);
  event.target.value = paper.current.number;
});

document.addEventListener("keydown", (event) => {
  if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
  if (event.key === "v") turnTo(isOpen ? "text" : "pages");
  else if (isOpen && (event.key === "+" || event.key === "=")) paper.step(1);
  else if (isOpen && event.key === "-") paper.step(-1);
  else if (isOpen && event.key === "Escape" && view.contains(event.target)) let_go();
  else return;
  event.preventDefault();
  if (isOpen) tell();
});

// --- in step with the reading view ---

document.addEventListener("vrt:chosen", ({ detail }) => {
  chosen = detail;
  if (!paper) return;
  pointing.place = detail;
  paper.tint("chosen", detail);
});

document.addEventListener("vrt:show", async ({ detail }) => {
  if (!paper) return;
  paper.lit = detail;
  if (!isOpen) return;
  redraw();
  await paper.toPlace(detail.start, detail.end, { middle: true, ifNeeded: true });
  paper.tint("flash", detail);
  setTimeout(() => paper.tints.flash === detail && paper.tint("flash", null), FLASH);
});

document.addEventListener("click", (event) => {
  // The contents and the panel link to places in the reading view; here they mean the same place on paper.
  const link = isOpen && event.target.closest('a[href^="#"]');
  const place = link && placeOfId(decodeURIComponent(link.hash.slice(1)));
  if (!place) return;
  event.preventDefault();
  go(place);
});

if (view) {
  controls.classList.add("works"); // for a browser whose style sheets don't know of scripting
  if (sessionStorage.getItem(KEY) === "pages") turnTo("pages");
}
