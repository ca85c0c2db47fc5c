"""What the document of a regional input says, apart from how it looks (ADR 11)."""

from dataclasses import asdict, dataclass

from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from themes.chapters import chapters


@dataclass(frozen=True)
class Wish:
    name: str
    description: str


@dataclass(frozen=True)
class InputChapter:
    name: str
    ambition: str
    focus_points: list[Wish]
    partners: list[str]


@dataclass(frozen=True)
class InputReport:
    """One published edition of a regional input, to be taken along."""

    title: str
    term: str
    edition: int
    published: str
    dated: str
    source: str
    address: str
    themes: list[InputChapter]

    def as_data(self):
        return asdict(self)


def input_report(edition, *, term, themes, address):
    """Put the document of an edition together; `address` is where it is read in the portal."""
    content = edition.content
    dated = parse_date(content["dated"]) if content["dated"] else None
    return InputReport(
        title=content["title"],
        term=str(term),
        edition=edition.number,
        published=date_format(edition.published_at, "j F Y"),
        dated=date_format(dated, "j F Y") if dated else "",
        source=content["source"],
        address=address,
        themes=[
            InputChapter(
                name=theme.name,
                ambition=part.get("ambition", ""),
                focus_points=[
                    Wish(point["name"], point["description"])
                    for point in part.get("focus_points", [])
                ],
                partners=partners,
            )
            for theme, part, partners in chapters(content, themes)
        ],
    )
