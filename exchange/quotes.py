"""The quotes and the measures as tables: a row per coding, and a row per measure."""

from collections import defaultdict

from django.contrib.auth.models import Group
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from agreements.finding import fold
from agreements.models import Agreement, Coding, Measure, lit_passage
from exchange.tables.sheets import Column, Kind, Sheet
from overview.charts import euros
from themes.models import Partner

NO_ROLE = "onbekend"
_PLACE = [
    Column("gemeente", "De gemeente van het akkoord.", width=18),
    Column("CBS-code", "De code van de gemeente bij het CBS.", width=10),
    Column("raadsperiode", "De raadsperiode van het akkoord.", width=12),
    Column("akkoord", "De titel van het akkoord.", width=32),
]
_ENDS = [
    Column("adres", "De plaats van het citaat in het portaal.", width=40),
    Column(
        "fictie",
        "Ja: het akkoord is verzonnen, als voorbeeld. Citaten eruit zijn niet echt.",
        width=8,
    ),
]
_STATE = Column(
    "stand", "Gepubliceerd: een gepubliceerd oordeel rust op dit citaat. Anders: concept.", width=14
)
QUOTE_COLUMNS = [
    Column("citaatnummer", "Het vaste nummer van het citaat. Een citaat met twee coderingen staat er twee keer.", Kind.NUMBER, 10),
    Column("coderingsnummer", "Het vaste nummer van deze rij.", Kind.NUMBER, 10),
    *_PLACE,
    Column("soort", "Wat voor document het is.", width=18),
    Column("versie", "De hoeveelste versie van het document.", Kind.NUMBER, 8),
    Column("sha256", "Het controlegetal van het bestand van deze versie.", width=20),
    Column("van bladzijde", "De bladzijde waar het citaat begint.", Kind.NUMBER, 10),
    Column("tot en met bladzijde", "De bladzijde waar het citaat eindigt.", Kind.NUMBER, 10),
    Column("begin", "Waar het citaat begint: het aantal tekens ervoor in de tekst van deze versie.", Kind.NUMBER, 10),
    Column("einde", "Waar het citaat eindigt, op dezelfde manier geteld.", Kind.NUMBER, 10),
    Column("citaat", "De letterlijke tekst.", width=70),
    Column("thema", "Het thema waar het citaat over gaat.", width=24),
    Column("aandachtspunt", "Het aandachtspunt uit de regionale inbreng; leeg is geen.", width=28),
    Column("sterkte", "1 genoemd, 2 uitgewerkt, 3 concreet.", Kind.NUMBER, 8),
    Column("sterkte in woorden", "De sterkte als woord.", width=12),
    Column("aantal maatregelen", "Hoeveel maatregelen er in het citaat staan. Zie het blad Maatregelen.", Kind.NUMBER, 11),
    Column("maatregelen", "De maatregelen in woorden: wat, bedrag, jaren, soort, wie.", width=40),
    Column("partners", "Partners uit de regionale inbreng die in het citaat bij naam staan.", width=28),
    Column("gemarkeerd door", "De rol van wie het citaat markeerde.", width=14),
]  # fmt: skip
_WORK_COLUMNS = [_STATE, Column("notitie", "De notitie bij de codering.", width=40)]
MEASURE_COLUMNS = [
    Column("maatregelnummer", "Het vaste nummer van de maatregel; elke maatregel staat er één keer.", Kind.NUMBER, 10),
    Column("citaatnummer", "Het nummer van het citaat waar de maatregel in staat.", Kind.NUMBER, 10),
    *_PLACE,
    Column("thema’s", "De thema’s waar het citaat over gaat.", width=28),
    Column("wat", "Wat er is beloofd.", width=40),
    Column("bedrag in euro’s", "Het bedrag, als het citaat dat noemt.", Kind.MONEY, 16),
    Column("van jaar", "Het eerste jaar.", Kind.NUMBER, 8),
    Column("tot en met jaar", "Het laatste jaar.", Kind.NUMBER, 8),
    Column("eenmalig of structureel", "Leeg: het citaat zegt het niet.", width=14),
    Column("wie", "Wie de maatregel uitvoert.", width=24),
    Column("citaat", "De letterlijke tekst waar de maatregel in staat.", width=60),
]  # fmt: skip
_VERSION = "passage__version__"
_COALITION = f"{_VERSION}agreement__coalition__"
_FIELDS = {
    "passage": "passage_id",
    "coding": "pk",
    "municipality": f"{_COALITION}municipality__name",
    "slug": f"{_COALITION}municipality__slug",
    "cbs": f"{_COALITION}municipality__cbs_code",
    "from_year": f"{_COALITION}term__start_year",
    "to_year": f"{_COALITION}term__end_year",
    "title": f"{_VERSION}agreement__title",
    "kind": f"{_VERSION}agreement__kind",
    "version": "passage__version_id",
    "number": f"{_VERSION}number",
    "sha256": f"{_VERSION}sha256",
    "first_page": "passage__first_page",
    "last_page": "passage__last_page",
    "start": "passage__start",
    "end": "passage__end",
    "quote": "passage__quote",
    "theme": "theme__name",
    "point": "focus_point__name",
    "strength": "strength",
    "role": "role",
    "is_published": "is_published",
    "note": "note",
    "is_fiction": f"{_VERSION}agreement__is_fiction",
}


