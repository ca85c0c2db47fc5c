"""How often a part of the portal may die before the portal gives up."""

import pytest

from vrt_portal.child import Restarts, TooManyRestarts


def test_gives_up_on_what_dies_again_and_again():
    restarts = Restarts(most=2, seconds=60)
    restarts.count("De worker")
    restarts.count("De worker")

    with pytest.raises(TooManyRestarts, match="De worker valt steeds weer uit"):
        restarts.count("De worker")


def test_counts_a_worker_that_falls_with_its_database_apart():
    restarts = Restarts(most=2, seconds=60)

    for _ in range(2):
        restarts.count("De database")
        restarts.count("De worker")


def test_forgets_what_was_long_ago():
    restarts = Restarts(most=2, seconds=0)

    for _ in range(5):
        restarts.count("De worker")
