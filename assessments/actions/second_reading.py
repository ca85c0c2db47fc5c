"""A second, blind reading: asked, given, settled, cancelled."""

from random import SystemRandom

from django.db import transaction
from django.utils import timezone

from assessments import letters
from assessments.actions.moving import take
from assessments.actions.refused import Refused
from assessments.models import Assessment, Draw, Remark, Reply, SecondReading
from assessments.people import who_may
from assessments.reliability import divide, draw
from assessments.workflow import ACTS, ADVISOR

LARGEST_SEED = 2**31 - 1


@transaction.atomic
def ask_second_readings(term, *, by, readers, share=None, chosen=None):
    """Ask these readers for second readings of a share of a term's assessments, or of chosen ones.

    Nobody gets what they wrote, reviewed, remarked on or read before. Raises Refused when nothing is left.
    """
    if who_may(ADVISOR).count() < 2:
        raise Refused(
            "Er is maar één adviseur. Een tweede lezing is altijd door een ander. "
            "Vraag de beheerder om nog een adviseur een account te geven."
        )
    candidates = list(
        SecondReading.objects.candidates(term).select_for_update(of=("self",)).order_by("pk")
    )
    candidates = [a for a in candidates if ACTS["ask-second"].is_open_to(by, a)]
    if chosen is not None:
        wanted = {assessment.pk for assessment in chosen}
        candidates = [a for a in candidates if a.pk in wanted]
        if not wanted or len(candidates) < len(wanted):
            raise Refused("Een beoordeling kan niet meer worden gekozen. Kies opnieuw.")
    if not candidates:
        raise Refused(
            "Er is nu niets om te loten. Een tweede lezing kan van een beoordeling die ter review, ter reactie "
            "of gereed is. Zij was nooit gepubliceerd en heeft nog geen tweede lezing."
        )
    may_read = _may_read(candidates, readers)
    if chosen is not None and len(may_read) < len(candidates):
        number = len(candidates) - len(may_read)
        raise Refused(
            f"Voor {number} van de aangevinkte beoordelingen is geen van de gekozen lezers vrij: zij werkten eraan "
            "mee. Kies er een adviseur bij, of haal vinkjes weg."
        )
    if not may_read:
        raise Refused(
            "De gekozen lezers werkten zelf aan al deze beoordelingen. Kies er een adviseur bij."
        )
    seed = SystemRandom().randrange(LARGEST_SEED)
    lot = Draw.objects.create(asked_by=by, share=share, pool=sorted(may_read), seed=seed)
    drawn = lot.pool if share is None else draw(lot.pool, share=share, seed=seed)
    of_pk = {assessment.pk: assessment for assessment in candidates}
    division = divide(drawn, may_read={pk: may_read[pk] for pk in drawn}, seed=seed)
    readings = [
        SecondReading.objects.create(
            assessment=of_pk[pk], text_edit=of_pk[pk].edit_number, draw=lot, reader_id=reader
        )
        for pk, reader in division.items()
    ]
    numbers = {}
    for reading in readings:
        numbers[reading.reader_id] = numbers.get(reading.reader_id, 0) + 1
    letters.ask_for_second_readings(numbers)
    return readings


def _may_read(assessments, readers):
    """Per assessment those of the readers who had no hand in it; what nobody may read isn't in it."""
    advisors = who_may(ADVISOR).filter(pk__in=[reader.pk for reader in readers])
    readers = set(advisors.values_list("pk", flat=True))
    hands = {assessment.pk: set() for assessment in assessments}
    events = Assessment.pgh_event_model.objects.filter(id__in=hands)
    for rows in (
        events.values_list("id", "author", "changed_by"),
        Remark.objects.filter(assessment__in=hands).values_list(
            "assessment", "author", "answered_by"
        ),
        Reply.objects.filter(assessment__in=hands).values_list("assessment", "answered_by"),
        SecondReading.objects.given()
        .filter(assessment__in=hands)
        .values_list("assessment", "reader"),
    ):
        for pk, *people in rows.order_by().distinct():
            hands[pk].update(people)
    return {pk: readers - who for pk, who in hands.items() if readers - who}


@transaction.atomic
def give_second_reading(reading, *, by, level, reason):
    """Give a second reading, and keep the first beside it as it is now. Raises Refused."""
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=reading.assessment_id)
    reading = _lock(reading)
    if reading.reader_id != by.pk:
        raise Refused("Deze tweede lezing is aan een ander gevraagd.")
    if reading.given_at:
        raise Refused("U gaf deze tweede lezing al. Wijzigen kan niet meer.")
    if reading.cancelled_at:
        raise Refused("Deze tweede lezing is ingetrokken. U hoeft niets meer te doen.")
    if reading.is_outdated:
        raise Refused(
            "De beoordeling is gewijzigd sinds u werd gevraagd. Deze tweede lezing is vervallen. "
            "U hoeft niets meer te doen."
        )
    if not ACTS["read-second"].is_open_to(by, assessment):
        raise Refused("Een tweede lezing kan nu niet. Vraag een eindredacteur.")
    reading.level, reading.reason = level, reason.strip()
    reading.first_level, reading.first_reader = assessment.level, assessment.author
    reading.given_at = timezone.now()
    reading.save(update_fields=["level", "reason", "first_level", "first_reader", "given_at"])
    return reading


@transaction.atomic
def settle_second_reading(reading, *, by, level, reason):
    """Record what the two readers, or an editor, agreed on after a difference. Raises Refused."""
    assessment = reading.assessment
    take(assessment, "settle-second", by=by, seen=assessment.edit_number)
    reading = _lock(reading)
    if not reading.may_settle(by):
        raise Refused("Alleen een van de twee lezers of een eindredacteur legt de consensus vast.")
    if reading.consensus_at:
        raise Refused(
            f"{reading.consensus_by} legde de consensus intussen vast: "
            f"“{reading.get_consensus_level_display()}”. Wijzigen kan niet meer."
        )
    if not reading.is_different:
        raise Refused("De twee lezingen verschillen niet. Er is geen consensus nodig.")
    reading.consensus_level, reading.consensus_reason = level, reason.strip()
    reading.consensus_by, reading.consensus_at = by, timezone.now()
    reading.save(
        update_fields=["consensus_level", "consensus_reason", "consensus_by", "consensus_at"]
    )
    return reading


@transaction.atomic
def cancel_second_reading(reading, *, by, why):
    """Take back that a second reading was asked, as when its reader has left. Raises Refused."""
    assessment = reading.assessment
    take(assessment, "cancel-second", by=by, seen=assessment.edit_number, why=why)
    reading = _lock(reading)
    if not reading.is_open:
        raise Refused("Deze tweede lezing loopt niet meer. Vernieuw de bladzijde.")
    reading.cancelled_why, reading.cancelled_by = why.strip(), by
    reading.cancelled_at = timezone.now()
    reading.save(update_fields=["cancelled_why", "cancelled_by", "cancelled_at"])
    return reading


def _lock(reading):
    rows = SecondReading.objects.select_for_update(of=("self",)).select_related(
        "assessment", "consensus_by"
    )
    return rows.get(pk=reading.pk)
