"""Published work for the tests of the reader's pages: what an agreement says, point by point."""

from assessments import actions
from assessments.models import Assessment
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    FocusPointFactory,
    MeasureFactory,
    MunicipalityFactory,
    PassageFactory,
    RegionalInputFactory,
    ThemeFactory,
    UserFactory,
    VersionFactory,
    absent,
    publish,
)


def place(name, **kwargs):
    """A municipality by its name, with the slug that it would have."""
    return MunicipalityFactory(name=name, slug=name.lower().replace(" ", "-"), **kwargs)


def coalition_of(municipality, year=2026):
    return CoalitionFactory(municipality=municipality, term__start_year=year)


def point(slug, *, year=2026, theme=None, **kwargs):
    """A focus point of the regional input of one term."""
    return FocusPointFactory(
        regional_input=RegionalInputFactory(term__start_year=year),
        theme=theme or ThemeFactory(),
        slug=slug,
        name=slug.capitalize(),
        **kwargs,
    )


def draft_that_says(coalition, *said, theme=None, level=2, is_fiction=False):
    """A draft that rests on these quotes: (words, focus point or None, strength, measure or None)."""
    text = " ".join(words for words, *_ in said)
    agreement = AgreementFactory(coalition=coalition, is_fiction=is_fiction)
    version = VersionFactory(agreement=agreement, text=text)
    codings = []
    for words, focus_point, strength, measure in said:
        start = text.index(words)
        passage = PassageFactory(version=version, start=start, end=start + len(words))
        coding = CodingFactory(
            passage=passage,
            theme=theme or ThemeFactory(),
            focus_point=focus_point,
            strength=strength,
        )
        if measure is not None:
            MeasureFactory(passage=passage, **measure)
        codings.append(coding)
    draft = Assessment(
        coalition=coalition,
        theme=theme or ThemeFactory(),
        level=level,
        summary=f"Samenvatting van {coalition.municipality}.",
        edit_number=0,
    )
    actions.save_draft(draft, by=UserFactory(role="Adviseur"), codings=codings)
    return draft


def published_that_says(coalition, *said, **kwargs):
    return publish(draft_that_says(coalition, *said, **kwargs))


def published_silence(coalition, theme=None):
    """Published: "niet genoemd", after a search in a document that doesn't have it."""
    VersionFactory(agreement__coalition=coalition, text="Wij bouwen huizen.")
    return publish(absent(coalition, theme or ThemeFactory()))
