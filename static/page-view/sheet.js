// One page: the paper, its words as transparent text, and what is marked on it.

import { Geometry, contains } from "./geometry.js";
import { drawMarks } from "./marks.js";
import { paragraphPlace, textOf } from "./text.js";

const MOST_PIXELS = 2 ** 25; // of one canvas; above it a browser may give up
const ruler = document.createElement("canvas").getContext("2d");
ruler.font = "100px sans-serif";

export const wordOf = new WeakMap(); // which word an element of the text layer is

export class Sheet {
  geometry = null;
  marks = []; // as they stand on the paper, with their boxes
  #canvas = null;
  #drawn = ""; // the size of what stands on the canvas
  #task = null;
  #layers = {};
  #fetching = null;

  constructor(number, [width, height], fetchWords) {
    Object.assign(this, { number, width, height, fetchWords });
    this.element = make("div", "pv-sheet paper");
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", `Bladzijde ${number}`);
  }

  resize(scale) {
    // Whole device pixels, so that letters stay sharp.
    const dots = window.devicePixelRatio;
    this.scale = scale;
    this.element.style.width = `${Math.round(this.width * scale * dots) / dots}px`;
    this.element.style.height = `${Math.round(this.height * scale * dots) / dots}px`;
    this.element.style.setProperty("--px", scale);
    this.#scaleText();
  }

  // --- the paper ---

  get #wanted() {
    return `${this.element.style.width} ${this.element.style.height} ${window.devicePixelRatio}`;
  }

  get isDrawn() {
    return this.#drawn === this.#wanted;
  }

  async draw(pdf, how) {
    const wanted = this.#wanted;
    const page = await pdf.getPage(this.number);
    const plain = page.getViewport({ scale: 1 });
    const across = parseFloat(this.element.style.width) * window.devicePixelRatio;
    const most = Math.sqrt(MOST_PIXELS / (plain.width * plain.height));
    const viewport = page.getViewport({ scale: Math.min(across / plain.width, most) });
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    canvas.setAttribute("aria-hidden", "true");
    this.#task = page.render({ canvas, viewport, ...how });
    try {
      await this.#task.promise;
    } finally {
      this.#task = null;
    }
    // Only now: until the new one is there, the old one is stretched.
    this.#empty();
    this.#canvas = canvas;
    this.#drawn = wanted;
    this.element.prepend(canvas);
    this.element.classList.add("drawn");
  }

  stop() {
    this.#task?.cancel();
  }

  fail() {
    this.#drawn = this.#wanted;
    const message = make("p", "pv-broken");
    message.textContent = `Bladzijde ${this.number} kan niet worden getekend. De tekst staat in de weergave Tekst.`;
    this.element.prepend(message);
  }

  drop() {
    this.stop();
    this.#empty();
    this.#drawn = "";
    this.element.replaceChildren();
    this.element.classList.remove("drawn");
    this.#layers = {};
    this.marks = [];
  }

  #empty() {
    this.element.querySelector(".pv-broken")?.remove();
    if (!this.#canvas) return;
    this.#canvas.width = this.#canvas.height = 0; // gives the memory back at once
    this.#canvas.remove();
    this.#canvas = null;
  }

  // --- the words ---

  words() {
    this.#fetching ??= this.fetchWords(this.number).then(
      (page) => {
        const paragraphOf = (offset) => paragraphPlace(offset).start;
        this.geometry = new Geometry(page, { fraction, paragraphOf });
        this.element.dataset.turn = this.geometry.turn;
      },
      (problem) => {
        this.#fetching = null; // another try, when the page is seen again
        throw problem;
      },
    );
    return this.#fetching;
  }

  layText() {
    if (this.#layers.text || !this.geometry) return;
    const layer = this.#layer("text");
    layer.setAttribute("aria-hidden", "true");
    layer.style.width = `${this.width}px`;
    layer.style.height = `${this.height}px`;
    layer.append(...this.geometry.words.map((word) => this.#spanOf(word)));
    this.#scaleText();
  }

  #spanOf(word) {
    const { turn } = this.geometry;
    const span = document.createElement("span");
    span.textContent = textOf(word.start, word.end);
    const size = word.v1 - word.v0;
    const wide = (ruler.measureText(span.textContent).width * size) / 100 || 1;
    span.style.left = `${turn === 90 || turn === 180 ? word.x1 : word.x0}px`;
    span.style.top = `${turn === 180 || turn === 270 ? word.y1 : word.y0}px`;
    span.style.fontSize = `${size}px`;
    span.style.transform = `rotate(${turn}deg) scaleX(${(word.u1 - word.u0) / wide})`;
    wordOf.set(span, word);
    return span;
  }

  #scaleText() {
    const { text } = this.#layers;
    if (text) text.style.transform = `scale(${parseFloat(this.element.style.width) / this.width})`;
  }

  // --- what is marked ---

  show(marks, lit) {
    if (this.geometry) this.marks = drawMarks(this, this.#layer("marks"), this.#layer("tags"), marks, lit);
  }

  // A passing box over a place: the chosen words, or what was asked for.
  tint(name, place) {
    if (!this.geometry) return;
    const boxes = place ? this.geometry.boxesOf(place.start, place.end) : [];
    if (!boxes.length && !this.#layers[name]) return;
    this.#layer(name).replaceChildren(
      ...boxes.map((box) => this.put(make("div", `pv-${name}-box`), box)),
    );
  }

  markAt(x, y) {
    // The shortest of those that overlap here.
    return this.marks
      .filter((mark) => mark.boxes.some((box) => contains(box, x, y)))
      .reduce((best, mark) => (!best || mark.end - mark.start < best.end - best.start ? mark : best), null);
  }

  put(element, { x0, y0, x1, y1 }) {
    element.style.left = `${(100 * x0) / this.width}%`;
    element.style.top = `${(100 * y0) / this.height}%`;
    element.style.width = `${(100 * (x1 - x0)) / this.width}%`;
    element.style.height = `${(100 * (y1 - y0)) / this.height}%`;
    return element;
  }

  #layer(name) {
    if (!this.#layers[name]) {
      this.#layers[name] = make("div", `pv-layer pv-${name}`);
      this.element.append(this.#layers[name]);
    }
    return this.#layers[name];
  }
}

function fraction(word, offset) {
  // The stored box is of the whole word; inside it letters are as wide as in the text layer.
  if (offset <= word.start) return 0;
  if (offset >= word.end) return 1;
  const whole = ruler.measureText(textOf(word.start, word.end)).width;
  return ruler.measureText(textOf(word.start, offset)).width / (whole || 1);
}

export function make(name, classes) {
  const element = document.createElement(name);
  element.className = classes;
  return element;
}
