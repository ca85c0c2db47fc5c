"""Bringing a judgement from one state to the next, along the table of the workflow."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from agreements.models import Coding, Passage
from assessments.absence import search
from assessments.actions.refused import Refused
from assessments.models import Assessment, Level, SecondReading
from assessments.workflow import ACTS, Status


@transaction.atomic
def submit(assessment, *, by, seen):
    """Lay a concept before the editors, when it is borne out and every remark has an answer."""
    assessment = take(assessment, "submit", by=by, seen=seen)
    if number := assessment.remarks.unanswered().count():
        raise Refused(f"{_remarks(number)} nog geen antwoord. Beantwoord eerst elke opmerking.")
    if assessment.revision > 1 and not assessment.change_note:
        raise Refused(
            "Dit is een herziening. Schrijf eerst bij “Wat is er veranderd” wat een lezer moet weten, en sla op."
        )
    _check_rests_on_today(assessment)
    return step(assessment, "submit", by=by)


@transaction.atomic
def take_back(assessment, *, by, seen):
    """Take a concept back from the editors, to go on writing."""
    return step(take(assessment, "take-back", by=by, seen=seen), "take-back", by=by)


@transaction.atomic
def send_back(assessment, *, by, seen, why):
    """Give a judgement back to the advisor, with the reason; an open reply of the municipality closes."""
    assessment = take(assessment, "return", by=by, seen=seen, why=why)
    assessment.replies.open().update(closed_at=timezone.now())
    return step(assessment, "return", by=by, why=why)


@transaction.atomic
def clear(assessment, *, by, seen, why):
    """Call a reviewed judgement ready without asking the municipality, with the reason."""
    assessment = take(assessment, "clear", by=by, seen=seen, why=why)
    check_reviewed(assessment)
    return step(assessment, "clear", by=by, why=why, **reviewed(by))


@transaction.atomic
def publish(assessment, *, by, seen):
    """Make this the public judgement of its coalition and theme; a revision before it is superseded.

    Raises Refused, with nothing changed, when a quote no longer stands in its document or stands in a
    version that isn't the newest, when what the level needs is gone, when a proof of absence is stale, or when
    a second reading isn't done.
    """
    assessment = take(assessment, "publish", by=by, seen=seen)
    check_reviewed(assessment)
    if obstacle := SecondReading.objects.obstacle_to_publishing(assessment):
        raise Refused(obstacle)
    _check_rests_on_today(assessment)
    now = timezone.now()
    Assessment.objects.published().filter(
        coalition=assessment.coalition, theme=assessment.theme
    ).update(
        status=Status.SUPERSEDED,
        status_since=now,
        changed_by=by,
        why=f"Vervangen door herziening {assessment.revision}.",
    )
    return step(assessment, "publish", by=by, published_by=by, published_at=now)


@transaction.atomic
def withdraw(assessment, *, by, seen, why):
    """Take a published judgement away from readers; it stays in the history, with the reason."""
    assessment = take(assessment, "withdraw", by=by, seen=seen, why=why)
    return step(assessment, "withdraw", by=by, why=why)


def take(assessment, key, *, by, seen, why=None):
    """Fetch and lock a judgement to do something with it, or raise Refused.

    `seen` is the edit number of the words that `by` has read, as it came from the page. `why` is the reason;
    None where none is asked.
    """
    act = ACTS[key]
    # Without joins: a row that changed while we waited for it would fall out of one, and be "not there".
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if assessment.status not in act.states:
        raise Refused(
            f"“{act.words}” kan niet meer: deze beoordeling is intussen “{assessment.get_status_display().lower()}”."
        )
    check_not_blind(assessment, by=by)
    if act.not_author and assessment.author_id == by.pk:
        raise Refused("U hebt deze beoordeling zelf geschreven. Vraag een andere eindredacteur.")
    if not act.is_open_to(by, assessment):
        raise Refused(f"“{act.words}” kan met uw rol niet.")
    if str(assessment.edit_number) != str(seen):
        raise Refused(
            f"{assessment.author} heeft deze beoordeling intussen gewijzigd. "
            "Lees hieronder de nieuwe tekst en kies dan opnieuw."
        )
    if why is not None and act.needs_why and not why.strip():
        raise Refused(f"“{act.words}” vraagt een toelichting. Schrijf op waarom.")
    return assessment


def step(assessment, key, *, by, why="", **changes):
    """Give a taken judgement the state that this act leads to, with what changes along."""
    changes |= {
        "status": ACTS[key].to,
        "status_since": timezone.now(),
        "changed_by": by,
        "why": why.strip(),
    }
    for name, value in changes.items():
        setattr(assessment, name, value)
    try:
        with transaction.atomic():
            assessment.save(update_fields=[*changes])
    except IntegrityError as problem:
        if "level_is_borne_out" not in str(problem.__cause__.diag.constraint_name):
            raise
        raise Refused(
            "De citaten dragen dit oordeel niet meer: er is een citaat of een maatregel weggehaald. "
            "Laat de adviseur het concept nakijken."
        ) from problem
    return assessment


def reviewed(by):
    """The facts of a review, for the step that ends it."""
    return {"reviewed_by": by, "reviewed_at": timezone.now()}


def check_not_blind(assessment, *, by):
    """Raise Refused for who still has to read this blind: they know too little, and would learn too much."""
    if SecondReading.objects.blinding(by).filter(assessment=assessment).exists():
        raise Refused("U leest deze beoordeling blind. Geef eerst uw tweede lezing.")


def check_reviewed(assessment):
    """Raise Refused while a remark isn't resolved."""
    if number := assessment.remarks.unresolved().count():
        raise Refused(
            f"{_remarks(number)} nog geen afhandeling. Handel die eerst af, of stuur de beoordeling terug."
        )


def _remarks(number):
    return "1 opmerking heeft" if number == 1 else f"{number} opmerkingen hebben"


def _check_rests_on_today(assessment):
    """Raise Refused when what carries a judgement doesn't stand in today's versions and terms."""
    quoted = list(assessment.codings.values_list("passage", flat=True))
    if Passage.objects.filter(pk__in=quoted).not_literal().exists():
        raise Refused(
            "Een citaat staat niet meer letterlijk in het document. Controleer de citaten."
        )
    now = Coding.objects.in_current_versions()
    if assessment.codings.exclude(pk__in=now.values("pk")).exists():
        raise Refused(
            "Er is een nieuwere versie van het akkoord. Een of meer citaten van dit concept staan in de oude. "
            "Laat de adviseur het concept openen, de citaten controleren en het opnieuw opslaan."
        )
    if assessment.level == Level.NOT_MENTIONED and not search(
        coalition=assessment.coalition, theme=assessment.theme
    ).matches(assessment.absence):
        raise Refused(
            "Het bewijs van afwezigheid is verouderd: er is een nieuwe versie of een andere zoekterm. "
            "Laat de adviseur opnieuw zoeken."
        )
