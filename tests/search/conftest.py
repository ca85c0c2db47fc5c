"""What the tests of search share: an agreement with published work, and a way to ask."""

import pytest
from django.urls import reverse

from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    PassageFactory,
    ThemeFactory,
    VersionFactory,
    published_of,
)

TEXT = (
    "Wij pakken ondermijning aan.\fIn de wijk komt meer cameratoezicht tegen drugscriminaliteit. "
    "De coöperatie helpt inwoners. Een scène van de vrijwilligers."
)


def published(
    text=TEXT,
    *,
    quote=(0, 28),
    summary="Het akkoord noemt een team.",
    theme="ondermijning",
    **kwargs,
):
    """A published assessment that rests on the first quote of an agreement with this text."""
    coalition = kwargs.pop("coalition", None) or CoalitionFactory()
    version = VersionFactory(agreement=AgreementFactory(coalition=coalition), text=text)
    start, end = quote
    coding = CodingFactory(
        passage=PassageFactory(version=version, start=start, end=min(end, len(text))),
        theme=ThemeFactory(key=theme),
    )
    return published_of(coding, summary=summary, **kwargs)


@pytest.fixture
def ask(client, sign_in):
    """Search as a mayor; gives the answer."""
    sign_in("Burgemeester")

    def ask(q, **about):
        headers = about.pop("headers", {})
        return client.get(reverse("search:search"), {"q": q, **about}, headers=headers)

    return ask
