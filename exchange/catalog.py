"""What there is as open data, described in DCAT as DCAT-AP-NL asks for it, in JSON-LD."""

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.timezone import localdate

from assessments.models import Assessment
from exchange import annotations, workbook
from exchange.workbook import PUBLISHER, TITLE
from municipalities.models import Municipality
from overview.content import readable_versions

_EU = "http://publications.europa.eu/resource/authority/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_FORMATS = {"ods": "ODS", "xlsx": "XLSX", "csv": "CSV"}
_ABOUT = (
    "Letterlijke citaten uit de coalitieakkoorden van Twentse gemeenten over zes veiligheidsthema’s, met de "
    "maatregelen en de beoordelingen van Veiligheidsregio Twente. Alleen wat gepubliceerd is."
)


def catalog(*, address_of, own_address):
    """The catalog with its two data sets. `address_of` makes a whole address of a path.

    Without a licence in the settings none is named: nobody has decided on one.
    """
    common = _common()
    tables = [_table(address_of, table, kind) for table, kind in workbook.FILES]
    texts = [_annotations(address_of, version) for version in _versions()]
    datasets = [_dataset(f"{own_address}#tabellen", TITLE, _ABOUT, tables, common)]
    if texts:
        about = "Dezelfde citaten als W3C Web Annotations: per versie van een akkoord een bestand."
        title = f"{TITLE}: annotaties"
        datasets.append(_dataset(f"{own_address}#annotaties", title, about, texts, common))
    return {
        "@context": _CONTEXT,
        "@id": own_address,
        "@type": "dcat:Catalog",
        "dct:title": _dutch(TITLE),
        "dct:description": _dutch(_ABOUT),
        "dct:publisher": common["dct:publisher"],
        "dct:language": common["dct:language"],
        "dcat:dataset": datasets,
    }


def _common():
    """What every data set says of itself, as far as it is known."""
    published = Assessment.objects.published().order_by()
    known = published.aggregate(
        modified=Max("published_at"),
        begin=Min("coalition__term__start_year"),
        end=Max("coalition__term__end_year"),
    )
    places = Municipality.objects.filter(pk__in=published.values("coalition__municipality"))
    said = {
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": PUBLISHER},
        "dct:language": {"@id": f"{_EU}language/NLD"},
        "dcat:theme": {"@id": f"{_EU}data-theme/GOVE"},
        "dct:accessRights": {
            "@id": f"{_EU}access-right/{'PUBLIC' if settings.PUBLIC_READING else 'RESTRICTED'}"
        },
        "dct:spatial": [
            {"@type": "dct:Location", "dct:identifier": place.cbs_code, "rdfs:label": place.name}
            for place in places
        ],
    }
    if settings.CONTACT_EMAIL:
        said["dcat:contactPoint"] = {
            "@type": "vcard:Organization",
            "vcard:fn": PUBLISHER,
            "vcard:hasEmail": {"@id": f"mailto:{settings.CONTACT_EMAIL}"},
        }
    if known["modified"]:
        said["dct:modified"] = _typed(localdate(known["modified"]).isoformat(), "date")
        said["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(str(known["begin"]), "gYear"),
            "dcat:endDate": _typed(str(known["end"]), "gYear"),
        }
    return said


def _versions():
    return (
        readable_versions()
        .without_text()
        .select_related("agreement__coalition__municipality", "agreement__coalition__term")
        .order_by("agreement__coalition__municipality__name", "agreement_id", "number")
    )


def _dataset(name, title, about, distributions, common):
    return common | {
        "@id": name,
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _dutch(title),
        "dct:description": _dutch(about),
        "dcat:distribution": distributions,
    }


def _table(address_of, table, kind):
    address = address_of(reverse("exchange:table-file", args=[table, kind]))
    media_type = workbook.FILES[table, kind].partition(";")[0]
    return _distribution(f"{table.capitalize()} ({kind.upper()})", address, media_type, _FORMATS[kind])  # fmt: skip


def _annotations(address_of, version):
    address = address_of(reverse("exchange:annotations-file", args=[version.pk]))
    invented = " (verzonnen voorbeeld)" if version.agreement.is_fiction else ""
    coalition = version.agreement.coalition
    title = f"{coalition}: {version.agreement}, versie {version.number}{invented}"
    return _distribution(title, address, annotations.MEDIA_TYPE, "JSON_LD")


def _distribution(title, address, media_type, kind):
    said = {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _dutch(title),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        "dct:format": {"@id": f"{_EU}file-type/{kind}"},
    }
    if settings.OPEN_DATA_LICENCE:
        said["dct:license"] = {"@id": settings.OPEN_DATA_LICENCE}
    return said


def _dutch(text):
    return {"@value": text, "@language": "nl"}


def _typed(value, kind):
    return {"@value": value, "@type": f"xsd:{kind}"}
