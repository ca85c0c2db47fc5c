// Where the words of one page stand, and which place in the text a point on the paper means.
//
// Boxes are in points from the top left of the page as shown. On a turned page the text may run down, up
// or upside down; everything here is reckoned in the direction of the text (u along a line, v across the
// lines) and given back in that of the paper.

const WIDE_GAP = 4; // times the height of a line: further apart is another column, or another cell

export class Geometry {
  // fraction(word, offset): how far into the word the character at this offset begins, from 0 to 1.
  // paragraphOf(offset): where its paragraph begins.
  constructor({ width, height, words }, { fraction, paragraphOf }) {
    Object.assign(this, { width, height, fraction });
    this.words = words
      .map(([start, end, x0, y0, x1, y1]) => ({ start, end, x0, y0, x1, y1 }))
      .sort((a, b) => a.start - b.start);
    this.turn = turnOf(this.words);
    for (const word of this.words) {
      [word.u0, word.v0] = this.#upright(word.x0, word.y0);
      [word.u1, word.v1] = this.#upright(word.x1, word.y1);
      if (word.u0 > word.u1) [word.u0, word.u1] = [word.u1, word.u0];
      if (word.v0 > word.v1) [word.v0, word.v1] = [word.v1, word.v0];
    }
    this.lines = linesOf(this.words);
    this.blocks = blocksOf(this.lines, paragraphOf);
  }

  #upright(x, y) {
    if (this.turn === 90) return [y, this.width - x];
    if (this.turn === 180) return [this.width - x, this.height - y];
    if (this.turn === 270) return [this.height - y, x];
    return [x, y];
  }

  #onPaper({ u0, v0, u1, v1 }) {
    if (this.turn === 90) return { x0: this.width - v1, y0: u0, x1: this.width - v0, y1: u1 };
    if (this.turn === 180) {
      return { x0: this.width - u1, y0: this.height - v1, x1: this.width - u0, y1: this.height - v0 };
    }
    if (this.turn === 270) return { x0: v0, y0: this.height - u1, x1: v1, y1: this.height - u0 };
    return { x0: u0, y0: v0, x1: u1, y1: v1 };
  }

  // One box per line over the characters from start to end.
  boxesOf(start, end) {
    const inside = this.words
      .filter((word) => word.start < end && start < word.end)
      .map((word) => this.#cut(word, start, end));
    return linesOf(inside).map((line) => this.#onPaper(line));
  }

  #cut(word, start, end) {
    const long = word.u1 - word.u0;
    const u0 = start > word.start ? word.u0 + long * this.fraction(word, start) : word.u0;
    const u1 = end < word.end ? word.u0 + long * this.fraction(word, end) : word.u1;
    return { ...word, u0, u1 };
  }

  wordAt(x, y) {
    if (!this.words.length) return null;
    const [u, v] = this.#upright(x, y);
    const block = nearest(this.blocks, (box) => Math.hypot(outside(u, box.u0, box.u1), outside(v, box.v0, box.v1)));
    const line = nearest(block.lines, (box) => outside(v, box.v0, box.v1));
    return nearest(line.words, (box) => outside(u, box.u0, box.u1));
  }

  // The place between two characters that is nearest to this point, or null on a page without text.
  offsetAt(x, y) {
    const word = this.wordAt(x, y);
    if (!word) return null;
    const along = (this.#upright(x, y)[0] - word.u0) / (word.u1 - word.u0 || 1);
    let best = word.start;
    for (let offset = word.start; offset <= word.end; offset += 1) {
      if (Math.abs(this.fraction(word, offset) - along) < Math.abs(this.fraction(word, best) - along)) best = offset;
    }
    return best;
  }

  // The word that is highest on the paper below this height.
  firstBelow(y) {
    const below = this.words.filter((word) => word.y1 > y);
    return below.reduce((best, word) => (!best || word.y0 < best.y0 - 1 ? word : best), null);
  }

  firstOf(start, end) {
    return this.words.find((word) => word.start < end && start < word.end) ?? null;
  }
}

export const contains = (box, x, y) => box.x0 <= x && x <= box.x1 && box.y0 <= y && y <= box.y1;

function turnOf(words) {
  // Long words say whether lines lie or stand; the order of words and lines says which way they run.
  const long = words.filter((word) => word.end - word.start > 2);
  const standing = long.filter((word) => word.y1 - word.y0 > word.x1 - word.x0).length > long.length / 2;
  let forward = 0;
  for (let n = 1; n < words.length; n += 1) {
    const [a, b] = [words[n - 1], words[n]];
    const right = Math.sign(b.x0 + b.x1 - a.x0 - a.x1);
    const down = Math.sign(b.y0 + b.y1 - a.y0 - a.y1);
    const sameRow = overlap(a.y0, a.y1, b.y0, b.y1) > 0.5;
    const sameColumn = overlap(a.x0, a.x1, b.x0, b.x1) > 0.5;
    if (standing) forward += sameColumn ? down : -right / 4;
    else forward += sameRow ? right : down / 4;
  }
  if (standing) return forward < 0 ? 270 : 90;
  return forward < 0 ? 180 : 0;
}

// The part that two stretches share, measured by the shorter.
const overlap = (a0, a1, b0, b1) =>
  (Math.min(a1, b1) - Math.max(a0, b0)) / (Math.min(a1 - a0, b1 - b0) || 1);

const outside = (value, low, high) => Math.max(low - value, 0, value - high);

function nearest(things, distance) {
  let best = null;
  let least = Infinity;
  for (const thing of things) {
    const far = distance(thing);
    if (far < least) [best, least] = [thing, far];
  }
  return best;
}

function union(into, box) {
  into.u0 = Math.min(into.u0, box.u0);
  into.v0 = Math.min(into.v0, box.v0);
  into.u1 = Math.max(into.u1, box.u1);
  into.v1 = Math.max(into.v1, box.v1);
}

function linesOf(words) {
  const lines = [];
  let line = null;
  for (const word of words) {
    const gap = line && word.u0 - line.words.at(-1).u1;
    const height = word.v1 - word.v0;
    const goesOn =
      line && overlap(line.v0, line.v1, word.v0, word.v1) > 0.5 && gap > -height && gap < WIDE_GAP * height;
    if (goesOn) {
      line.words.push(word);
      union(line, word);
    } else {
      line = { words: [word], u0: word.u0, v0: word.v0, u1: word.u1, v1: word.v1 };
      lines.push(line);
    }
  }
  return lines;
}

function blocksOf(lines, paragraphOf) {
  // Lines of one paragraph below each other; a paragraph that goes on in the next column is two blocks.
  const blocks = [];
  let block = null;
  for (const line of lines) {
    const paragraph = paragraphOf(line.words[0].start);
    const last = block?.lines.at(-1);
    const goesOn =
      block?.paragraph === paragraph &&
      line.v1 > last.v1 &&
      line.v0 - last.v1 < WIDE_GAP * (line.v1 - line.v0) &&
      overlap(block.u0, block.u1, line.u0, line.u1) > 0;
    if (goesOn) {
      block.lines.push(line);
      union(block, line);
    } else {
      block = { paragraph, lines: [line], u0: line.u0, v0: line.v0, u1: line.u1, v1: line.v1 };
      blocks.push(block);
    }
  }
  return blocks;
}
