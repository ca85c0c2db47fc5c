"""The pictures of the portal as plain geometry. No Django inside.

A template draws them, on a page with the classes of the tokens and in a file with inks of its own. On a page
they are narrow enough for a phone at their full size, so no text is ever made smaller; in a file there is
more room, because nobody knows its reader's fonts. Colour is never alone: a row
has its word, a number stands beside its bar, and a surface has a shape or a pattern.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from overview.change import Change
from overview.drawing import WIDTH, Chart, Shape, glyph, text
from overview.sentences import listing
from overview.totals import Totals


def spread(
    theme: str,
    term: str,
    levels: Sequence[tuple[int, str, int]],
    not_judged: int,
    *,
    width: int = WIDTH,
) -> Chart:
    """How many municipalities have each level, a square for each; who isn't judged stands below the line.

    `levels` are (level, its word, how many), from the lowest to the highest.
    """
    row, left, most = 28, 132, max([not_judged, *(count for _, _, count in levels)], default=0)
    step = min(11.5, 161 / most) if most else 11.5
    shapes: list[Shape] = []
    for line, (level, word, count) in enumerate(levels):
        middle = row * line + row / 2
        shapes += glyph(level, 8, middle)
        shapes.append(text(22, middle + 5, word))
        shapes += _squares(f"level-{level}", left, middle, step, count)
        shapes.append(text(left + step * count + 6, middle + 5, str(count), "strong"))
    below = row * len(levels)
    shapes.append(Shape("path", "rule", path=f"M0 {below + 4}H{width}"))
    middle = below + 8 + row / 2
    shapes.append(text(0, middle + 5, "nog niet", "soft"))
    shapes += _squares("level-none", left, middle, step, not_judged, is_dashed=True)
    shapes.append(text(left + step * not_judged + 6, middle + 5, str(not_judged), "soft"))
    said = listing([f"{count} {word}" for _, word, count in levels])
    return Chart(
        name="spreiding",
        title=f"{theme}: gemeenten per oordeel, {term}",
        description=f"{said}. Nog niet beoordeeld: {not_judged}.",
        height=below + 8 + row,
        heads=["Oordeel", "Gemeenten"],
        table=[
            *([word, str(count)] for _, word, count in levels),
            ["nog niet beoordeeld", str(not_judged)],
        ],
        shapes=shapes,
        width=width,
    )


def _squares(
    kind: str, left: float, middle: float, step: float, count: int, is_dashed: bool = False
) -> list[Shape]:
    size = round(step * 0.8, 2)
    return [
        Shape(
            "rect",
            kind,
            x=round(left + step * n, 2),
            y=round(middle - size / 2, 2),
            width=size,
            height=size,
            is_dashed=is_dashed,
        )
        for n in range(count)
    ]


@dataclass(frozen=True)
class Move:
    """One theme in two terms: its levels, or None where one isn't published, and the verdict."""

    theme: str
    then: int | None
    now: int | None
    change: Change


