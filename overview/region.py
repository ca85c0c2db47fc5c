"""The region at a glance: the matrix, its filters, the tile map of one theme, and the spread per theme."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import Max

from agreements.models import Coding
from assessments.models import Assessment, Level
from municipalities.models import Coalition
from overview import sentences
from themes.models import Theme

NOT_JUDGED = "nog-niet"
BY_NAME = "naam"


@dataclass(frozen=True)
class Cell:
    """One theme of one municipality: what is published of it, or None."""

    theme: Theme
    assessment: Assessment | None
    matches: bool = True  # what was asked for

    @property
    def level(self):
        return self.assessment.level if self.assessment else None


@dataclass(frozen=True)
class MatrixRow:
    """A coalition with a cell for each theme that is shown."""

    coalition: Coalition
    cells: list

    @property
    def municipality(self):
        return self.coalition.municipality


def matrix_rows(term):
    """The whole region for one term: a row per municipality by name, a cell per theme.

    An assessment has `strongest` besides: the strength of its strongest quote, or None without any.
    """
    found = {
        (a.coalition_id, a.theme_id): a
        for a in Assessment.objects.published()
        .for_term(term)
        .order_by()
        .only("level", "coalition", "theme")
        .annotate(strongest=Max("evidence__coding__strength"))
    }
    themes = list(Theme.objects.all())
    return [
        MatrixRow(coalition, [Cell(theme, found.get((coalition.pk, theme.pk))) for theme in themes])
        for coalition in Coalition.objects.for_term(term).order_by("municipality__name")
    ]


@dataclass(frozen=True)
class Filter:
    """What of the matrix someone wants to see; what isn't asked for is None."""

    theme: Theme | None = None
    level: str | None = None  # a level as in the address, or NOT_JUDGED
    strength: int | None = None
    sort: Theme | None = None
    map_theme: Theme | None = None
    unknown: tuple = ()  # what the address asks for that there is none of

    PARTS: ClassVar = ("thema", "oordeel", "sterkte", "sorteer", "kaart")

    @classmethod
    def of(cls, query, themes):
        """Read it from an address; what doesn't exist is left out and named in `unknown`."""
        by_slug = {theme.slug: theme for theme in themes}
        levels = {word: word for word in (*(str(level) for level in Level), NOT_JUDGED)}
        strengths = {str(strength.value): strength.value for strength in Coding.Strength}
        there_is = (by_slug, levels, strengths, by_slug | {BY_NAME: None}, by_slug)
        choices = dict(zip(cls.PARTS, there_is, strict=True))
        given = {name: query.get(name, "") for name in choices}
        unknown = [word for name, word in given.items() if word and word not in choices[name]]
        theme, level, strength, sort, shown = (
            choices[name].get(word) for name, word in given.items()
        )
        return cls(theme, level, strength, sort, shown, tuple(unknown))

    @property
    def is_narrow(self):
        """Whether some municipalities may be left out."""
        return self.level is not None or self.strength is not None

    @property
    def is_filtered(self):
        return self.is_narrow or self.theme is not None

    def matches(self, cell):
        """Whether a cell has the level and at least the strength that are asked for."""
        if self.level == NOT_JUDGED:
            return cell.assessment is None and self.strength is None
        if self.level is not None and str(cell.level) != self.level:
            return False
        strongest = (cell.assessment and cell.assessment.strongest) or 0
        return self.strength is None or strongest >= self.strength

    def address(self, **changes):
        """The query of the same selection with these parts of the address changed."""
        shown = (
            self.theme and self.theme.slug,
            self.level,
            self.strength,
            self.sort and self.sort.slug,
            self.map_theme and self.map_theme.slug,
        )
        parts = dict(zip(self.PARTS, shown, strict=True)) | changes
        return "?" + urlencode({name: value for name, value in parts.items() if value is not None})


@dataclass(frozen=True)
class Head:
    """A column of the matrix: its theme, and where there is one the address that sorts by it and the spread."""

    theme: Theme
    sort_address: str = ""
    is_sorted: bool = False
    spread: tuple = ()  # [(level, how many municipalities), ...], the highest level first


@dataclass(frozen=True)
class Region:
    """The matrix of one term as it was asked for."""

    selection: Filter
    all_rows: list  # of every municipality, with every theme
    rows: list  # what is shown
    themes: list
    shown: list  # the themes that are shown

    @property
    def levels(self):
        """Per theme the levels that are published, of every municipality."""
        return {
            theme: [row.cells[n].level for row in self.all_rows if row.cells[n].assessment]
            for n, theme in enumerate(self.themes)
        }

    @property
    def heads(self):
        """A column of the matrix for each theme that is shown."""
        levels = self.levels
        return [
            Head(
                theme,
                self.selection.address(sorteer=theme.slug),
                theme == self.selection.sort,
                tuple((level, levels[theme].count(level)) for level in reversed(Level)),
            )
            for theme in self.shown
        ]

    @property
    def maps(self):
        """Per theme: the address that shows its map, and whether it is shown now."""
        return [
            (theme, self.selection.address(kaart=theme.slug), theme == self.map_theme)
            for theme in self.themes
        ]

    @property
    def sentence(self):
        return sentences.of_region({theme.name: found for theme, found in self.levels.items()})

    @property
    def published(self):
        return sum(len(found) for found in self.levels.values())

    @property
    def total(self):
        return len(self.all_rows) * len(self.themes)

    @property
    def map_theme(self):
        """The theme of the tile map: as asked, else the one that is in sight, else the first."""
        asked = self.selection
        return asked.map_theme or asked.theme or asked.sort or next(iter(self.themes), None)

    @property
    def tiles(self):
        """The tile map as rows of places: (coalition, cell of the theme), or None where nothing lies."""
        if not self.all_rows or not self.themes:
            return []
        n = self.themes.index(self.map_theme)
        places = {
            (row.municipality.tile_row, row.municipality.tile_column): (
                row.coalition,
                row.cells[n],
            )
            for row in self.all_rows
        }
        rows, columns = zip(*places, strict=True)
        return [
            [places.get((row, column)) for column in range(min(columns), max(columns) + 1)]
            for row in range(min(rows), max(rows) + 1)
        ]


def region_of(term, query):
    """Gather the region for one term, filtered and sorted as the query of the address asks."""
    everything = matrix_rows(term)
    themes = [cell.theme for cell in everything[0].cells] if everything else []
    asked = Filter.of(query, themes)
    rows = [
        MatrixRow(
            row.coalition,
            [
                Cell(cell.theme, cell.assessment, asked.matches(cell))
                for cell in row.cells
                if asked.theme in (None, cell.theme)
            ],
        )
        for row in everything
    ]
    if asked.is_narrow:
        rows = [row for row in rows if any(cell.matches for cell in row.cells)]
    if asked.sort:
        n = themes.index(asked.sort)
        level = {row.coalition: row.cells[n].level for row in everything}
        # What isn't judged comes last; within a level the names stay in order.
        rows.sort(
            key=lambda row: -1 if level[row.coalition] is None else level[row.coalition],
            reverse=True,
        )
    shown = [theme for theme in themes if asked.theme in (None, theme)]
    return Region(asked, everything, rows, themes, shown)
