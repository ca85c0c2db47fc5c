"""How a coalition treats each focus point, by what is published: the ground of white spots and then-and-now."""

from django.db import models
from django.db.models import Case, Exists, Max, OuterRef, Value, When

from agreements.models import Coding, Measure
from assessments.models import Assessment, Evidence


class Treatment(models.IntegerChoices):
    """From silence to money. That nothing is published yet is no treatment, as with a level."""

    SILENT = 0, "zwijgt"
    MENTIONED = 1, "noemt het"
    ELABORATED = 2, "werkt het uit"
    CONCRETE = 3, "heeft een maatregel"
    FUNDED = 4, "heeft een maatregel met geld"


_MEASURES = Measure.objects.filter(passage=OuterRef("coding__passage"))

# What one row of Evidence makes of the focus point of its coding.
TREATMENT = Case(
    When(Exists(_MEASURES.filter(amount__isnull=False)), Value(Treatment.FUNDED)),
    When(Exists(_MEASURES), Value(Treatment.CONCRETE)),
    When(coding__strength=Coding.Strength.CONCRETE, then=Value(Treatment.CONCRETE)),
    default="coding__strength",
    output_field=models.IntegerField(),
)


def treatments(assessments):
    """The treatment of focus points by the published ones of these assessments, in one query.

    Gives {(coalition, theme, slug of the focus point): Treatment}, with the keys of coalition and theme;
    a focus point that no quote has is left out, so ask with `.get(…, Treatment.SILENT)`. The slug is what
    a focus point keeps over council terms.
    """
    found = (
        Evidence.objects.filter(
            assessment__in=assessments,
            assessment__status=Assessment.Status.PUBLISHED,
            coding__focus_point__isnull=False,
        )
        .order_by()
        .values_list("assessment__coalition", "coding__theme", "coding__focus_point__slug")
        .annotate(treatment=Max(TREATMENT))
    )
    return {(*key, slug): Treatment(treatment) for *key, slug, treatment in found}
