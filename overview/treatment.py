"""How a coalition treats each focus point, by what is published: the ground of white spots and then-and-now."""

from django.db import models

from agreements.models import Coding
from assessments.models import Assessment, Evidence


class Treatment(models.IntegerChoices):
    """From silence to money. That nothing is published yet is no treatment, as with a level."""

    SILENT = 0, "zwijgt"
    MENTIONED = 1, "noemt het"
    ELABORATED = 2, "werkt het uit"
    CONCRETE = 3, "heeft een maatregel"
    FUNDED = 4, "heeft een maatregel met geld"


def treatment_by(strength, *, has_measure, has_money):
    """What one coding makes of its focus point."""
    if has_money:
        return Treatment.FUNDED
    if has_measure or strength == Coding.Strength.CONCRETE:
        return Treatment.CONCRETE
    return Treatment(strength)


def treatments(assessments):
    """The treatment of focus points by the published ones of these assessments, in one query.

    Gives {(coalition, theme, slug of the focus point): Treatment}, with the keys of coalition and theme;
    a focus point that no quote has is left out, so ask with `.get(…, Treatment.SILENT)`. The slug is what
    a focus point keeps over council terms.
    """
    rows = (
        Evidence.objects.filter(
            assessment__in=assessments,
            assessment__status=Assessment.Status.PUBLISHED,
            coding__focus_point__isnull=False,
        )
        .order_by()
        .values_list(
            "assessment__coalition",
            "coding__theme",
            "coding__focus_point__slug",
            "coding__strength",
            "coding__passage__measures",
            "coding__passage__measures__amount",
        )
    )
    found = {}
    for *key, slug, strength, measure, amount in rows:
        treatment = treatment_by(
            strength, has_measure=measure is not None, has_money=amount is not None
        )
        key = (*key, slug)
        found[key] = max(found.get(key, Treatment.SILENT), treatment)
    return found
