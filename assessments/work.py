"""What waits for whom: how far each person is in each agreement, for one person or the whole team."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format

from agreements.models import (
    Agreement,
    AgreementVersion,
    Anchoring,
    Assignment,
    Coding,
    PageReading,
    Suggestion,
)
from assessments.absence import Search, record_of
from assessments.models import Assessment
from assessments.steps import (
    ready_at,
    to_anchor,
    to_decide,
    to_judge,
    to_read,
    to_search_again,
)
from themes.models import Term, Theme


@dataclass(frozen=True)
class ThemeWork:
    """One theme of one agreement: what was marked, what is open, and what the judgement is."""

    theme: Theme
    passages: int
    suggestions: int
    published: Assessment | None
    draft: Assessment | None
    is_stale: bool
    is_blind: bool  # who looks reads the draft blind, so its level is not shown

    @property
    def is_judged(self):
        return bool(self.published or self.draft)


@dataclass(frozen=True)
class Row:
    """One person's work in one agreement. What waits longest is the first step."""

    agreement: Agreement
    reader: object
    version: AgreementVersion | None
    read: int  # pages of that version
    themes: list
    steps: list

    @property
    def municipality(self):
        return self.agreement.coalition.municipality

    @property
    def suggestions(self):
        return sum(theme.suggestions for theme in self.themes)

    @property
    def is_done(self):
        return self.version is not None and not self.steps

    @property
    def since(self):
        return self.steps[0].since if self.steps else None

    @property
    def since_in_words(self):
        return in_words(self.since) if self.since else ""


@dataclass(frozen=True)
class Unread:
    """An agreement that nobody reads for these themes."""

    agreement: Agreement
    themes: list
    is_whole: bool  # nobody reads it for any theme
    since: datetime

    @property
    def since_in_words(self):
        return in_words(self.since)


@dataclass(frozen=True)
class Work:
    """The work of one person, or of everyone, in one council term."""

    rows: list
    unread: list
    drafts: int
    is_team: bool
    second_readings: list  # of who looks

    @property
    def waiting(self):
        """What waits longest on top; what there is no file for yet at the bottom."""
        return [row for row in self.rows if not row.is_done]

    @property
    def done(self):
        return [row for row in self.rows if row.is_done]

    @property
    def sentence(self):
        """What a person should know of this page when they remember one thing."""
        waiting = [row for row in self.rows if row.steps]
        if not self.rows:
            if self.is_team:
                return "Nog niemand leest een akkoord."
            return "U leest nog geen akkoord."
        if not waiting:
            if self.is_team:
                return "Er wacht niets."
            return "Er wacht geen akkoord op u." if self.second_readings else "Er wacht niets op u."
        first = waiting[0]
        whose = "op een lezer" if self.is_team else "op u"
        number = len({row.agreement for row in waiting})
        many = f"{number} akkoorden wachten" if number > 1 else "1 akkoord wacht"
        longest = f"{first.municipality}{' het langst' if number > 1 else ''}"
        by = f", bij {first.reader}" if self.is_team else ""
        since = f", sinds {first.since_in_words}" if first.since else ""
        return f"{many} {whose}; {longest}{by}{since}."


def in_words(moment):
    """A moment as a day in a sentence: "vandaag", "gisteren", "3 november", "3 november 2025"."""
    day, today = timezone.localdate(moment), timezone.localdate()
    if (today - day).days in (0, 1):
        return "gisteren" if day < today else "vandaag"
    return date_format(day, "j F" if day.year == today.year else "j F Y")


def gather(term, *, reader=None, blind=frozenset(), second_readings=()):
    """Gather the work of one reader, or of everyone, in a number of queries that doesn't grow.

    `blind` has the assessments of which who looks may not see the level, nor that a proof of absence is stale.
    """
    agreements = {a.pk: a for a in Agreement.objects.for_term(term).for_display()}
    assigned = {}
    for assignment in Assignment.objects.for_term(term).for_display():
        assigned.setdefault(assignment.agreement_id, []).append(assignment)
    found = _Found.of(term, agreements.values(), blind)
    rows = []
    for agreement_id, assignments in assigned.items():
        per_reader = {}
        for assignment in assignments:
            per_reader.setdefault(assignment.reader, []).append(assignment)
        rows.extend(
            _row(agreements[agreement_id], who, theirs, found)
            for who, theirs in per_reader.items()
            if reader is None or who == reader
        )
    return Work(
        rows=sorted(rows, key=_longest_first),
        unread=_unread(agreements.values(), assigned),
        drafts=sum(assessment.is_under_way for assessment in found.assessments.values()),
        is_team=reader is None,
        second_readings=list(second_readings),
    )


def _longest_first(row):
    return not row.steps, _at(row.since), row.municipality.name, row.agreement.pk, str(row.reader)


def _at(since):
    return since.timestamp() if since else float("inf")


