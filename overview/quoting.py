"""The published quotes of many judgements at once, each small enough for a table."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from agreements.models import lit_passage, pages_in_words
from assessments.models import Assessment, Evidence
from overview.treatment import TREATMENT, Treatment


@dataclass(frozen=True)
class Quote:
    """The literal words of a published passage, and the way to their place."""

    passage: int
    slug: str  # of the focus point; empty without one
    focus_point: str
    treatment: Treatment
    quote: str
    source: str
    address: str
    is_fiction: bool


def published_quotes(assessments):
    """Per (coalition, theme) the quotes that the published ones of these judgements rest on, in one query.

    The strongest first, then in reading order. A passage stands once per focus point; without a focus
    point only where it has none at all under that theme.
    """
    rows = (
        Evidence.objects.filter(
            assessment__in=assessments, assessment__status=Assessment.Status.PUBLISHED
        )
        .annotate(treatment=TREATMENT)
        .order_by(
            "-treatment", "coding__passage__version__agreement_id", "coding__passage__start", "pk"
        )
        .values_list(
            "assessment__coalition_id",
            "coding__theme_id",
            "coding__focus_point__slug",
            "coding__focus_point__name",
            "treatment",
            "coding__passage_id",
            "coding__passage__quote",
            "coding__passage__first_page",
            "coding__passage__last_page",
            "coding__passage__version_id",
            "coding__passage__version__agreement__title",
            "coding__passage__version__agreement__is_fiction",
            "assessment__coalition__term__start_year",
            "assessment__coalition__municipality__slug",
        )
    )
    found = defaultdict(list)
    documents = {}
    for coalition, theme, slug, point, treatment, pk, *of_passage in rows:
        text, first, last, version, title, is_fiction, year, municipality = of_passage
        if version not in documents:
            documents[version] = reverse("overview:document", args=[year, municipality, version])
        found[coalition, theme].append(
            Quote(
                passage=pk,
                slug=slug or "",
                focus_point=point or "",
                treatment=Treatment(treatment),
                quote=text,
                source=f"{title}, {pages_in_words(first, last)}",
                address=lit_passage(documents[version], pk),
                is_fiction=is_fiction,
            )
        )
    return {key: _once(quotes) for key, quotes in found.items()}


def _once(quotes):
    placed = {quote.passage for quote in quotes if quote.slug}
    return [quote for quote in quotes if quote.slug or quote.passage not in placed]


def one_per_passage(quotes):
    """Each passage once, as the strongest of its quotes."""
    found = {}
    for quote in quotes:
        found.setdefault(quote.passage, quote)
    return list(found.values())
