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
            "agreements:page-words": [version.pk, 1],
