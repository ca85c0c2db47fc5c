"""What somebody compares, as its address says it: read with patience, written in one way. No Django inside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

FEWEST, MOST = 2, 14

Asked = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Known:
    """What there is to choose from, by the words of an address, each with its name on screen."""

    terms: Sequence[int]  # the newest first
    themes: Mapping[str, str]
    points: Mapping[str, Mapping[str, str]]  # per theme
    municipalities: Mapping[str, str]


@dataclass(frozen=True)
class Selection:
    """One theme or focus point, in one term, in several municipalities; empty is not chosen."""

    year: int
    theme: str = ""
    point: str = ""
    municipalities: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.theme and not self.municipalities

    @property
    def is_whole(self) -> bool:
        return bool(self.theme) and len(self.municipalities) >= FEWEST

    @property
    def query(self) -> str:
        """The part of the address that holds the whole selection and nothing else."""
        pairs = [("raadsperiode", str(self.year)), ("thema", self.theme)]
        pairs += [("aandachtspunt", self.point)]
        pairs += [("gemeente", slug) for slug in self.municipalities]
        return urlencode([pair for pair in pairs if pair[1]])

    @property
    def words(self) -> str:
        """The same without the year, as one word of an address: "ondermijning.partners+enschede+hengelo"."""
        subject = f"{self.theme}.{self.point}" if self.point else self.theme
        return "+".join((subject, *self.municipalities))


@dataclass(frozen=True)
class TermsSelection:
    """Two terms of one municipality, and one theme or all of them; whole once it can be shown."""

    municipality: str
    then: int
    now: int
    theme: str = ""
    is_whole: bool = False

    @property
    def query(self) -> str:
        pairs = [("gemeente", self.municipality), ("toen", str(self.then)), ("nu", str(self.now))]
        pairs += [("thema", self.theme)]
        return urlencode([pair for pair in pairs if pair[1]])

    @property
    def words(self) -> str:
        """The same without the year of now, as one word of an address: "enschede+2022+ondermijning"."""
        return "+".join(each for each in (self.municipality, str(self.then), self.theme) if each)


def read_year(asked: Asked, name: str, terms: Sequence[int], other: int) -> tuple[int, list[str]]:
    """The start year of a council term; without one, or with one that isn't there, the other."""
    said = _last(asked, name)
    if not said:
        return other, []
    found = next((year for year in terms if str(year) == said), None)
    if found is None:
        return other, [f"Raadsperiode {_clipped(said)} kennen wij niet. U ziet nu {other}."]
    return found, []


def read(asked: Asked, year: int, known: Known) -> tuple[Selection, list[str]]:
    """Keep of an address what is known, and say of the rest what became of it.

    `onderwerp` is how the form says theme and focus point in one: "ondermijning" or "ondermijning:partners".
    """
    theme, _, point = _last(asked, "onderwerp").partition(":")
    theme, point = _last(asked, "thema") or theme, _last(asked, "aandachtspunt") or point
    complaints = []
    if theme and theme not in known.themes:
        complaints.append(f"Het thema {_clipped(theme)} kennen wij niet.")
        theme = point = ""
    if point and not theme:
        complaints.append("Kies bij een aandachtspunt ook het thema.")
        point = ""
    if point and point not in known.points.get(theme, {}):
        complaints.append(
            f"{_clipped(point)} is hier geen aandachtspunt. U ziet het hele thema {known.themes[theme]}."
        )
        point = ""
    chosen = list(dict.fromkeys(slug for slug in asked.get("gemeente", []) if slug))
    unknown = [slug for slug in chosen if slug not in known.municipalities]
    if unknown:
        complaints.append(_unknown(unknown))
    kept = [slug for slug in chosen if slug in known.municipalities]
    if len(kept) > MOST:
        complaints.append(f"U koos {len(kept)} gemeenten. De eerste {MOST} staan hieronder.")
    selection = Selection(year, theme, point, tuple(kept[:MOST]))
    if not selection.is_empty or complaints:
        complaints += _missing(selection, known)
    return selection, complaints


def read_terms(
    asked: Asked,
    *,
    terms: Sequence[int],
    newest: int,
    themes: Collection[str],
    there: Mapping[str, Collection[int]],
    own: str,
) -> tuple[TermsSelection, list[str]]:
    """The same for two terms of one municipality; without one it is one's own.

    `there` says per municipality in which terms it has a coalition.
    """
    now, complaints = read_year(asked, "nu", terms, newest)
    then, wrong = read_year(asked, "toen", terms, max((y for y in terms if y < now), default=now))
    complaints += wrong
    then, now = sorted((then, now))
    theme = _last(asked, "thema")
    if theme and theme not in themes:
        complaints.append(f"Het thema {_clipped(theme)} kennen wij niet. U ziet alle thema’s.")
        theme = ""
    municipality = _last(asked, "gemeente") or own
    if municipality and municipality not in there:
        complaints.append(f"{_clipped(municipality)} is geen gemeente die wij kennen.")
        municipality = ""
    is_whole = False
    if then == now:
        complaints.append("Kies twee verschillende raadsperioden.")
    elif not municipality:
        complaints += ["Kies een gemeente."] if asked else []
    elif not {then, now} <= set(there[municipality]):
        complaints.append("Van deze gemeente is niet van beide raadsperioden een coalitie bekend.")
    else:
        is_whole = True
    return TermsSelection(municipality, then, now, theme, is_whole), complaints


def _missing(selection: Selection, known: Known) -> list[str]:
    found = []
    if not selection.theme:
        found.append("Kies een thema of een aandachtspunt.")
    if len(selection.municipalities) == 1:
        name = known.municipalities[selection.municipalities[0]]
        found.append(f"Kies ten minste twee gemeenten. {name} staat al aangevinkt.")
    elif not selection.municipalities:
        found.append("Kies ten minste twee gemeenten.")
    return found


def _unknown(slugs: Sequence[str]) -> str:
    if len(slugs) == 1:
        return f"{_clipped(slugs[0])} is geen gemeente die wij kennen. De rest is bewaard."
    return f"Van de gekozen gemeenten kennen wij er {len(slugs)} niet. De rest is bewaard."


def mail(subject: str, address: str) -> str:
    """A link that opens a new mail with this subject and this address in it."""
    body = f"{subject}\r\n\r\n{address}\r\n"
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


def _last(asked: Asked, name: str) -> str:
    """As a form has it: of a field that stands there twice the last one counts."""
    values = asked.get(name) or [""]
    return values[-1].strip()


def _clipped(said: str) -> str:
    return f"“{said if len(said) <= 40 else said[:39] + '…'}”"
