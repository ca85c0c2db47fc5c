// From a mouse or a finger on the paper to offsets in the version's text, and from there to a copy.
//
// With a mouse every point means a place in the text, also between the lines, so that a selection follows
// the order of reading. By touch the browser selects in the text layer, with its own handles.

import { wordOf } from "./sheet.js";
import { open } from "./marks.js";
import { paragraphPlace, textOf } from "./text.js";

const STILL = 4; // pixels: a hand that clicks moves this much
const EDGE = 28; // pixels from the edge where a drag begins to scroll
const points = (string) => [...string].length;

export class Pointing {
  place = null; // what was selected here last
  #drag = null;
  #byMouse = false;

  constructor({ paper, chose, letGo }) {
    Object.assign(this, { paper, chose, letGo });
    const { scroller } = paper;
    scroller.addEventListener("mousedown", (event) => this.#press(event));
    scroller.addEventListener("mousemove", (event) => this.#hover(event));
    scroller.addEventListener("touchstart", () => (this.#byMouse = false), { passive: true });
    document.addEventListener("mousemove", (event) => this.#move(event));
    document.addEventListener("mouseup", (event) => this.#release(event));
    document.addEventListener("selectionchange", () => this.#follow());
    document.addEventListener("copy", (event) => this.#copy(event));
  }

  // --- the mouse ---

  #press(event) {
    const { scroller } = this.paper;
    const box = scroller.getBoundingClientRect();
    const onScrollbar =
      event.clientX > box.left + scroller.clientWidth || event.clientY > box.top + scroller.clientHeight;
    if (event.button !== 0 || onScrollbar) return;
    if (!event.target.closest("button")) event.preventDefault(); // else the browser selects as well
    scroller.focus({ preventScroll: true, focusVisible: false });
    this.#byMouse = true;
    const offset = this.#offsetAt(event);
    if (offset === null) return;
    const whole = this.#whole(event, offset);
    const from = event.shiftKey && this.place ? this.place : { start: offset, end: offset };
    this.#drag = { from: whole ?? from, event, x: event.clientX, y: event.clientY, moved: Boolean(whole) };
    if (whole) this.#take(whole);
    else if (event.shiftKey) this.#reach(event);
    this.#scroll();
  }

  #offsetAt({ clientX, clientY }) {
    const { sheet, x, y } = this.paper.spotAt(clientX, clientY);
    return sheet.geometry?.offsetAt(x, y) ?? null;
  }

  #whole({ detail, clientX, clientY }, offset) {
    // Two clicks take the word, three the paragraph.
    if (detail === 2) {
      const { sheet, x, y } = this.paper.spotAt(clientX, clientY);
      const { start, end } = sheet.geometry.wordAt(x, y);
      return { start, end };
    }
    return detail === 3 ? paragraphPlace(Math.max(offset - 1, 0)) : null;
  }

  #move(event) {
    const drag = this.#drag;
    if (!drag) return;
    drag.event = event;
    drag.moved ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > STILL;
    if (drag.moved) this.#reach(event);
  }

  #reach(event) {
    const offset = this.#offsetAt(event);
    if (offset === null) return;
    const { start, end } = this.#drag.from;
    this.#drag.moved = true;
    this.#take({ start: Math.min(start, offset), end: Math.max(end, offset) });
  }

  #take({ start, end }) {
    if (end <= start || (this.place?.start === start && this.place?.end === end)) return;
    this.place = { start, end };
    this.chose(start, end);
  }

  #scroll() {
    // Near the edge the paper moves along, so that a selection may go on to the next page.
    const drag = this.#drag;
    if (!drag) return;
    const { scroller } = this.paper;
    const box = scroller.getBoundingClientRect();
    const { clientY } = drag.event;
    const step = Math.min(clientY - box.top - EDGE, 0) || Math.max(clientY - box.bottom + EDGE, 0);
    if (drag.moved && step) {
      scroller.scrollTop += step / 2;
      this.#reach(drag.event);
    }
    requestAnimationFrame(() => this.#drag === drag && this.#scroll());
  }

  #release(event) {
    const drag = this.#drag;
    this.#drag = null;
    if (!drag) return;
    if (drag.moved) this.#select();
    else if (!event.target.closest?.("button")) {
      const { sheet, x, y } = this.paper.spotAt(event.clientX, event.clientY);
      const mark = sheet.markAt(x, y);
      this.letGo(); // a click beside what was chosen lets it go, as in the reading view
      if (mark) open(mark);
    }
  }

  #hover(event) {
    if (this.#drag) return;
    const { sheet, x, y } = this.paper.spotAt(event.clientX, event.clientY);
    const mark = sheet.markAt(x, y);
    sheet.element.classList.toggle("on-mark", Boolean(mark));
    sheet.element.title = mark?.title ?? "";
  }

  // --- the browser's own selection ---

  #select() {
    // For its menu to offer "copy"; what is copied comes from #copy.
    const [first, last] = [this.#spanAt(this.place?.start, 0), this.#spanAt(this.place?.end - 1, 1)];
    const selection = document.getSelection();
    if (first && last) selection.setBaseAndExtent(first, 0, last, last.childNodes.length);
    else selection.removeAllRanges();
  }

  #spanAt(offset) {
    return this.#spans().find((span) => wordOf.get(span).start <= offset && offset < wordOf.get(span).end);
  }

  #spans() {
    return [...this.paper.column.querySelectorAll(".pv-text > span")];
  }

  #follow() {
    const selection = document.getSelection();
    if (this.#byMouse || !selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!this.paper.column.contains(range.commonAncestorContainer)) return;
    const inside = this.#spans().filter((span) => range.intersectsNode(span));
    if (!inside.length) return;
    const start = offsetIn(inside[0], range.startContainer, range.startOffset) ?? wordOf.get(inside[0]).start;
    const end = offsetIn(inside.at(-1), range.endContainer, range.endOffset) ?? wordOf.get(inside.at(-1)).end;
    this.#take({ start, end });
  }

  #copy(event) {
    const selection = document.getSelection();
    const isOurs =
      this.paper.scroller.contains(selection.anchorNode) ||
      (selection.isCollapsed && this.paper.scroller.contains(document.activeElement));
    if (!this.place || !isOurs) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", textOf(this.place.start, this.place.end));
  }
}

function offsetIn(span, node, at) {
  if (node !== span.firstChild) return null;
  return wordOf.get(span).start + points(node.data.slice(0, at));
}
