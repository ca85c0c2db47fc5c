"""Searching for a theme that seems to be absent: every hit of its terms, and what was done with it.

A hit is dealt with when it stands in a passage that is coded with the theme, or in a stretch that somebody
judged not to be about it (a rejected suggestion). Both are rows of the source, so they are done once and
hold for the reading room and for the proof alike (ADR 14).
"""

from bisect import bisect_right
from dataclasses import dataclass

from agreements.models import AgreementVersion, Coding, Page, Suggestion
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
    passage: int | None  # the coded passage that it stands in
    judged: Suggestion | None  # who said that it isn't about the theme, and when

    @property
    def key(self):
        return f"{self.version}-{self.start}"

    @property
    def is_open(self):
        return self.passage is None and self.judged is None

    def as_record(self):
        """What a proof keeps: the place, the word, and who judged it when (texts, not links)."""
        record = {
            "version": self.version,
            "start": self.start,
            "end": self.end,
            "page": self.page,
            "word": self.word,
        }
        if self.judged:
            record |= {
                "judged_by": str(self.judged.decided_by),
                "judged_at": self.judged.decided_at.isoformat(),
                "reason": self.judged.reason,
            }
        return record


@dataclass(frozen=True)
class Search:
    """What was searched for one theme in one coalition, and what came up."""

    terms: list
    versions: list
    hits: list

    @property
    def open(self):
        return [hit for hit in self.hits if hit.is_open]

    @property
    def coded(self):
        return [hit for hit in self.hits if hit.passage]

    @property
    def judged(self):
        return [hit for hit in self.hits if hit.judged and not hit.passage]

    def matches(self, absence):
        """Whether a recorded proof still rests on these terms and these versions."""
        return absence.terms == self.terms and absence.versions == self.versions


def search(*, coalition, theme):
    """Search the current versions of a coalition's agreements for the terms of a theme."""
    terms = list(Term.objects.search_terms().filter(theme=theme).values_list("text", flat=True))
    versions = list(
        AgreementVersion.objects.current().of_coalition(coalition).order_by("agreement_id", "pk")
    )
    places = _Places(versions, theme)
    return Search(
        terms=terms,
        versions=[record_of(version) for version in versions],
        hits=[
            TermHit(
                version=version.pk,
                start=hit.start,
                end=hit.end,
                page=places.page(version, hit.start),
                word=version.text[hit.start : hit.end],
                before=version.text[max(0, hit.start - CONTEXT) : hit.start],
                after=version.text[hit.end : hit.end + CONTEXT],
                document=version.agreement.title,
                passage=places.passage(version, hit),
                judged=places.judged(version, hit),
            )
            for version in versions
            for hit in find(version.text, terms)
        ],
    )


class _Places:
    """Where pages begin, what is coded with the theme and what was judged not to be, per version."""

    def __init__(self, versions, theme):
        of_versions = {"version__in": [version.pk for version in versions]}
        self._pages, self._passages, self._judged = {}, {}, {}
        pages = Page.objects.filter(**of_versions).order_by("version", "number")
        for version, start, number in pages.values_list("version", "start", "number"):
            self._pages.setdefault(version, []).append((start, number))
        codings = Coding.objects.filter(
            passage__version__in=of_versions["version__in"], theme=theme
        )
        for version, *place in codings.values_list(
            "passage__version", "passage__start", "passage__end", "passage"
        ):
            self._passages.setdefault(version, []).append(place)
        rejected = Suggestion.objects.rejected().filter(**of_versions, theme=theme)
        for suggestion in rejected.select_related("decided_by"):
            place = (suggestion.start, suggestion.end, suggestion)
            self._judged.setdefault(suggestion.version_id, []).append(place)

    def page(self, version, offset):
        pages = self._pages[version.pk]
        return pages[max(bisect_right(pages, offset, key=lambda page: page[0]) - 1, 0)][1]

    def passage(self, version, hit):
        return self._at(self._passages.get(version.pk, ()), hit)

    def judged(self, version, hit):
        return self._at(self._judged.get(version.pk, ()), hit)

    def _at(self, places, hit):
        return next(
            (what for start, end, what in places if start < hit.end and hit.start < end), None
        )


def record_of(version):
    """A version as a proof keeps it; one that differs in anything makes the proof stale."""
    return {
        "id": version.pk,
        "title": version.agreement.title,
        "number": version.number,
        "sha256": version.sha256,
    }