def _unread(agreements, assigned):
    themes = list(Theme.objects.all())
    rows = []
    for agreement in agreements:
        taken = {assignment.theme_id for assignment in assigned.get(agreement.pk, [])}
        free = [theme for theme in themes if theme.pk not in taken]
        if free and agreement.current:
            rows.append(Unread(agreement, free, not taken, ready_at(agreement.current)))
    return sorted(rows, key=lambda row: (not row.is_whole, row.since))


@dataclass
class _Found:
    """All that is known of one term, by what it belongs to."""

    readings: dict  # {(version, reader): {"numbers", "last_read_at"}}
    suggestions: dict  # {(version, theme): {"number", "since"}}
    anchorings: dict  # {(version, theme): {"ids", "since"}}
    passages: dict  # {(version, theme): number}
    assessments: dict  # {(coalition, theme, "published" or "under way"): assessment}
    terms: dict  # {theme: [text, ...]}
    versions: dict  # {coalition: [current version, ...]}
    blind: set  # {assessment, ...}

    @classmethod
    def of(cls, term, agreements, blind):
        current = {}
        for agreement in sorted(agreements, key=lambda agreement: agreement.pk):
            if agreement.current:
                current.setdefault(agreement.coalition_id, []).append(agreement.current)
        pks = [version.pk for versions in current.values() for version in versions]
        suggestions = Suggestion.objects.open_per_version_and_theme(pks)
        assessments = (
            Assessment.objects.for_term(term)
            .current()
            .select_related("absence")
            .defer("absence__hits")
        )
        terms = {}
        for theme, text in Term.objects.search_terms().values_list("theme", "text"):
            terms.setdefault(theme, []).append(text)
        return cls(
            readings={
                (row["version"], row["reader"]): row
                for row in PageReading.objects.for_term(term).per_version_and_reader()
            },
            suggestions={
                (row["version"], row["theme"]): row
                for row in suggestions.annotate(since=Min("created_at"))
            },
            anchorings={
                (row["version"], row["theme"]): row
                for row in Anchoring.objects.open_per_version_and_theme(pks)
            },
            passages={
                (row["version"], row["theme"]): row["number"]
                for row in Coding.objects.passages_per_version_and_theme(pks)
            },
            assessments={
                (a.coalition_id, a.theme_id, "under way" if a.is_under_way else a.status): a
                for a in assessments
            },
            terms=terms,
            versions=current,
            blind=blind,
        )

    def theme_work(self, agreement, theme):
        version = agreement.current
        key = (version.pk if version else None, theme.pk)
        of_theme = (agreement.coalition_id, theme.pk)
        published = self.assessments.get((*of_theme, Assessment.Status.PUBLISHED))
        draft = self.assessments.get((*of_theme, "under way"))
        is_blind = draft is not None and draft.pk in self.blind
        return ThemeWork(
            theme=theme,
            passages=self.passages.get(key, 0),
            suggestions=self.suggestions.get(key, {}).get("number", 0),
            published=published,
            draft=draft,
            is_stale=not is_blind and self._is_stale(draft or published),
            is_blind=is_blind,
        )

    def knows_older(self, agreement, reader):
        """Whether this person read in another version of the agreement."""
        return any((v.pk, reader.pk) in self.readings for v in agreement.versions.all())

    def newest(self, agreement):
        """When the newest current version of the whole coalition came."""
        return max(ready_at(version) for version in self.versions[agreement.coalition_id])

    def _is_stale(self, assessment):
        """Whether this is a proof of absence that no longer rests on today's terms and versions."""
        if not hasattr(assessment, "absence"):
            return False
        versions = self.versions.get(assessment.coalition_id, [])
        today = Search(
            terms=self.terms.get(assessment.theme_id, []),
            versions=[record_of(version) for version in versions],
            hits=[],
        )
        return not today.matches(assessment.absence)


def _row(agreement, reader, assignments, found):
    version = agreement.current
    themes = [found.theme_work(agreement, assignment.theme) for assignment in assignments]
    if version is None:
        return Row(agreement, reader, None, 0, themes, [])
    reading = found.readings.get((version.pk, reader.pk), {})
    since = {assignment.theme_id: assignment.assigned_at for assignment in assignments}
    anchorings = [found.anchorings.get((version.pk, theme)) for theme in since]
    suggestions = [found.suggestions.get((version.pk, theme)) for theme in since]
    anchorings, suggestions = list(filter(None, anchorings)), list(filter(None, suggestions))
    steps = [
        *to_read(agreement, reading, since, knows_older=found.knows_older(agreement, reader)),
        *to_anchor(version, anchorings, since),
        *to_decide(version, themes, suggestions, since),
        *to_judge(agreement, themes, reading, since),
        *to_search_again(agreement, themes, since, found.newest(agreement)),
    ]
    return Row(
        agreement=agreement,
        reader=reader,
        version=version,
        read=len(reading.get("numbers", [])),
        themes=themes,
        steps=sorted(steps, key=lambda step: _at(step.since)),
    )
