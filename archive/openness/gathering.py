"""Everything about one municipality as dossiers: of each document its rows, and all that happened to them."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.timezone import localtime

from archive.openness.kinds import KINDS, Kind
from archive.openness.standing import Facts, Standing
from archive.openness.words import Words
from assessments.models import AdviceRequest, Assessment
from municipalities.models import Coalition


@dataclass
class Record:
    """One row in words."""

    kind: Kind
    pk: int
    title: str
    standing: Standing
    is_invented: bool
    values: dict
    row: object
    files: tuple = ()  # where its files are in the archive

    @property
    def anchor(self):
        return f"{self.kind.model._meta.model_name}-{self.pk}"


@dataclass
class Event:
    """One change of a row: when, by whom, and per field what was there before and after."""

    at: object
    who: str
    what: str
    about: str
    standing: Standing
    is_invented: bool
    changes: list


@dataclass
class Dossier:
    """A document with all that hangs on it. Without a record when it was deleted: its history is left."""

    kind: Kind
    pk: int
    title: str
    record: Record | None = None
    records: list = field(default_factory=list)
    events: list = field(default_factory=list)

    @property
    def standing(self):
        return self.record.standing if self.record else Standing.DRAFT

    @property
    def is_invented(self):
        return any(part.is_invented for part in (*self.records, *self.events))

    @property
    def holds_drafts(self):
        """Whether something in it is a draft, though what it is about isn't."""
        return any(part.standing is Standing.DRAFT for part in (*self.records, *self.events))

    @property
    def groups(self):
        """The records per kind, in the order of KINDS."""
        groups = {}
        for record in self.records:
            groups.setdefault(record.kind, []).append(record)
        return [(kind, groups[kind]) for kind in KINDS if kind in groups]

    @property
    def date(self):
        row = self.record.row if self.record else None
        for name in ("published_at", "adopted_on", "saved_at", "asked_at"):
            if value := getattr(row, name, None):
                return localtime(value).date() if hasattr(value, "hour") else value
        return localtime(self.events[0].at).date() if self.events else None


def gather(municipality, term=None):
    """The dossiers of a municipality, in one council term when that is given; and who is who by number.

    A question for advice has no term: those asked in its years belong to it.
    """
    which, ever = _scope(municipality, term)
    rows = {
        kind.model: list(kind.model._base_manager.filter(which[kind.model]).order_by("pk"))
        for kind in KINDS
    }
    past = {
        kind.model: kind.history.objects.filter(which[kind.model], id__in=ever[kind.model])
        for kind in KINDS
        if kind.history
    }
    facts, words = Facts.of(rows), Words()
    dossiers, home = {}, {}
    for kind in KINDS:
        parents = _parents(kind, past, rows)
        for pk in sorted(ever[kind.model]):
            key = (kind, pk) if kind.opens else home.get((kind.belongs_to, parents.get(pk)))
            home[kind.model, pk] = key
            if kind.opens:
                dossiers[key] = Dossier(kind, pk, f"{kind.name} {pk} (verwijderd)")
        for row in rows[kind.model]:
            dossier = dossiers[home[kind.model, row.pk]]
            record = _record(kind, row, facts, words)
            dossier.records.append(record)
            if kind.opens:
                dossier.record, dossier.title = record, record.title
        for key, event in _events(kind, past, home, facts, words):
            dossiers[key].events.append(event)
    for dossier in dossiers.values():
        dossier.events.sort(key=lambda event: event.at)
    return list(dossiers.values()), words.people


def _scope(municipality, term):
    """Per model which rows belong to this municipality, and the keys of them and of those that were deleted.

    A row that belonged to it once and belongs to another now isn't one of them.
    """
    which, ever = {}, {}
    for kind in KINDS:
        which[kind.model] = asked = _belonging(kind, ever, municipality, term)
        keys = set(kind.model._base_manager.filter(asked).values_list("pk", flat=True))
        if kind.history:
            past = set(kind.history.objects.filter(asked).values_list("id", flat=True)) - keys
            there = kind.model._base_manager.filter(pk__in=past).values_list("pk", flat=True)
            keys |= past - set(there)
        ever[kind.model] = keys
    return which, ever


def _belonging(kind, ever, municipality, term):
    if kind.parent:
        return Q(**{f"{kind.parent}__in": ever[kind.belongs_to]})
    of_term = Q()
    if term and kind.model is AdviceRequest:
        of_term = Q(asked_at__year__range=(term.start_year, term.end_year))
    elif term:
        of_term = Q(term=term)
    return Q(municipality=municipality) & of_term


def _parents(kind, past, rows):
    """The key of the row that each row belongs to, from the rows and from their history."""
    if not kind.parent:
        return {}
    column = f"{kind.parent}_id"
    found = {}
    if kind.history:
        found = dict(past[kind.model].order_by("pgh_id").values_list("id", column))
    return found | {row.pk: getattr(row, column) for row in rows[kind.model]}


def _record(kind, row, facts, words):
    return Record(
        kind,
        row.pk,
        _title(kind, row),
        facts.standing(kind.model, row),
        facts.is_invented(kind.model, row),
        words.of(kind, row),
        row,
    )


def _title(kind, row):
    if kind.model is Assessment:
        return f"Beoordeling {row.theme}, {row.coalition.term}, herziening {row.revision}"
    if kind.model is AdviceRequest:
        return f"Adviesvraag {row.pk}: {row.theme or 'veiligheid in het algemeen'}"
    if kind.model is Coalition:
        return f"Gemeente {row}: coalitie en formatie"
    if kind.opens:
        return f"{kind.name.capitalize()} {row}"
    return f"{kind.name.capitalize()} {row.pk}"


_WHAT = {"insert": "gemaakt", "update": "gewijzigd", "delete": "verwijderd"}


def _events(kind, past, home, facts, words):
    """Every change of the rows of a kind, with the dossier that it belongs to."""
    if not kind.history:
        return
    before = {}
    for row in past[kind.model].select_related("pgh_context").order_by("pgh_id"):
        now = words.of(kind, row)
        last = before.get(row.id, {})
        before[row.id] = now
        changes = [
            (name, last.get(name, ""), now.get(name, ""))
            for name in {**last, **now}
            if last.get(name) != now.get(name)
        ]
        if not changes and row.pgh_label == "update":
            continue  # only a counter
        yield (
            home[kind.model, row.id],
            Event(
                row.pgh_created_at,
                _who(row, words.people),
                _WHAT.get(row.pgh_label, row.pgh_label),
                f"{kind.name} {row.id}",
                facts.standing(kind.model, row),
                facts.is_invented(kind.model, row),
                changes,
            ),
        )


def _who(row, people):
    user = row.pgh_context and row.pgh_context.metadata.get("user")
    return people.role(user or getattr(row, "changed_by_id", None))
