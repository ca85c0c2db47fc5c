"""The municipalities of a term as lists name them: light, and with their addresses."""

from dataclasses import dataclass

from django.urls import reverse

from agreements.models import lit_passage
from municipalities.models import Coalition, Neighbour


@dataclass(frozen=True)
class Place:
    """A municipality in one term. The router is asked once for all of them: a page names many."""

    coalition: int
    municipality: int
    name: str
    slug: str
    address: str

    def __str__(self):
        return self.name

    def passage(self, version, passage):
        """Where a passage stands in its document."""
        return lit_passage(f"{self.address}documenten/{version}/", passage)


def places_of(term):
    """The Place of every coalition of a term by its key, in the order of their names; in one query."""
    address = reverse("overview:municipality", args=[term.start_year, "gemeente"])
    before, _, after = address.rpartition("gemeente")
    rows = (
        Coalition.objects.filter(term=term)
        .order_by("municipality__name")
        .values_list("pk", "municipality", "municipality__name", "municipality__slug")
    )
    return {
        pk: Place(pk, key, name, slug, f"{before}{slug}{after}") for pk, key, name, slug in rows
    }


def neighbours_of(municipality):
    """The keys of the municipalities beside this one (a key too; None has none)."""
    if municipality is None:
        return set()
    beside = Neighbour.objects.filter(from_municipality=municipality)
    return set(beside.values_list("to_municipality", flat=True))
