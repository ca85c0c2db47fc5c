"""Shapes, and a picture made of them: what stands where, in units of one pixel. No Django inside."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, OF_FILE = 320, 400
# For a file that takes no stylesheet along: fill and stroke per kind, on white paper.
INKS = {
    "ink": ("#17212b", "none"),
    "soft": ("#4a5866", "none"),
    "strong": ("#17212b", "none"),
    "rule": ("none", "#d9d6cc"),
    "line": ("none", "#17212b"),
    "outline": ("none", "#17212b"),
    "level-0": ("#ffffff", "#737b87"),
    "level-1": ("#cfe4ee", "#737b87"),
    "level-2": ("#6fb1cb", "#737b87"),
    "level-3": ("#0d4f70", "#0d4f70"),
    "level-none": ("none", "#737b87"),
    "then": ("#ffffff", "#17212b"),
    "now": ("#0d4f70", "#0d4f70"),
    "once": ("#6fb1cb", "#17212b"),
    "structural": ("#0d4f70", "#17212b"),
    "unsaid": ("#ffffff", "#17212b"),
}


@dataclass(frozen=True)
class Shape:
    """A rectangle, circle, path or text; `kind` says what it means, and so how it looks."""

    tag: str
    kind: str
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    radius: float = 0
    path: str = ""
    text: str = ""
    anchor: str = "start"
    is_dashed: bool = False

    @property
    def attributes(self) -> list[tuple[str, str]]:
        """What the element says. Numbers are text, so that no template writes a comma in them."""
        fill, stroke = INKS[self.kind]
        said = [("class", f"chart-{self.kind}"), ("fill", fill)]
        if stroke != "none":
            said.append(("stroke", stroke))
        if self.kind in {"line", "outline"}:
            said.append(("stroke-width", "1.5"))
        if self.kind == "strong":
            said.append(("font-weight", "600"))
        if self.anchor != "start":
            said.append(("text-anchor", self.anchor))
        if self.is_dashed:
            said.append(("stroke-dasharray", "2 2"))
        return said + [(name, value) for name, value in self._place if value]

    @property
    def _place(self) -> list[tuple[str, str]]:
        x, y = f"{self.x:g}", f"{self.y:g}"
        if self.tag == "path":
            return [("d", self.path)]
        if self.tag == "circle":
            return [("cx", x), ("cy", y), ("r", f"{self.radius:g}")]
        if self.tag == "rect":
            size = [("width", f"{self.width:g}"), ("height", f"{self.height:g}")]
            return [("x", x), ("y", y), *size]
        return [("x", x), ("y", y)]


@dataclass(frozen=True)
class Chart:
    """A picture, what it is called, what it says in words, and the table that says the same."""

    name: str
    title: str
    description: str
    height: int
    heads: Sequence[str]
    table: Sequence[Sequence[str]]
    shapes: Sequence[Shape]
    width: int = WIDTH

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Per row its head, and its values, each with the head of its column."""
        return [
            (first, list(zip(self.heads[1:], values, strict=True))) for first, *values in self.table
        ]


def text(x: float, y: float, words: str, kind: str = "ink", anchor: str = "start") -> Shape:
    return Shape("text", kind, x=x, y=y, text=words, anchor=anchor)


def glyph(level: int, x: float, y: float) -> list[Shape]:
    """The shape of a level, as everywhere in the portal: an open circle that fills up."""
    if level == 3:
        return [Shape("circle", "ink", x=x, y=y, radius=6.25)]
    ring = Shape("circle", "outline", x=x, y=y, radius=6.25)
    if level == 0:
        return [ring]
    turn = f"A6.25 6.25 0 0 1 {x + 6.25} {y}Z" if level == 1 else "a6.25 6.25 0 0 1 0 12.5Z"
    start = f"M{x} {y}V{y - 6.25}" if level == 1 else f"M{x} {y - 6.25}"
    return [ring, Shape("path", "ink", path=start + turn)]
