"""Searching for a theme that seems to be absent: every hit of its terms in the current versions."""

from dataclasses import asdict, dataclass

from agreements.models import AgreementVersion, Page
from themes.models import Term
from themes.terms import find

CONTEXT = 90  # characters on either side of a hit, enough to see what it is about


@dataclass(frozen=True)
class TermHit:
    """One hit, with its surroundings to judge it by; offsets in characters of the version's text."""

    version: int
    start: int
    end: int
    page: int
    word: str
    before: str
    after: str
    document: str

    @property
    def key(self):
        return f"{self.version}-{self.start}"

    def as_record(self):
        kept = ("version", "start", "end", "page", "word")
        return {name: value for name, value in asdict(self).items() if name in kept}


@dataclass(frozen=True)
class Search:
    """What was searched for one theme in one coalition, and what came up."""

    terms: list
    versions: list
    hits: list

    def matches(self, absence):
        """Whether a recorded proof still rests on these terms and these versions."""
        return absence.terms == self.terms and absence.versions == self.versions


def search(*, coalition, theme):
    """Search the current versions of a coalition's agreements for the terms of a theme."""
    terms = list(Term.objects.filter(theme=theme).order_by("text").values_list("text", flat=True))
    versions = list(
        AgreementVersion.objects.current().of_coalition(coalition).order_by("agreement", "pk")
    )
    pages = list(
        Page.objects.without_words()
        .filter(version__in=[version.pk for version in versions])
        .order_by("version", "number")
    )
    return Search(
        terms=terms,
        versions=[record_of(version) for version in versions],
        hits=[
            TermHit(
                version=version.pk,
                start=hit.start,
                end=hit.end,
                page=_page_at(hit.start, [page for page in pages if page.version_id == version.pk]),
                word=version.text[hit.start : hit.end],
                before=version.text[max(0, hit.start - CONTEXT) : hit.start],
                after=version.text[hit.end : hit.end + CONTEXT],
                document=version.agreement.title,
            )
            for version in versions
            for hit in find(version.text, terms)
        ],
    )


def record_of(version):
    """What a proof of absence keeps of a version that was searched."""
    return {
        "id": version.pk,
        "title": version.agreement.title,
        "number": version.number,
        "sha256": version.sha256,
    }


def _page_at(offset, pages):
    return next((page.number for page in pages if page.start <= offset < page.end), 1)
