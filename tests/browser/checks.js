// What a page is held to that axe doesn't look at. Each function returns what is wrong, in words.
// Read by tests/browser/test_accessibility.py, and put in every page.

const named = (element) => {
  const name = element.id ? `#${element.id}` : (element.getAttribute("class") || "").trim().replace(/\s+/g, ".");
  return `${element.localName}${element.id ? "" : name && "."}${name}`;
};
const isSeen = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
// Clipped away, itself or with what it stands in: only a screen reader meets it.
const isForEars = (element) => {
  for (let each = element; each && each !== document.body; each = each.parentElement) {
    const style = getComputedStyle(each);
    if (style.clipPath !== "none" || style.clip !== "auto") return true;
  }
  return false;
};

// Headings, landmarks, names: what a screen reader finds its way by.
const structure = () => {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  if (all("h1").length !== 1) wrong.push(`${all("h1").length} x h1`);
  if (all("main").length !== 1) wrong.push(`${all("main").length} x main`);
  let before = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6, [role=heading]").filter(isSeen)) {
    const level = Number(heading.ariaLevel || heading.localName[1]);
    if (level > before + 1) wrong.push(`h${level} after h${before}: ${heading.textContent.trim().slice(0, 40)}`);
    before = level;
  }
  const navs = all("nav").map((nav) => nav.getAttribute("aria-label") ||
    document.getElementById(nav.getAttribute("aria-labelledby"))?.textContent.trim() || "without a name");
  for (const name of new Set(navs)) {
    if (name === "without a name" || navs.filter((each) => each === name).length > 1) wrong.push(`nav ${name}`);
  }
  if (document.documentElement.lang !== "nl") wrong.push("lang");
  if (!document.title.trim()) wrong.push("no title");
  if (!document.querySelector("meta[name=viewport]")?.content.includes("width=device-width")) wrong.push("viewport");
  if (/user-scalable=no|maximum-scale/.test(document.querySelector("meta[name=viewport]")?.content)) wrong.push("no zoom");
  const skip = document.querySelector("body a[href]");
  const target = skip && document.querySelector(skip.getAttribute("href").startsWith("#") ? skip.getAttribute("href") : "none");
  if (target?.localName !== "main" || target.tabIndex !== -1) wrong.push("the first link doesn't skip to main");
  if (!document.querySelector("[aria-live]")) wrong.push("no live region");
  const asks = all("[hx-get], [hx-post]")[0];
  if (asks && !document.querySelector("script[src*=htmx]")) wrong.push(`${named(asks)} asks, and HTMX isn't there`);
  // What HTMX swaps is said, or stands where one was working.
  for (const asker of all("[hx-target]")) {
    const place = asker.getAttribute("hx-target");
    if (!/^(this|closest|next|find)/.test(place) && !document.querySelector(place)) wrong.push(`no ${place} to swap`);
  }
  for (const name of ["aria-labelledby", "aria-describedby", "aria-controls"]) {
    for (const element of all(`[${name}]`)) {
      for (const id of element.getAttribute(name).split(/\s+/)) {
        if (id && !document.getElementById(id)) wrong.push(`${named(element)} ${name} ${id} isn't there`);
      }
    }
  }
  return wrong;
};

