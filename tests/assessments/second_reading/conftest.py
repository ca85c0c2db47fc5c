"""The first and the second reader."""

import pytest

from tests.factories import UserFactory


@pytest.fixture
def author(db):
    return UserFactory(role="Adviseur")


@pytest.fixture
def reader(db):
    return UserFactory(role="Adviseur", first_name="Bram", last_name="Smit")
