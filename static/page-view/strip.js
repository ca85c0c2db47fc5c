// The strip of small pages: drawn when they come in sight; the arrow keys walk along it.

import { make } from "./sheet.js";

const WIDE = 84; // CSS pixels

export class Strip {
  #current = null;

  constructor({ list, sizes, paper, go }) {
    Object.assign(this, { list, paper });
    this.buttons = sizes.map(([width, height], index) => {
      const button = make("button", "pv-thumb");
      button.type = "button";
      button.tabIndex = -1;
      button.setAttribute("aria-label", `Bladzijde ${index + 1}`);
      const picture = make("span", "pv-picture paper");
      picture.style.height = `${Math.min((WIDE * height) / width, 2 * WIDE)}px`;
      button.append(picture, String(index + 1));
      button.addEventListener("click", () => go(index + 1));
      return button;
    });
    list.replaceChildren(
      ...this.buttons.map((button) => {
        const item = document.createElement("li");
        item.append(button);
        return item;
      }),
    );
    list.addEventListener("keydown", (event) => this.#walk(event));
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (!isIntersecting) continue;
          seen.unobserve(target);
          paper.whenIdle(() => this.#draw(target));
        }
      },
      { root: list, rootMargin: "50% 0px" },
    );
    this.buttons.forEach((button) => seen.observe(button));
  }

  async #draw(button) {
    const page = await this.paper.pdf.getPage(this.buttons.indexOf(button) + 1);
    const plain = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: (WIDE * window.devicePixelRatio) / plain.width });
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    canvas.setAttribute("aria-hidden", "true");
    try {
      await page.render({ canvas, viewport, ...this.paper.how }).promise;
      button.firstChild.replaceChildren(canvas);
    } catch {
      // An empty small page still says its number.
    }
  }

  mark(number) {
    if (number === this.#current) return;
    const before = this.buttons[this.#current - 1];
    before?.removeAttribute("aria-current");
    if (before) before.tabIndex = -1;
    this.#current = number;
    const button = this.buttons[number - 1];
    button.setAttribute("aria-current", "page");
    button.tabIndex = 0;
    // Not scrollIntoView: that would scroll the whole page too.
    const { list } = this;
    const top = button.offsetTop - list.offsetTop;
    if (top < list.scrollTop || top + button.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 3;
    }
  }

  #walk(event) {
    const from = this.buttons.indexOf(event.target.closest("button"));
    const last = this.buttons.length - 1;
    const to = {
      ArrowDown: Math.min(from + 1, last),
      ArrowUp: Math.max(from - 1, 0),
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || from < 0) return;
    event.preventDefault();
    this.buttons[to].focus();
  }
}