// Nothing is cut off, lies over another, or scrolls sideways outside a region that says so.
const layout = () => {
  const wrong = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth + 1) {
    const widest = [...document.body.querySelectorAll("*")]
      .filter((each) => isSeen(each) && !isForEars(each) && each.getBoundingClientRect().right > innerWidth + 1 &&
        ![...parentsOf(each)].some((parent) => ["auto", "scroll", "hidden"].includes(getComputedStyle(parent).overflowX)));
    wrong.push(`scrolls sideways: ${widest.slice(0, 3).map(named).join(", ")}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (element instanceof SVGElement || !element.textContent.trim() || !isSeen(element) || isForEars(element)) continue;
    const style = getComputedStyle(element);
    const cutsX = ["hidden", "clip"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const cutsY = ["hidden", "clip"].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    if (element.clientWidth && (cutsX || cutsY)) wrong.push(`cut off: ${named(element)}`);
  }
  const things = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((each) => isSeen(each) && !isForEars(each) && getComputedStyle(each).position !== "fixed");
  const boxes = things.flatMap((thing) => [...thing.getClientRects()].map((box) => ({ thing, box: inView(thing, box) })));
  boxes.sort((a, b) => a.box.top - b.box.top);
  boxes.forEach(({ thing, box }, index) => {
    for (let at = index + 1; at < boxes.length && boxes[at].box.top < box.bottom - 3; at++) {
      const other = boxes[at];
      if (thing.contains(other.thing) || other.thing.contains(thing) || thing === other.thing) continue;
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      // Two lines of running text overlap by what a line box is taller than its letters.
      const isText = [thing, other.thing].every((each) => getComputedStyle(each).display === "inline");
      if (across > 2 && down > (isText ? 8 : 3) && !isPinned(thing, other.thing)) {
        wrong.push(`overlap: ${named(thing)} and ${named(other.thing)}, ${across.toFixed()} x ${down.toFixed()}`);
      }
    }
  });
  return [...new Set(wrong)];
};
function* parentsOf(element) {
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) yield each;
}
// The part of a box that isn't scrolled out of a region around it.
const inView = (thing, box) => {
  let { left, top, right, bottom } = box;
  for (const parent of parentsOf(thing)) {
    if (getComputedStyle(parent).overflowY === "visible") continue;
    const edge = parent.getBoundingClientRect();
    left = Math.max(left, edge.left);
    top = Math.max(top, edge.top);
    right = Math.min(right, edge.right);
    bottom = Math.min(bottom, edge.bottom);
  }
  return { left, top, right, bottom };
};
// A head or bar that stays in view lies over what scrolls beneath it; that is what it is for.
const isPinned = (...things) => things.some((thing) =>
  [thing, ...parentsOf(thing)].some((each) => ["sticky", "fixed"].includes(getComputedStyle(each).position)));

// Focus is seen on everything that can have it.
const focus = () => {
  const wrong = [];
  for (const thing of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")) {
    if (!isSeen(thing) || thing.disabled) continue;
    thing.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== thing) continue;
    const style = getComputedStyle(thing);
    const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!isOutlined && style.boxShadow === "none") wrong.push(`focus isn't seen on ${named(thing)}`);
  }
  document.activeElement?.blur();
  return [...new Set(wrong)];
};

// The sentences of VRT: what stands on the screen outside what an agreement says and what people wrote.
const sentences = () => {
  const blocks = ["BLOCKQUOTE", "Q", "TEXTAREA", "SCRIPT", "STYLE", "SVG", "OPTION", "CODE", "DEL", "INS"];
  const lines = [];
  let line = "";
  const end = () => { lines.push(line); line = ""; };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { line += node.data; return; }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (blocks.includes(node.tagName.toUpperCase()) || node.closest(".page, .typed, .paper")) { line += " … "; return; }
    const display = getComputedStyle(node).display;
    if (display === "none") return;
    const isBlock = !display.startsWith("inline") || node.tagName === "BR" || display === "inline-block";
    if (isBlock) end();
    node.childNodes.forEach(walk);
    if (isBlock) end();
  };
  walk(document.body);
  end();
  return lines.map((each) => each.replace(/\s+/g, " ").trim()).filter(Boolean);
};

// Where axe can't tell the contrast, such as of a single letter or of what is half out of sight: the colour of
// the text against that of the nearest thing behind it that is painted.
const contrast = (selectors) => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((each) => each / 255).map((each) => (each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  return selectors.filter((selector) => {
    const element = document.querySelector(selector);
    const style = getComputedStyle(element);
    let behind = rgba("white");
    for (let each = element; each; each = each.parentElement) {
      const own = getComputedStyle(each);
      if (own.backgroundImage !== "none") return true;
      const colour = rgba(own.backgroundColor);
      if (colour[3] === 255) { behind = colour; break; }
      if (colour[3] > 0) return true;
    }
    const [high, low] = [light(rgba(style.color).slice(0, 3)), light(behind.slice(0, 3))].sort((a, b) => b - a);
    const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    return (high + .05) / (low + .05) < (isLarge ? 3 : 4.5);
  });
};

const enlargeText = () => { document.documentElement.style.fontSize = "200%"; };
const spaceText = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.documentElement.style.fontSize = "";
  document.adoptedStyleSheets = [sheet];
};
const asWritten = () => {
  document.documentElement.style.fontSize = "";
  document.adoptedStyleSheets = [];
};

window.checks = { contrast, structure, layout, focus, sentences, enlargeText, spaceText, asWritten };
