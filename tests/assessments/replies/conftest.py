"""A coalition and its contact."""

import pytest

from tests.factories import CoalitionFactory


@pytest.fixture
def coalition(db):
    return CoalitionFactory()


@pytest.fixture
def contact(sign_in, coalition):
    return sign_in("Gemeentecontact", municipality=coalition.municipality)
