// The column of pages: how large they are, which are in sight, and what is drawn when.

import { pageOf } from "./text.js";
import { marksOf } from "./marks.js";
import { Sheet, make } from "./sheet.js";

const STEPS = [25, 50, 67, 80, 100, 125, 150, 200, 250, 300, 400];
const WIDEST = 200; // what "fit" may make of a small page
const DOTS = 96 / 72; // at 100% a point is as large as a browser holds it to be

export class Paper {
  zoom = null; // in percents, or null: as wide as there is room
  lit = null;
  tints = {}; // the places that were chosen or asked for, by the name of their tint
  pdf = null;
  #near = new Set();
  #busy = false;
  #spare = []; // other work for an idle moment, such as thumbnails

  constructor({ scroller, sizes, fetchWords, how, changed }) {
    Object.assign(this, { scroller, how, changed });
    this.sheets = sizes.map((size, index) => new Sheet(index + 1, size, fetchWords));
    this.column = make("div", "pv-column");
    this.column.append(...this.sheets.map((sheet) => sheet.element));
    scroller.replaceChildren(this.column);
    this.#common = commonest(sizes.map(([width]) => width));
    this.fit();
    const seen = new IntersectionObserver((entries) => this.#notice(entries), {
      root: scroller,
      rootMargin: "60% 0px",
    });
    const bySheet = new Map(this.sheets.map((sheet) => [sheet.element, sheet]));
    this.#sheetOf = (element) => bySheet.get(element);
    this.sheets.forEach((sheet) => seen.observe(sheet.element));
    scroller.addEventListener("scroll", () => this.#soon(), { passive: true });
    new ResizeObserver(() => this.#refit()).observe(scroller);
  }

  #common;
  #sheetOf;
  #room = 0;

  // --- size ---

  fit() {
    const style = getComputedStyle(this.column);
    const room =
      this.scroller.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    this.#room = Math.max(room, 100);
    for (const sheet of this.sheets) sheet.resize(this.#scaleOf(sheet));
  }

  #scaleOf(sheet) {
    if (this.zoom) return (this.zoom / 100) * DOTS;
    return Math.min(this.#room / Math.max(this.#common, sheet.width), (WIDEST / 100) * DOTS);
  }

  get percent() {
    return this.zoom ?? Math.min(Math.round((100 * this.#room) / this.#common / DOTS), WIDEST);
  }

  step(direction) {
    const now = this.percent;
    const next = direction > 0 ? STEPS.find((step) => step > now) : STEPS.findLast((step) => step < now);
    if (next) this.setZoom(next);
  }

  setZoom(zoom) {
    const { scroller } = this;
    const sheet = this.current;
    const middle = [scroller.scrollLeft + scroller.clientWidth / 2, scroller.scrollTop + scroller.clientHeight / 2];
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = sheet.element;
    const part = [(middle[0] - offsetLeft) / offsetWidth, (middle[1] - offsetTop) / offsetHeight];
    this.zoom = zoom;
    this.sheets.forEach((one) => one.stop());
    this.fit();
    const { element } = sheet;
    scroller.scrollLeft = element.offsetLeft + part[0] * element.offsetWidth - scroller.clientWidth / 2;
    scroller.scrollTop = element.offsetTop + part[1] * element.offsetHeight - scroller.clientHeight / 2;
    this.#soon();
    this.pump();
  }

  #refit() {
    const wide = this.scroller.clientWidth;
    if (!wide || wide === this.#wide) return;
    this.#wide = wide;
    this.setZoom(this.zoom);
  }
  #wide = 0;

  // --- what is in sight ---

  #soon() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.changed(this);
    });
  }
  #frame = null;

  sheetAt(y) {
    // The page at this height of the column, or the nearest.
    let low = 0;
    let high = this.sheets.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { element } = this.sheets[middle];
      if (element.offsetTop + element.offsetHeight < y) low = middle + 1;
      else high = middle;
    }
    return this.sheets[low];
  }

  get current() {
    return this.sheetAt(this.scroller.scrollTop + this.scroller.clientHeight / 3);
  }

  // A place on the screen as a page and a point on it.
  spotAt(clientX, clientY) {
    const box = this.scroller.getBoundingClientRect();
    const y = Math.min(Math.max(clientY, box.top), box.bottom);
    const sheet = this.sheetAt(y - box.top + this.scroller.scrollTop);
    const paper = sheet.element.getBoundingClientRect();
    const scale = sheet.width / paper.width;
    return { sheet, x: (clientX - paper.left) * scale, y: (y - paper.top) * scale };
  }

  // The offset of what is at the top of the view: the words that a switch keeps in sight.
  async offsetInSight() {
    const top = this.scroller.getBoundingClientRect().top + 8;
    const { sheet, y } = this.spotAt(0, top);
    await sheet.words().catch(() => {});
    const word = sheet.geometry?.firstBelow(y) ?? null;
    return { number: sheet.number, offset: word && word.start };
  }

  toPage(number, y = 0) {
    const sheet = this.sheets[Math.min(Math.max(number, 1), this.sheets.length) - 1];
    const { element } = sheet;
    this.scroller.scrollTop = element.offsetTop - 8 + (y / sheet.height) * element.offsetHeight;
    return sheet;
  }

  // ifNeeded: only when it is out of sight.
  async toPlace(start, end, { middle = false, ifNeeded = false } = {}) {
    let sheet = this.sheets[pageOf(start) - 1];
    if (!ifNeeded) this.toPage(sheet.number);
    await sheet.words().catch(() => {});
    let box = sheet.geometry?.boxesOf(start, end)[0];
    if (!box && sheet.number < this.sheets.length) {
      sheet = this.sheets[sheet.number]; // only the half after the page break
      await sheet.words().catch(() => {});
      box = sheet.geometry?.boxesOf(start, end)[0];
    }
    if (!box) return void this.toPage(sheet.number);
    if (ifNeeded && this.#shows(sheet, box)) return;
    const above = middle ? this.scroller.clientHeight / 3 : 16;
    this.toPage(sheet.number, box.y0 - (above * sheet.width) / sheet.element.offsetWidth);
    const left = sheet.element.offsetLeft + (box.x0 / sheet.width) * sheet.element.offsetWidth;
    if (left < this.scroller.scrollLeft || left > this.scroller.scrollLeft + this.scroller.clientWidth) {
      this.scroller.scrollLeft = left - 24;
    }
  }

  #shows(sheet, box) {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.scroller;
    const scale = sheet.element.offsetWidth / sheet.width;
    const top = sheet.element.offsetTop + box.y0 * scale - scrollTop;
    const left = sheet.element.offsetLeft + box.x0 * scale - scrollLeft;
    return top > 0 && top < clientHeight - 40 && left > -1 && left < clientWidth - 40;
  }

  // --- drawing ---

  #notice(entries) {
    for (const { target, isIntersecting } of entries) {
      const sheet = this.#sheetOf(target);
      if (isIntersecting) {
        this.#near.add(sheet);
        this.#letter(sheet);
      } else if (this.#near.delete(sheet)) {
        sheet.drop();
      }
    }
    this.pump();
  }

