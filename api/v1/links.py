"""Addresses in answers: of the API itself, and of the page of the portal that shows the same.

They begin with a slash: they hold at the host that was asked, whatever its name.
"""

from urllib.parse import urlencode

from django.urls import reverse

from agreements.models import lit_passage

BASE = "/api/v1"


def to(*parts, **query):
    """An address of the API from its parts, each with a way of its own behind the question mark."""
    path = "/".join([BASE, *map(str, parts)])
    return f"{path}?{urlencode(query)}" if query else path


def id_of(coalition):
    return f"{coalition.term.start_year}-{coalition.municipality.slug}"


def assessment(coalition, theme):
    """A judgement keeps its address when it is revised."""
    return to("coalities", id_of(coalition), "beoordelingen", theme.slug)


def version(version):
    return to("akkoorden", version.agreement_id, "versies", version.number)


def page_of_municipality(coalition, theme=None):
    page = reverse(
        "overview:municipality", args=[coalition.term.start_year, coalition.municipality.slug]
    )
    return f"{page}#{theme.slug}" if theme else page


def page_of_document(coalition, version):
    return reverse(
        "overview:document",
        args=[coalition.term.start_year, coalition.municipality.slug, version.pk],
    )


def page_of_passage(coalition, passage):
    return lit_passage(page_of_document(coalition, passage.version), passage.pk)
