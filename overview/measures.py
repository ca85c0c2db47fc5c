"""The measures that published work about one coalition rests on, per theme and in total."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from agreements.models import Measure, lit_passage, pages_in_words
from assessments.models import Assessment, Evidence
from overview.totals import Promise, Totals, totals


@dataclass(frozen=True)
class Promised:
    """A measure as a list shows it, with the way to its quote; unlike the row it knows no person."""

    what: str
    amount: Decimal | None
    get_kind_display: str
    years: str
    who: str
    pages: str
    address: str


@dataclass(frozen=True)
class Measures:
    """Per theme (by its key) the measures, and what they add up to: a measure under two themes counts once."""

    per_theme: dict
    totals: Totals
    number: int


def published_measures(coalition):
    """The measures of the passages that carry a published judgement, in two queries."""
    rows = (
        Evidence.objects.filter(
            assessment__coalition=coalition, assessment__status=Assessment.Status.PUBLISHED
        )
        .order_by()
        .values_list("coding__theme_id", "coding__passage_id")
        .distinct()
    )
    themes_of = {}
    for theme, passage in rows:
        themes_of.setdefault(passage, []).append(theme)
    per_theme, promises = {}, []
    for measure, promised in _measures(coalition, themes_of):
        promises.append(
            Promise(
                measure.amount,
                measure.first_year,
                measure.last_year,
                measure.kind,
                measure.years,
            )
        )
        for theme in themes_of[measure.passage_id]:
            per_theme.setdefault(theme, []).append(promised)
    return Measures(per_theme, totals(promises, term_end=coalition.term.end_year), len(promises))


def _measures(coalition, passages):
    """Those of these passages, in reading order."""
    rows = (
        Measure.objects.filter(passage__in=passages)
        .order_by("passage__version__agreement_id", "passage__start", "pk")
        .values_list(
            "passage_id",
            "what",
            "amount",
            "first_year",
            "last_year",
            "kind",
            "who",
            "passage__version_id",
            "passage__first_page",
            "passage__last_page",
        )
    )
    place, documents = [coalition.term.start_year, coalition.municipality.slug], {}
    for passage, what, amount, since, until, kind, who, version, first, last in rows:
        if version not in documents:
            documents[version] = reverse("overview:document", args=[*place, version])
        measure = Measure(
            passage_id=passage, amount=amount, first_year=since, last_year=until, kind=kind
        )
        yield (
            measure,
            Promised(
                what=what,
                amount=amount,
                get_kind_display=measure.get_kind_display(),
                years=measure.years,
                who=who,
                pages=pages_in_words(first, last),
                address=lit_passage(documents[version], passage),
            ),
        )
