"""What the reader's pages show, put together from what is published. Reports are made of it too."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, F, Func, JSONField, Max, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from agreements.finding import fold
from agreements.models import AgreementVersion, Coding
from agreements.reading import Mark
from assessments.models import Absence, Assessment, Evidence, Reply
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


def public_replies():
    """Of each published assessment its last round that ended with a reply, or with none in time: what a
    reader may read of what municipalities said.
    """
    ended = Reply.objects.with_outcome().filter(assessment__status=Assessment.Status.PUBLISHED)
    last = ended.order_by().values("assessment").annotate(last=Max("pk")).values("last")
    return Reply.objects.filter(pk__in=last)


def outcomes(assessments):
    """What the municipality said of each of these published assessments, by its key."""
    replies = public_replies().filter(assessment__in=assessments).for_display()
    return {reply.assessment_id: reply for reply in replies}


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


def readable_versions():
    """The versions a reader may open: those that published work rests on, and of an agreement on which
    none rests the current one. None of a coalition, as long as nothing of it is published.

    So a newer version stays unseen until something that rests on it is published.
    """
    published = Assessment.objects.published().order_by()
    quoted = Evidence.objects.filter(assessment__status=Assessment.Status.PUBLISHED)
    searched = Absence.objects.filter(assessment__status=Assessment.Status.PUBLISHED)
    is_used = Q(pk__in=quoted.values("coding__passage__version")) | Q(
        pk__in=searched.annotate(one=_each_version()).values("one")
    )
    ready = AgreementVersion.objects.ready()
    newest = ready.order_by("agreement_id", "-number").distinct("agreement_id").values("pk")
    used_agreements = ready.filter(is_used).order_by().values("agreement")
    return ready.filter(
        is_used | Q(pk__in=newest) & ~Q(agreement__in=used_agreements),
        agreement__coalition__in=published.values("coalition"),
    )


def _each_version():
    """The key of each version in a proof of absence, as a row of its own."""
    each = Func(F("versions"), function="jsonb_array_elements", output_field=JSONField())
    return Cast(KeyTextTransform("id", each), BigIntegerField())


def readable_documents(coalition):
    """The versions of a coalition that a reader may open."""
    return list(
        readable_versions()
        .without_text()
        .of_coalition(coalition)
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


MOST_LIT = 20  # words


def words_to_light(asked):
    """The words of an address that are to be lit in a document, folded."""
    return set(fold(asked[:600]).split()[:MOST_LIT])


def _published_codings(coalition):
    return (
        Assessment.objects.published()
        .filter(coalition=coalition, codings__isnull=False)
        .values("codings")
    )
