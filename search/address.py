"""What an address of search holds: the question, and what it is narrowed to. Anything else is left out."""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from assessments.models import Level
from municipalities.models import CouncilTerm, Municipality
from search.hits import KINDS, LAST_PAGE, Filters
from search.question import Question, parse
from themes.models import Theme

KIND_NAMES = {
    "document": "Akkoorden",
    "citaat": "Citaten",
    "samenvatting": "Samenvattingen",
    "reactie": "Reacties en antwoorden",
    "advies": "Adviezen",
}


class Choices:
    """What can be chosen as a filter, in three queries."""

    @cached_property
    def municipalities(self):
        rows = Municipality.objects.values_list("slug", "pk", "name", named=True)
        return {row.slug: row for row in rows}

    @cached_property
    def terms(self):
        return {str(term.start_year): term for term in CouncilTerm.objects.all()}

    @cached_property
    def themes(self):
        return {theme.slug: theme for theme in Theme.objects.all()}

    levels = {str(level.value): level for level in Level}


@dataclass(frozen=True)
class Address:
    """The parameters of an address, each as it stands there; empty: not chosen."""

    q: str = ""
    gemeente: str = ""
    periode: str = ""
    thema: str = ""
    oordeel: str = ""
    soort: str = ""
    exact: str = ""
    bladzijde: int = 1

    @classmethod
    def read(cls, given, choices):
        """Take what is known from the parameters of a request."""

        def known(name, values):
            value = given.get(name, "")
            return value if value in values else ""

        page = given.get("bladzijde", "1")
        is_number = page.isascii() and page.isdecimal() and len(page) < 4
        return cls(
            q=given.get("q", "").replace("\0", " ")[:2000],
            gemeente=known("gemeente", choices.municipalities),
            periode=known("periode", choices.terms),
            thema=known("thema", choices.themes),
            oordeel=known("oordeel", choices.levels),
            soort=known("soort", KINDS),
            exact=known("exact", {"1"}),
            bladzijde=min(max(int(page), 1), LAST_PAGE) if is_number else 1,
        )

    def filters(self, choices):
        return Filters(
            municipality=self.gemeente and choices.municipalities[self.gemeente].pk or None,
            term=self.periode and choices.terms[self.periode].pk or None,
            theme=self.thema and choices.themes[self.thema].pk or None,
            level=int(self.oordeel) if self.oordeel else None,
            kind=self.soort,
        )

    @cached_property
    def question(self) -> Question:
        return parse(self.q)

    @property
    def has_filter(self):
        return any((self.gemeente, self.periode, self.thema, self.oordeel, self.soort))

    @property
    def kept(self):
        """What a form must carry along beside the question."""
        return {
            name: value
            for name, value in vars(self).items()
            if value and name in {"gemeente", "periode", "thema", "oordeel", "soort", "exact"}
        }

    @property
    def query(self):
        """The part behind the question mark, the same for the same search."""
        about = {"q": self.question.text} | self.kept
        if self.bladzijde > 1:
            about["bladzijde"] = self.bladzijde
        return urlencode(about)

    @property
    def url(self):
        """As a link on the page of search itself."""
        return f"?{self.query}"

    def but(self, **changes):
        """The same with these changes, from the first page on."""
        other = replace(self, **{"bladzijde": 1, **changes})
        if "q" not in changes:
            # A page has a hundred links to the same question.
            vars(other)["question"] = self.question
        return other

    @property
    def without_filter(self):
        return self.but(gemeente="", periode="", thema="", oordeel="", soort="")
