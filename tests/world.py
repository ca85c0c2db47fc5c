"""A small world in which every address has something to show."""

from dataclasses import dataclass

from accounts.models import User
from agreements.models import Measure, Suggestion
from assessments.models import Assessment
from municipalities.models import Coalition
from tests.factories import (
    AgreementFactory,
    AmbitionFactory,
    CoalitionFactory,
    CodingFactory,
    FocusPointFactory,
    MeasureFactory,
    PassageFactory,
    SuggestionFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    published_of,
)
from themes.models import Theme


@dataclass
class World:
    """One coalition with a published assessment and a newer draft of it, and someone's account."""

    coalition: Coalition
    theme: Theme
    published: Assessment
    draft: Assessment
    suggestion: Suggestion
    measure: Measure
    user: User

    @property
    def arguments(self):
        """Per URL name the arguments of its address."""
        coding = self.published.codings.get()
        version = coding.passage.version
        year = self.coalition.term.start_year
        slug = self.coalition.municipality.slug
        return {
            "overview:home": [],
            "overview:matrix": [year],
            "overview:themes": [year],
            "overview:theme": [year, self.theme.slug],
            "overview:municipalities": [year],
            "overview:municipality": [year, slug],
            "overview:document": [year, slug, version.pk],
            "overview:accessibility": [],
            "reports:municipality": [year, slug],
            "agreements:list": [year],
            "agreements:create": [],
            "agreements:agreement": [version.agreement_id],
            "agreements:version-create": [version.agreement_id],
            "agreements:version": [version.pk],
            "agreements:version-file": [version.pk],
            "agreements:passages": [version.pk],
            "agreements:passage-create": [version.pk],
            "agreements:passage": [coding.passage_id],
            "agreements:suggestions": [version.pk],
            "agreements:suggestion": [self.suggestion.pk],
            "agreements:suggestion-accept": [self.suggestion.pk],
            "agreements:suggestion-reject": [self.suggestion.pk],
            "agreements:undo": [version.pk],
            "agreements:terms": [],
            "agreements:theme-terms": [self.theme.slug],
            "agreements:news": [version.pk],
            "agreements:measure-create": [coding.passage_id],
            "agreements:measure-change": [self.measure.pk],
            "agreements:measure-delete": [self.measure.pk],
            "agreements:coding-change": [coding.pk],
            "agreements:coding-delete": [coding.pk],
            "assessments:list": [year],
            "assessments:assess": [slug, year, self.theme.slug],
            "assessments:publish": [self.draft.pk],
            "accounts:login": [],
            "accounts:logout": [],
            "accounts:users": [],
            "accounts:user-create": [],
            "accounts:user-change": [self.user.pk],
            "health": [],
        }


def make_world(rows=1):
    """Make the world, with this many municipalities, passages and accounts."""
    theme = ThemeFactory()
    AmbitionFactory(theme=theme)
    FocusPointFactory(theme=theme)
    for number in range(rows):
        coalition = CoalitionFactory()
        version = VersionFactory(
            agreement=AgreementFactory(coalition=coalition),
            text="Wij pakken ondermijning aan. " * max(rows, 2),
            file="agreements/aa/aa",
        )
        codings = [
            CodingFactory(
                passage=PassageFactory(version=version, start=29 * n, end=29 * n + 28), theme=theme
            )
            for n in range(rows if number == rows - 1 else 1)
        ]
        suggestions = [
            SuggestionFactory(version=version, theme=theme, start=29 * n, end=29 * n + 28)
            for n in range(rows)
        ]
        measures = [MeasureFactory(passage=coding.passage) for coding in codings]
        published = published_of(codings[0])
        draft = draft_of(codings[0])
        UserFactory(role="Burgemeester", municipality=coalition.municipality)
    user = User.objects.latest("pk")
    return World(coalition, theme, published, draft, suggestions[0], measures[0], user)
