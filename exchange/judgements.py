"""The judgements as a table: a row per municipality, term and theme, also where none is made yet."""

from django.urls import reverse
from django.utils.timezone import localdate

from assessments.models import Assessment, Level, Reply
from exchange.tables.sheets import Column, Kind, Sheet
from overview.content import public_replies
from themes.models import Ambition

NOT_JUDGED = "nog niet beoordeeld"
BLIND = "u leest dit blind"
LEVELS = "; ".join(f"{level.value} {level.label}" for level in Level)
COLUMNS = [
    Column("gemeente", "De gemeente.", width=18),
    Column("CBS-code", "De code van de gemeente bij het CBS.", width=10),
    Column("raadsperiode", "De raadsperiode.", width=12),
    Column("thema", "Het thema.", width=24),
    Column("oordeel", f"{LEVELS}. Leeg: {NOT_JUDGED}; dat is geen 0.", Kind.NUMBER, 9),
    Column("oordeel in woorden", "Het oordeel als woord.", width=18),
    Column("ambitie", "Wat de regio met dit thema wil, uit de regionale inbreng.", width=40),
    Column("samenvatting", "De samenvatting voor bestuurders.", width=60),
    Column("advies", "Het advies aan de gemeente.", width=50),
    Column("gepubliceerd op", "De dag waarop dit oordeel openbaar werd.", Kind.DATE, 14),
    Column("herziening", "De hoeveelste herziening van het oordeel dit is.", Kind.NUMBER, 10),
    Column("wat is er veranderd", "Wat er sinds de vorige herziening veranderde.", width=30),
    Column("reactie", "Wat de gemeente vond: eens, oneens, of geen reactie.", width=24),
    Column("toelichting van de gemeente", "De woorden van de gemeente.", width=40),
    Column("antwoord", "Het antwoord van VRT op de reactie.", width=40),
]
_WORK_COLUMNS = [
    Column("stand", "Gepubliceerd of concept: wat nog niet openbaar is.", width=14),
    Column("stap", "Waar het oordeel is op weg naar publicatie.", width=14),
    Column("interne notitie", "De notitie voor collega’s.", width=40),
]
_ENDS = [
    Column("adres", "De plaats van het oordeel in het portaal.", width=40),
    Column("fictie", "Ja: het oordeel gaat over een verzonnen akkoord.", width=8),
]


def judgements(scope, *, address_of):
    """The sheet of judgements. `address_of` makes a whole address of a path.

    Of work, a published judgement and the one under way are a row each.
    """
    columns = [*COLUMNS, *(_WORK_COLUMNS if scope.is_work else ()), *_ENDS]
    return Sheet("Beoordelingen", columns, _rows(scope, address_of))


def _rows(scope, address_of):
    themes = list(scope.themes())
    ambitions = {
        (term, theme): text
        for term, theme, text in Ambition.objects.values_list(
            "regional_input__term", "theme", "text"
        )
    }
    made = {}
    for assessment in scope.assessments().order_by("pk"):
        made.setdefault((assessment.coalition_id, assessment.theme_id), []).append(assessment)
    replies, blinded = _replies(scope), scope.blinded()
    invented = _invented(scope)
    for coalition in scope.coalitions().order_by("municipality__name", "term__start_year"):
        for theme in themes:
            for assessment in made.get((coalition.pk, theme.pk), [None]):
                is_blind = assessment is not None and assessment.pk in blinded
                shown = None if is_blind else assessment
                reply = shown and replies.get(shown.pk)
                yield [
                    coalition.municipality.name,
                    coalition.municipality.cbs_code,
                    str(coalition.term),
                    theme.name,
                    shown and shown.level,
                    BLIND if is_blind else shown.get_level_display() if shown else NOT_JUDGED,
                    ambitions.get((coalition.term_id, theme.pk)),
                    *_words(shown),
                    reply and reply.get_position_display(),
                    reply and reply.text,
                    reply and reply.answer,
                    *(_work(assessment, shown) if scope.is_work else ()),
                    address_of(_path(scope, coalition, theme)),
                    "ja" if assessment and coalition.pk in invented else "nee",
                ]


def _words(shown):
    if shown is None:
        return [None] * 5
    day = shown.published_at and localdate(shown.published_at)
    return [shown.summary, shown.advice, day, shown.revision, shown.change_note]


def _work(assessment, shown):
    if assessment is None:
        return [None] * 3
    is_published = assessment.status == Assessment.Status.PUBLISHED
    stand = "gepubliceerd" if is_published else "concept"
    return [stand, assessment.get_status_display(), shown and shown.note]


def _replies(scope):
    """Of each judgement the round of replies that may be told, by its key."""
    rounds = Reply.objects.exclude(position="") if scope.is_work else public_replies()
    found = rounds.filter(assessment__in=scope.assessments()).order_by("pk")
    return {reply.assessment_id: reply for reply in found}


def _invented(scope):
    """The keys of the coalitions of which a document is made up."""
    found = scope.coalitions().filter(agreements__is_fiction=True).order_by()
    return set(found.values_list("pk", flat=True))


def _path(scope, coalition, theme):
    year, slug = coalition.term.start_year, coalition.municipality.slug
    if scope.is_work:
        return reverse("assessments:assess", args=[slug, year, theme.slug])
    return f"{reverse('overview:municipality', args=[year, slug])}#{theme.slug}"