  async #letter(sheet) {
    try {
      await sheet.words();
    } catch {
      return; // the page is still there to read
    }
    if (this.#near.has(sheet)) this.refresh(sheet);
  }

  refresh(sheet) {
    sheet.show(marksOf(sheet.number), this.lit);
    for (const name in this.tints) sheet.tint(name, this.tints[name]);
    sheet.layText();
  }

  get lettered() {
    return [...this.#near].filter((sheet) => sheet.geometry);
  }

  tint(name, place) {
    this.tints[name] = place;
    this.lettered.forEach((sheet) => sheet.tint(name, place));
  }

  whenIdle(work) {
    this.#spare.push(work);
    this.pump();
  }

  // One page at a time, the one in sight first.
  async pump() {
    if (this.#busy || !this.pdf) return;
    this.#busy = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) await next();
    } finally {
      this.#busy = false;
    }
  }

  #next() {
    const here = this.current.number;
    const waiting = [...this.#near].filter((sheet) => !sheet.isDrawn);
    waiting.sort((a, b) => Math.abs(a.number - here) - Math.abs(b.number - here));
    if (waiting.length) return () => this.#draw(waiting[0]);
    return this.#spare.shift();
  }

  async #draw(sheet) {
    try {
      await sheet.draw(this.pdf, this.how);
      if (!this.#near.has(sheet)) sheet.drop(); // it went out of sight meanwhile
    } catch (problem) {
      if (problem.name !== "RenderingCancelledException") sheet.fail();
    }
  }
}

function commonest(numbers) {
  const times = new Map();
  for (const number of numbers) {
    const rounded = Math.round(number);
    times.set(rounded, (times.get(rounded) ?? 0) + 1);
  }
  return [...times].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
