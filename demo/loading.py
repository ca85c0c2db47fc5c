"""Puts the demo into the portal by the same actions that people's work goes through."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from agreements import actions as agreements
from agreements.citation import locate
from agreements.models import (
    Agreement,
    AgreementVersion,
    Assignment,
    Coding,
    Measure,
    PageReading,
)
from assessments import actions as assessments
from assessments.absence import search
from assessments.models import Assessment, Level
from assessments.proposal import proposal_from
from demo import typesetting
from demo.manuscript import judgement_of
from municipalities.models import Coalition
from themes.models import FocusPoint, Theme

STRENGTHS = {label: value for value, label in Coding.Strength.choices}


@transaction.atomic
def load_coalition(manuscripts, *, author, editor):
    """Load the documents of one coalition, with passages, codings and assessments: all or nothing.

    Does nothing, and says so with False, when this coalition has an invented agreement already.
    """
    first = manuscripts[0]
    coalition = Coalition.objects.at(municipality=first.municipality, term=first.term).get()
    if Agreement.objects.filter(coalition=coalition, is_fiction=True).exists():
        return False
    versions = {
        manuscript.name: _document(coalition, manuscript, by=author) for manuscript in manuscripts
    }
    judgement = judgement_of(first.municipality, first.term)
    for passage in judgement["passage"]:
        _passage(versions[passage["document"]], passage, by=author)
    for row in judgement["assessment"]:
        _assessment(coalition, row, author=author, editor=editor)
    return True


def _document(coalition, manuscript, *, by):
    agreement = Agreement(
        coalition=coalition,
        title=manuscript.title,
        kind=manuscript.kind,
        adopted_on=manuscript.adopted_on,
        is_fiction=True,
    )
    file = ContentFile(
        typesetting.typeset(manuscript), name=f"{manuscript.name}.{manuscript.format}"
    )
    version = agreements.read(agreements.upload(agreement, file=file, by=by))
    if not version.is_ready:
        raise ValueError(f"{manuscript.name}: {version.reason}")
    return version


def _passage(version, row, *, by):
    places = locate(version.text, row["quote"])
    if not places:
        raise ValueError(f"{version.original_name}: this quote is not in the text: {row['quote']}")
    start, end = places[0]
    term = version.agreement.coalition.term
    for coding in row["codings"]:
        theme = Theme.objects.get(key=coding["theme"])
        slug = coding.get("focus_point")
        focus_points = FocusPoint.objects.for_term(term).filter(theme=theme)
        agreements.mark(
            version,
            start=start,
            end=end,
            coding=Coding(
                theme=theme,
                focus_point=focus_points.get(slug=slug) if slug else None,
                strength=STRENGTHS[coding["strength"]],
                note=coding.get("note", ""),
            ),
            by=by,
        )
    for measure in row.get("measures", ()):
        Measure.objects.create(
            passage=version.passages.get(start=start, end=end), created_by=by, **measure
        )


def _assessment(coalition, row, *, author, editor):
    theme = Theme.objects.get(key=row["theme"])
    words = {name: row.get(name, "") for name in ("summary", "departure", "advice")}
    draft = write_draft(coalition, theme, level=row["level"], by=author, **words)
    if row["state"] == "published":
        publish(draft, by=editor)


def publish(draft, *, by):
    """Bring a draft all the way, without asking its municipality."""
    assessments.submit(draft, by=draft.author, seen=draft.edit_number)
    why = "Het akkoord is verzonnen: er is niemand om te vragen."
    assessments.clear(draft, by=by, seen=draft.edit_number, why=why)
    assessments.publish(draft, by=by, seen=draft.edit_number)


def write_draft(coalition, theme, *, level, by, **words):
    """Write what is under way, or begin it: all codings with the theme carry it, or a proof of absence."""
    under_way = Assessment.objects.under_way().filter(coalition=coalition, theme=theme).first()
    draft = under_way or Assessment(coalition=coalition, theme=theme, edit_number=0)
    for name, value in {"level": level, **words}.items():
        setattr(draft, name, value)
    codings = Coding.objects.about(coalition=coalition, theme=theme)
    found = search(coalition=coalition, theme=theme)
    if level == Level.NOT_MENTIONED:
        assessments.judge_hits(found.open, theme=theme, by=by)
        found = search(coalition=coalition, theme=theme)
    focus_points = FocusPoint.objects.for_term(coalition.term).filter(theme=theme)
    proposal = proposal_from(codings, focus_points=focus_points, search=found)
    draft.proposed_level = proposal.level
    if proposal.level == level:
        draft.departure = ""
    assessments.save_draft(draft, by=by, codings=codings, absence=found, seen=draft.edit_number)
    return draft


@transaction.atomic
def load_odd_files(manuscripts, *, by):
    """Two uploads as they also happen: a scan without text, and a file that is refused."""
    by_name = {manuscript.name: manuscript for manuscript in manuscripts}
    scan = typesetting.scan(by_name["losser-2026"])
    _upload("losser", 2022, "Raadsakkoord 2022 (scan)", scan, by=by)
    whole = typesetting.typeset(by_name["dinkelland-2026"])
    _upload("dinkelland", 2022, "Coalitieakkoord 2022", whole[:500], by=by)


def _upload(municipality, term, title, content, *, by):
    coalition = Coalition.objects.at(municipality=municipality, term=term).get()
    if Agreement.objects.filter(coalition=coalition, title=title).exists():
        return
    agreement = Agreement(coalition=coalition, title=title, is_fiction=True)
    file = ContentFile(content, name=f"{municipality}-{term}.pdf")
    agreements.read(agreements.upload(agreement, file=file, by=by))


@transaction.atomic
def load_work(rows, manuscripts, *, people):
    """Who reads what, and how far they are. Once: what people change after that stays so."""
    if Assignment.objects.filter(agreement__is_fiction=True).exists():
        return
    by_name = {manuscript.name: manuscript for manuscript in manuscripts}
    for row in rows:
        _assignment(by_name[row["document"]], row, people[row["reader"]])


def _assignment(manuscript, row, reader):
    """One row of work; with `days_ago` the document came in and was divided that long ago."""
    agreement = Agreement.objects.for_display().get(
        coalition__municipality__slug=manuscript.municipality,
        coalition__term__start_year=manuscript.term,
        title=manuscript.title,
    )
    version = agreement.current
    themes = Theme.objects.filter(key__in=row["themes"])
    agreements.assign(agreement, reader=reader, themes=themes, by=reader)
    last = min(row.get("pages_read", 0), version.page_count)
    agreements.read_pages(version, numbers=range(1, last + 1), by=reader)
    if "days_ago" in row:
        then = timezone.now() - timedelta(days=row["days_ago"])
        of_reader = {"reader": reader}
        Assignment.objects.filter(agreement=agreement, **of_reader).update(assigned_at=then)
        PageReading.objects.filter(version=version, **of_reader).update(read_at=then)
        AgreementVersion.objects.filter(pk=version.pk, read_at__gt=then).update(read_at=then)


@transaction.atomic
def load_revisions(*, author, editor):
    """One published judgement that was corrected, and one with a correction under way."""
    if Assessment.objects.filter(status=Assessment.Status.SUPERSEDED).exists():
        return
    published = Assessment.objects.published().filter(level__gt=0, coalition__term__start_year=2026)
    corrected, under_way = published.order_by("coalition__municipality__name", "theme")[:2]
    for assessment, is_done in ((corrected, True), (under_way, False)):
        draft = write_draft(
            assessment.coalition,
            assessment.theme,
            level=assessment.level,
            by=author,
            summary=f"{assessment.summary} Dat is het hele beeld.",
            departure=assessment.departure,
            advice=assessment.advice,
            change_note="De samenvatting is aangevuld. Het oordeel blijft gelijk.",
        )
        if is_done:
            publish(draft, by=editor)


@transaction.atomic
def load_newer_version(manuscript, *, by):
    """Upload a newer file of an invented agreement; what changed or went waits for a person.

    Does nothing, and says so with False, when the agreement isn't there or has a newer version already.
    """
    agreement = Agreement.objects.filter(
        coalition__municipality__slug=manuscript.municipality,
        coalition__term__start_year=manuscript.term,
        title=manuscript.title,
        is_fiction=True,
    ).first()
    if agreement is None or agreement.versions.count() > 1:
        return False
    name = f"{manuscript.name}-gewijzigd.{manuscript.format}"
    file = ContentFile(typesetting.typeset(manuscript), name=name)
    agreements.read(agreements.upload(agreement, file=file, by=by))
    return True
