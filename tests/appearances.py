"""Every page as it can look: every address, in every state, as everyone, and what a form answers to a mistake.

For checks that hold of any page. What looks the same but for its words is kept once.
"""

import re
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from lxml import html

from municipalities.models import CouncilTerm
from tests.sweep import Place
from tests.test_access import ELSEWHERE, EVERYONE, FORMS, OUTSIDE, SENT_ON, TABLE

EMPTY_YEAR = 1998  # a council term in which nothing is known
NOTHING, STALE = {}, {"seen": "99"}
# Of a page these say what it is made of; numbers in them are keys of rows.
TELLING = (
    "class",
    "role",
    "type",
    "aria-current",
    "aria-live",
    "aria-expanded",
    "disabled",
    "open",
    "hidden",
)
THEME = re.compile(r"\btheme-[\w-]+")  # each looks the same but for its hue
# The states have a theme each (tests/states.py); no style sheet knows these, and six is what a region has.
INVENTED = re.compile(rb"theme-(in|remarked|second)-[a-z_]+")
NO_PAGE = {  # a file or data
    "agreements:page-words", "agreements:version-file", "reports:file", "reports:regional-input", "reports:edition-file", "reports:bundle-file", "health",
    "overview:document-file", "overview:document-words",
    "exchange:table-file", "exchange:work-table-file", "exchange:highlights-file", "exchange:work-highlights-file",
    "exchange:codebook-file", "exchange:codebook-table-file", "exchange:work-codebook-file", "exchange:project-file", "exchange:work-project-file",
    "exchange:catalog-file", "exchange:annotations-file", "exchange:work-annotations-file", "exchange:text-file",
    "overview:chart-spread", "overview:chart-levels", "overview:chart-measures",
}  # fmt: skip
QUERIES = {
    "assessments:my-work": "?wie=team",
    "overview:document": "?passage=1",
    "overview:matrix": "?oordeel=2&kaart=bestaat-niet",
    "overview:compare": "?gemeente=bestaat-niet",
    "search:search": "?q=team",
}


@dataclass(frozen=True)
class Appearance:
    """One way that a page can look."""

    kind: str  # the name of its address
    who: str
    state: str
    path: str
    status: int
    headers: tuple
    body: bytes

    def __str__(self):
        state = f" ({self.state})" if self.state else ""
        return f"{self.kind}{state} as {self.who}: {self.status}"


def appearances(scene):
    """Those that have a part, in a place, that none before has; and all that there are."""
    seen, kept, everything = set(), [], []
    for appearance in _all(scene):
        everything.append(appearance)
        new = parts(appearance.body) | {appearance.kind}
        if new - seen:
            seen |= new
            kept.append(appearance)
    return kept, everything


def _all(scene):
    crowd = scene.crowd
    for place in _places(scene):
        allowed, answer = TABLE[place.name]
        is_first = place is scene.places[place.name][0]
        for who in sorted(EVERYONE if is_first else EVERYONE - ELSEWHERE - OUTSIDE):
            if answer != 405 and (who in allowed - SENT_ON.get(place.name, set())):
                yield from _if_page(place, who, crowd.response(who, place.path))
        senders = FORMS.get(place.name, allowed if answer == 405 else set())
        # In its other states a form answers with parts that are shown by the page in that state.
        for who in sorted(senders)[:1] if is_first else ():
            for why, body in (("nothing sent", NOTHING), ("stale", place.body | STALE)):
                with transaction.atomic():
                    response = crowd.send(who, place.path, body)
                    transaction.set_rollback(True)
                state = ", ".join(filter(None, [str(place.state), why]))
                yield from _if_page(place, who, response, state)
    table = scene.places["overview:matrix"][0]
    for who in sorted(EVERYONE):
        yield from _if_page(table, who, crowd.response(who, "/bestaat/niet/"), "404")
        button = scene.places["assessments:submit"][0]
        yield from _if_page(button, who, crowd.response(who, button.path), "405")


def _places(scene):
    CouncilTerm.objects.get_or_create(start_year=EMPTY_YEAR, end_year=EMPTY_YEAR + 4)
    for name, places in scene.places.items():
        if name in NO_PAGE:
            continue
        yield from places
        if list(places[0].arguments) == [scene.world.coalition.term.start_year]:
            yield Place(name, [EMPTY_YEAR], "empty")
        if name in QUERIES:
            yield Asked(name, places[0].arguments, QUERIES[name])


class Asked(Place):
    """An address with a question behind it."""

    @property
    def path(self):
        return super().path + self.state


def _if_page(place, who, response, state=None):
    assert response.status_code != 500, f"{place} as {who}"
    if not response.get("Content-Type", "").startswith("text/html"):
        return
    if response.status_code in {301, 302} or b"</html>" not in response.content:
        return
    yield Appearance(
        place.name,
        who,
        str(place.state) if state is None else state,
        place.path,
        response.status_code,
        tuple(response.items()),
        INVENTED.sub(b"theme-brandweer", response.content),
    )


def parts(body):
    """What a page is made of, without its words: each element in the two that it stands in."""
    found = set()
    for element in html.document_fromstring(body).body.iter():
        if isinstance(element.tag, str):
            around = [element, *islice(element.iterancestors(), 2)]
            found.add(tuple(_marks(each) for each in around))
    return found


def _marks(element):
    told = ((name, element.get(name)) for name in TELLING)
    return element.tag, *((name, THEME.sub("", value)) for name, value in told if value is not None)