def then_and_now(
    place: str,
    earlier: str,
    term: str,
    words: Sequence[str],
    moves: Sequence[Move],
    *,
    width: int = WIDTH,
) -> Chart:
    """Per theme a line from the level then (open) to the level now (filled), over the four levels.

    `words` are the names of the levels from the lowest; what isn't published has no point on the line.
    """
    head, row = 40, 52
    edge = 34 if width == WIDTH else 48
    apart = (width - 2 * edge) // (len(words) - 1)
    places = [edge + n * apart for n in range(len(words))]
    shapes: list[Shape] = []
    for x, word in zip(places, words, strict=True):
        # On a phone's width a name of two words stands on two lines; where there is more room, on one.
        first, _, second = word.rpartition(" ") if width == WIDTH else ("", "", word)
        if first:
            shapes.append(text(x, 13, first, "soft", "middle"))
        shapes.append(text(x, 30, second, "soft", "middle"))
    for line, move in enumerate(moves):
        top = head + row * line
        y = top + 36
        shapes.append(text(0, top + 16, move.theme, "strong"))
        shapes.append(
            text(width, top + 16, _VERDICTS.get(move.change, str(move.change)), "soft", "end")
        )
        shapes.append(Shape("path", "rule", path=f"M{places[0]} {y}H{places[-1]}"))
        shapes += _points(places, y, move)
    rows = [
        [
            move.theme,
            "nog niet beoordeeld" if move.then is None else words[move.then],
            "nog niet beoordeeld" if move.now is None else words[move.now],
            str(move.change),
        ]
        for move in moves
    ]
    below = head + row * len(moves) + 8
    shapes += [
        Shape("circle", "then", x=8, y=below + 12, radius=7),
        text(22, below + 17, f"toen, {earlier}"),
        Shape("circle", "now", x=width // 2 + 8, y=below + 12, radius=5),
        text(width // 2 + 20, below + 17, f"nu, {term}"),
    ]
    return Chart(
        name="toen-en-nu",
        title=f"{place}: toen ({earlier}) en nu ({term})",
        description=" ".join(f"{name}: {then}, nu {now}." for name, then, now, _ in rows),
        height=below + 26,
        heads=["Thema", earlier, term, "Verschil"],
        table=rows,
        shapes=shapes,
        width=width,
    )


# Short enough to stand beside the name of a theme.
_VERDICTS = {
    Change.SILENT: "beide keren niet",
    Change.NOT_COMPARABLE: "niet te vergelijken",
}


def _points(places: Sequence[int], y: float, move: Move) -> list[Shape]:
    shapes: list[Shape] = []
    if move.then is not None and move.now is not None and move.then != move.now:
        a, b = places[move.then], places[move.now]
        way = 1 if b > a else -1
        shapes.append(Shape("path", "line", path=f"M{a + 7 * way} {y}H{b - 12 * way}"))
        tip = b - 7 * way
        arrow = f"M{tip} {y}L{tip - 8 * way} {y - 5}V{y + 5}Z"
        shapes.append(Shape("path", "ink", path=arrow))
    if move.then is not None:
        shapes.append(Shape("circle", "then", x=places[move.then], y=y, radius=7))
    if move.now is not None:
        shapes.append(Shape("circle", "now", x=places[move.now], y=y, radius=5))
    return shapes


KINDS = [("once", "eenmalig"), ("structural", "structureel"), ("unsaid", "soort niet gezegd")]


def per_year(place: str, totals: Totals, *, width: int = WIDTH) -> Chart:
    """Per year a bar of what is promised, cut by kind, with the amount beside it."""
    row, left = 28, 48
    most = max((year.total for year in totals.years), default=Decimal(0))
    amounts = [euros(year.total) for year in totals.years]
    room = width - left - 9.5 * max((len(amount) for amount in amounts), default=0) - 8
    shapes: list[Shape] = []
    if not totals.years:
        shapes.append(text(0, 19, "Er is geen bedrag met een jaar bekend.", "soft"))
    for line, (year, amount) in enumerate(zip(totals.years, amounts, strict=True)):
        middle = row * line + row / 2
        shapes.append(text(0, middle + 5, str(year.year)))
        x = float(left)
        for kind, _ in KINDS:
            length = round(float(getattr(year, kind) / most) * room, 2) if most else 0
            if length:
                shapes.append(Shape("rect", kind, x=x, y=middle - 8, width=length, height=16))
                x = round(x + length, 2)
        shapes.append(text(x + 8, middle + 5, amount, "strong"))
    below = row * max(len(totals.years), 1) + 8
    shown = [
        (kind, word) for kind, word in KINDS if any(getattr(year, kind) for year in totals.years)
    ]
    for line, (kind, word) in enumerate(shown):
        y = below + 24 * line
        shapes.append(Shape("rect", kind, x=0, y=y + 2, width=16, height=16))
        shapes.append(text(24, y + 15, word))
    return Chart(
        name="maatregelen",
        title=f"{place}: maatregelen met een bedrag, per jaar",
        description=" ".join(
            f"{year.year}: {amount}." for year, amount in zip(totals.years, amounts, strict=True)
        )
        or "Er is geen bedrag met een jaar bekend.",
        height=below + 24 * len(shown),
        heads=["Jaar", *(word.capitalize() for _, word in shown), "Totaal"],
        table=[
            [str(year.year), *(euros(getattr(year, kind)) for kind, _ in shown), amount]
            for year, amount in zip(totals.years, amounts, strict=True)
        ],
        shapes=shapes,
        width=width,
    )


def euros(amount: Decimal) -> str:
    """Write money as Dutch does: "€ 1.250.000", with cents only where there are any."""
    whole = f"{amount:,.2f}".removesuffix(".00")
    return "€\u00a0" + whole.translate(str.maketrans(",.", ".,"))
