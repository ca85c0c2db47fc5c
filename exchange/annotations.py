"""The passages of one version as W3C Web Annotations, in JSON-LD.

Each annotation points into the plain text of the version by its words and by its place, which counts Unicode code
points from 0, as the model asks.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from agreements.models import Coding
from exchange.highlights import FICTION
from exchange.identity import guid
from exchange.quotes import NO_ROLE, role_of
from exchange.scope import IS_PUBLISHED
from exchange.workbook import PUBLISHER

MEDIA_TYPE = "application/ld+json"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters before and after, by which a quote is found again in another text


def page_of(version, *, is_work, address_of, own_address):
    """An AnnotationPage with every coding of the version: what is published, or of work all with their notes.

    `version` has its text; `address_of` makes a whole address of a path.
    """
    codings = Coding.objects.filter(passage__version=version)
    if not is_work:
        codings = codings.filter(IS_PUBLISHED)
    codings = codings.select_related(
        "passage", "theme", "focus_point__regional_input__term"
    ).annotate(role=role_of("created_by"))
    codings = list(codings.order_by("passage__start", "passage__end", "theme__number", "pk"))
    agreement = version.agreement
    label = f"{agreement}, versie {version.number} ({agreement.coalition})"
    source = address_of(reverse("exchange:text-file", args=[version.pk]))
    return {
        "@context": CONTEXT,
        "id": own_address,
        "type": "AnnotationPage",
        "partOf": {
            "id": f"{own_address}#verzameling",
            "type": "AnnotationCollection",
            "label": f"{FICTION} {label}" if agreement.is_fiction else label,
            "total": len(codings),
        },
        "startIndex": 0,
        "items": [
            _annotation(coding, version, source, is_work=is_work, address_of=address_of)
            for coding in codings
        ],
    }


def _annotation(coding, version, source, *, is_work, address_of):
    passage = coding.passage
    text, start, end = version.text, passage.start, passage.end
    made = localtime(coding.created_at).isoformat(timespec="seconds")
    role = coding.role or NO_ROLE
    annotation = {
        "id": f"urn:uuid:{guid('annotation', version.sha256, coding.pk)}",
        "type": "Annotation",
        "motivation": "tagging",
        "created": made,
        "creator": {
            "id": f"urn:uuid:{guid('role', role)}",
            "type": "Organization",
            "name": f"{PUBLISHER}, rol: {role}",
        },
        "body": list(_bodies(coding, version, is_work=is_work, address_of=address_of)),
        "target": {
            "source": source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": passage.quote,
                    "prefix": text[max(start - _AROUND, 0) : start],
                    "suffix": text[end : end + _AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }
    if settings.OPEN_DATA_LICENCE:
        annotation["rights"] = settings.OPEN_DATA_LICENCE
    return annotation


def _bodies(coding, version, *, is_work, address_of):
    year = version.agreement.coalition.term.start_year
    theme = address_of(reverse("overview:theme", args=[year, coding.theme.slug]))
    yield {"type": "SpecificResource", "purpose": "tagging", "source": theme}
    yield _said("tagging", coding.theme.name)
    point = coding.focus_point
    if point:
        asked = address_of(reverse("themes:input", args=[point.regional_input.term.start_year]))
        yield {"type": "SpecificResource", "purpose": "tagging", "source": f"{asked}#{point.slug}"}
        yield _said("tagging", point.name)
    yield _said("classifying", f"sterkte: {coding.get_strength_display()}")
    if is_work and coding.note:
        yield _said("commenting", coding.note)
    if version.agreement.is_fiction:
        yield _said("describing", FICTION)


def _said(purpose, value):
    return {"type": "TextualBody", "purpose": purpose, "value": value, "language": "nl"}
