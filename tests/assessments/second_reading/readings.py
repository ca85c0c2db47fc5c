"""Judgements that can be read a second time, and how that is asked."""

from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from tests.factories import (
    AgreementFactory,
    CoalitionFactory,
    CodingFactory,
    MunicipalityFactory,
    PassageFactory,
    UserFactory,
    VersionFactory,
    draft_of,
    submitted,
)


def address(name, reading):
    return reverse(f"assessments:{name}", args=[reading.pk])


def coding(**kwargs):
    version = VersionFactory(
        agreement=AgreementFactory(
            coalition=CoalitionFactory(municipality=MunicipalityFactory(**kwargs))
        )
    )
    return CodingFactory(passage=PassageFactory(version=version))


def reviewing(*, by=None, **kwargs):
    """A judgement that lies before the editors."""
    return submitted(draft_of(coding(), by=by, **kwargs))


def lies_with_the_municipality(draft):
    editor = UserFactory(role="Eindredacteur")
    Assessment.objects.filter(pk=draft.pk).update(
        status="in_reply", reviewed_by=editor, reviewed_at=timezone.now()
    )


def ask(client, term, readers, **data):
    data = {"how": "draw", "share": 20, "readers": [r.pk for r in readers]} | data
    return client.post(
        reverse("assessments:ask-second-readings", args=[term.start_year]), data, follow=True
    )