def role_of(person):
    """The name of the role of a person, by the path to their key in a query; never who it is."""
    return Subquery(Group.objects.filter(user=OuterRef(person)).order_by("name").values("name")[:1])


def quotes(scope, *, address_of):
    """The sheet of quotes: a row per coding, in reading order.

    `address_of` makes a whole address of a path. A constant number of queries.
    """
    columns = [*QUOTE_COLUMNS, *(_WORK_COLUMNS if scope.is_work else ()), *_ENDS]
    return Sheet("Citaten", columns, _quote_rows(scope, address_of))


def _quote_rows(scope, address_of):
    promised = _measures_by_passage(scope)
    partners = [(name, fold(name)) for name in Partner.objects.values_list("name", flat=True)]
    place_of = _Addresses(scope, address_of)
    kinds, strengths = dict(Agreement.Kind.choices), dict(Coding.Strength.choices)
    for row in _codings(scope):
        measures = promised.get(row["passage"], [])
        words = fold(row["quote"])
        yield [
            row["passage"],
            row["coding"],
            *_place(row),
            kinds[row["kind"]],
            row["number"],
            row["sha256"],
            row["first_page"],
            row["last_page"],
            row["start"],
            row["end"],
            row["quote"],
            row["theme"],
            row["point"],
            row["strength"],
            strengths[row["strength"]],
            len(measures),
            "\n".join(map(measure_in_words, measures)),
            "; ".join(name for name, folded in partners if folded in words),
            row["role"] or NO_ROLE,
            *((_state(row), row["note"]) if scope.is_work else ()),
            place_of(row),
            _yes_or_no(row["is_fiction"]),
        ]


def measures(scope, *, address_of):
    """The sheet of measures: each once, whatever its passage is coded with."""
    columns = [*MEASURE_COLUMNS, *([_STATE] if scope.is_work else ()), *_ENDS]
    return Sheet("Maatregelen", columns, _measure_rows(scope, address_of))


def _measure_rows(scope, address_of):
    promised = _measures_by_passage(scope)
    place_of = _Addresses(scope, address_of)
    passages, themes, published = {}, defaultdict(dict), set()
    for row in _codings(scope, passage__in=list(promised)):
        passages[row["passage"]] = row
        themes[row["passage"]][row["theme"]] = None
        if row["is_published"]:
            published.add(row["passage"])
    for passage, row in passages.items():
        for measure in promised[passage]:
            yield [
                measure.pk,
                passage,
                *_place(row),
                "; ".join(themes[passage]),
                measure.what,
                measure.amount,
                measure.first_year,
                measure.last_year,
                measure.kind,
                measure.who,
                row["quote"],
                *((_state({"is_published": passage in published}),) if scope.is_work else ()),
                place_of(row),
                _yes_or_no(row["is_fiction"]),
            ]


def measure_in_words(measure):
    """A measure in one line: what, and of the rest what is known."""
    amount = "" if measure.amount is None else euros(measure.amount)
    rest = [word for word in (amount, measure.years, measure.kind, measure.who) if word]
    return f"{measure.what} ({', '.join(rest)})" if rest else measure.what


def _codings(scope, **which):
    """The rows of these codings as dictionaries, one by one."""
    rows = scope.codings().filter(**which).annotate(role=role_of("passage__created_by"))
    for values in rows.values_list(*_FIELDS.values()).iterator(chunk_size=1000):
        yield dict(zip(_FIELDS, values, strict=True))


def _measures_by_passage(scope):
    found = defaultdict(list)
    passages = scope.codings().order_by().values("passage")
    for measure in Measure.objects.filter(passage__in=passages).order_by("pk"):
        found[measure.passage_id].append(measure)
    return found


def _place(row):
    term = f"{row['from_year']}–{row['to_year']}"
    return row["municipality"], row["cbs"], term, row["title"]


class _Addresses:
    """Whole addresses of quotes: for a reader in the document, for who sees work in the reading room."""

    def __init__(self, scope, address_of):
        self._is_work, self._address_of, self._documents = scope.is_work, address_of, {}

    def __call__(self, row):
        version = row["version"]
        if version not in self._documents:
            path = (
                reverse("agreements:version", args=[version])
                if self._is_work
                else reverse("overview:document", args=[row["from_year"], row["slug"], version])
            )
            self._documents[version] = self._address_of(path)
        return lit_passage(self._documents[version], row["passage"])


def _state(row):
    return "gepubliceerd" if row["is_published"] else "concept"


def _yes_or_no(value):
    return "ja" if value else "nee"
