"""What the reader's pages show, put together from what is published. Reports are made of it too."""

from dataclasses import dataclass

from agreements.models import AgreementVersion, Coding, Passage
from agreements.reading import Mark
from assessments.models import Absence, Assessment, Reply
from assessments.quotes import quotes_of
from assessments.standing import standings
from municipalities.models import Coalition
from overview import sentences
from themes.models import Ambition, Theme


@dataclass(frozen=True)
class ThemeRow:
    """One theme of one municipality: the published assessment (or None) and the one of last term."""

    theme: Theme
    assessment: Assessment | None
    earlier: Assessment | None
    ambition: str = ""
    footing: "Footing | None" = None
    reply: Reply | None = None

    @property
    def quotes(self):
        """The codings that carry the assessment, one per passage, the strongest first."""
        if self.assessment is None:
            return []
        return quotes_of(self.assessment)


@dataclass(frozen=True)
class Footing:
    """In words: the versions that a judgement rests on, and what newer ones did to it. May be empty."""

    basis: str
    flag: str


def footings(assessments):
    """The Footing of each of these published assessments, by its key."""
    return {pk: footing_of(standing) for pk, standing in standings(assessments).items()}


def footing_of(standing):
    return Footing(
        basis=sentences.of_basis([(e.title, e.number) for e in standing.rests_on]),
        flag=sentences.of_newer_versions(
            [(e.title, e.number) for e in standing.newer],
            [e.title for e in standing.added],
            quotes=standing.quotes,
            touched=standing.touched,
            is_absence=standing.is_absence,
        ),
    )


def outcomes(assessments):
    """What the municipality said of each of these published assessments, by its key: its last round that
    ended with a reply, or with none in time.
    """
    replies = (
        Reply.objects.with_outcome()
        .filter(assessment__in=assessments, assessment__status=Assessment.Status.PUBLISHED)
        .for_display()
    )
    return {reply.assessment_id: reply for reply in replies.order_by("pk")}


@dataclass(frozen=True)
class MunicipalityPage:
    """All that is published about one coalition."""

    coalition: Coalition
    rows: list
    documents: list

    @property
    def levels(self):
        """Per theme name the level, or None where nothing is published."""
        return {row.theme.name: row.assessment and row.assessment.level for row in self.rows}

    @property
    def readable(self):
        """The keys of the versions that a reader may open."""
        return {version.pk for version in self.documents}

    @property
    def is_fiction(self):
        return any(document.agreement.is_fiction for document in self.documents)


def municipality_page(coalition, *, has_quotes=True):
    """Gather a municipality's page in a number of queries that doesn't depend on its size.

    Without quotes for who has them already, as the page of then and now.
    """
    published = Assessment.objects.published().filter(coalition=coalition)
    published = published.with_quotes() if has_quotes else published.with_passages()
    now = {a.theme_id: a for a in published}
    earlier = {
        a.theme_id: a
        for a in Assessment.objects.published()
        .filter(
            coalition__municipality=coalition.municipality,
            coalition__term__end_year=coalition.term.start_year,
        )
        .select_related("coalition__term")
    }
    ambitions = dict(
        Ambition.objects.filter(regional_input__term=coalition.term).values_list("theme", "text")
    )
    footing_of = footings(now.values())
    reply_of = outcomes(now.values())
    return MunicipalityPage(
        coalition=coalition,
        rows=[
            ThemeRow(
                theme,
                now.get(theme.pk),
                earlier.get(theme.pk),
                ambitions.get(theme.pk, ""),
                footing_of[now[theme.pk].pk] if theme.pk in now else None,
                reply_of.get(now[theme.pk].pk) if theme.pk in now else None,
            )
            for theme in Theme.objects.all()
        ],
        documents=readable_documents(coalition),
    )


def readable_documents(coalition):
    """The versions a reader may open: those that published work rests on, and of an agreement on which
    none rests the current one. None, as long as nothing of the coalition is published.

    So a newer version stays unseen until something that rests on it is published.
    """
    published = Assessment.objects.published().filter(coalition=coalition)
    if not published.exists():
        return []
    searched = Absence.objects.filter(assessment__in=published).values_list("versions", flat=True)
    used = {version["id"] for versions in searched for version in versions}
    used |= set(
        Passage.objects.filter(codings__in=_published_codings(coalition)).values_list(
            "version", flat=True
        )
    )
    versions = AgreementVersion.objects.ready().without_text().of_coalition(coalition)
    used_agreements = versions.filter(pk__in=used).values("agreement")
    current = AgreementVersion.objects.current().exclude(agreement__in=used_agreements)
    return list(
        (versions.filter(pk__in=used) | versions.filter(pk__in=current))
        .distinct()
        .order_by("agreement_id", "-number")
    )


def published_marks(version, coalition):
    """The passages of a version that published work rests on, with the codings that carry it."""
    passages = {}
    codings = Coding.objects.filter(
        pk__in=_published_codings(coalition), passage__version=version
    ).select_related("theme", "passage")
    for coding in codings:
        passages.setdefault(coding.passage, []).append(coding)
    return [
        Mark(
            passage.pk,
            passage.start,
            passage.end,
            tuple((c.theme.key, c.theme.letter, c.theme.name) for c in its_codings),
        )
        for passage, its_codings in passages.items()
    ]


def _published_codings(coalition):
    return (
        Assessment.objects.published()
        .filter(coalition=coalition, codings__isnull=False)
        .values("codings")
    )
