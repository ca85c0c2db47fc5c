"""Published quotes as a page with many of them needs them: light, and from one query."""

from dataclasses import dataclass

from agreements.models import pages_in_words
from assessments.models import ChosenQuote, Evidence
from overview.places import Place
from overview.treatment import TREATMENT, Treatment


@dataclass(frozen=True)
class Quote:
    """A published quote, as light as its words."""

    place: Place
    coding: int
    passage_id: int
    version_id: int
    quote: str
    strength: int
    source: str
    is_fiction: bool
    focus_point: str
    at: tuple  # its place in reading order

    @property
    def pk(self):
        """It stands for its passage, where that is held against newer versions."""
        return self.passage_id

    @property
    def address(self):
        return self.place.passage(self.version_id, self.passage_id)


def quotes_among(assessments, places, points, editions):
    """Per coalition its quotes in reading order, and the treatment per coalition and focus point (a key);
    from one query without names, which are at hand.
    """
    coalition_of = {assessment.pk: assessment.coalition_id for assessment in assessments}
    version_of = {
        e.pk: e for per_agreement in editions.values() for es in per_agreement.values() for e in es
    }
    rows = (
        Evidence.objects.filter(assessment__in=coalition_of)
        .annotate(treatment=TREATMENT)
        .order_by()
        .values_list(
            "assessment_id",
            "coding_id",
            "coding__focus_point_id",
            "coding__strength",
            "coding__passage_id",
            "coding__passage__version_id",
            "coding__passage__quote",
            "coding__passage__start",
            "coding__passage__first_page",
            "coding__passage__last_page",
            "treatment",
        )
    )
    quotes, treated = {}, {}
    for assessment, pk, point, strength, *of_passage, treatment in rows:
        passage, version, text, start, *pages = of_passage
        coalition, edition = coalition_of[assessment], version_of[version]
        quotes.setdefault(coalition, {})[pk] = Quote(
            place=places[coalition],
            coding=pk,
            passage_id=passage,
            version_id=version,
            quote=text,
            strength=strength,
            source=f"{edition.title}, {pages_in_words(*pages)}",
            is_fiction=edition.is_fiction,
            focus_point=points[point].name if point in points else "",
            at=(edition.agreement, start, pk),
        )
        if point is not None:
            key = (coalition, point)
            treated[key] = max(treated.get(key, Treatment.SILENT), Treatment(treatment))
    in_order = {
        coalition: sorted(found.values(), key=lambda quote: quote.at)
        for coalition, found in quotes.items()
    }
    return in_order, treated


def chosen_among(quotes, theme, term):
    """The quotes that the editor chose, in that order; one that isn't published any more is not among
    these, which all are.
    """
    by_coding = {quote.coding: quote for found in quotes.values() for quote in found}
    wanted = ChosenQuote.objects.of(theme=theme, term=term).values_list("coding", flat=True)
    return [by_coding[pk] for pk in wanted if pk in by_coding]
