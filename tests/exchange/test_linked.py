"""Annotations and the catalog, read as linked data and held against the texts."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rdflib import Graph, Namespace
from rdflib.namespace import DCAT, DCTERMS, RDF

from tests.exchange.papers import coding_of
from tests.factories import ThemeFactory, VersionFactory, published_of
from tests.overview.published import coalition_of, place, point, published_that_says

# rdflib warns of what its own reader of JSON-LD still uses.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
# As much of http://www.w3.org/ns/anno.jsonld as our files use; nothing is fetched.
CONTEXT = {
    "oa": str(OA), "dc": "http://purl.org/dc/elements/1.1/", "dcterms": str(DCTERMS), "as": str(AS),
    "foaf": "http://xmlns.com/foaf/0.1/", "rdf": str(RDF), "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource", "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "AnnotationPage": "as:OrderedCollectionPage", "AnnotationCollection": "as:OrderedCollection",
    "Organization": "foaf:Organization",
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"}, "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "tagging": "oa:tagging", "classifying": "oa:classifying", "commenting": "oa:commenting", "describing": "oa:describing",
    "creator": {"@id": "dcterms:creator", "@type": "@id"}, "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "rights": {"@id": "dcterms:rights", "@type": "@id"}, "name": "foaf:name", "label": "rdfs:label",
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value", "language": "dc:language",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"}, "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "partOf": {"@id": "as:partOf", "@type": "@id"}, "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
}  # fmt: skip


@pytest.fixture
def scene(db):
    """A published passage that stands twice, behind characters that count double elsewhere; and a draft."""
    version = VersionFactory(
        text="😀 Wij pakken drugs aan. Ook hier: Wij pakken drugs aan. En de rest.",
        agreement__coalition=coalition_of(place("Enschede", cbs_code="GM0153")),
    )
    public = coding_of(version, "Wij pakken drugs aan.", focus_point=point("drugs"))
    published_of(public)
    coding_of(version, "En de rest.", note="Nog bespreken", theme=ThemeFactory(key="zorg"))
    return version


def annotations_of(client, version, *, work=False):
    name = "exchange:work-annotations-file" if work else "exchange:annotations-file"
    response = client.get(reverse(name, args=[version.pk]))
    assert response["Content-Type"] == "application/ld+json"
    return json.loads(response.content)


def graph_of(document):
    assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
    return Graph().parse(data=json.dumps(document | {"@context": CONTEXT}), format="json-ld")


def test_a_reader_gets_the_published_passages_alone(client, sign_in, scene):
    sign_in("Burgemeester")

    graph = graph_of(annotations_of(client, scene))

    (annotation,) = graph.subjects(RDF.type, OA.Annotation)
    assert {str(tag) for tag in graph.objects(None, RDF.value)} == {
        "Ondermijning",
        "Drugs",
        "sterkte: uitgewerkt",
    }
    assert graph.value(annotation, OA.motivatedBy) == OA.tagging
    tagged = {str(graph.value(body, OA.hasSource)) for body in graph.objects(annotation, OA.hasBody)}  # fmt: skip
    assert f"http://testserver{reverse('overview:theme', args=[2026, 'ondermijning'])}" in tagged


def test_who_sees_work_gets_every_passage_with_its_note(client, sign_in, scene):
    sign_in("Adviseur")

    graph = graph_of(annotations_of(client, scene, work=True))

    assert len(list(graph.subjects(RDF.type, OA.Annotation))) == 2
    assert "Nog bespreken" in map(str, graph.objects(None, RDF.value))


def test_both_selectors_lead_to_the_words_in_the_text(client, sign_in, scene):
    sign_in("Adviseur")
    page = annotations_of(client, scene, work=True)

    for item in page["items"]:
        quote, position = item["target"]["selector"]
        text = client.get(item["target"]["source"]).content.decode()
        assert text[position["start"] : position["end"]] == quote["exact"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.count(around) == 1
        assert text.index(around) + len(quote["prefix"]) == position["start"]


def test_the_creator_is_a_role(client, sign_in, scene):
    advisor = sign_in("Adviseur", last_name="Geheim", username="geheim")
    scene.passages.first().codings.update(created_by=advisor)

    page = annotations_of(client, scene, work=True)

    assert page["items"][0]["creator"]["name"] == "Veiligheidsregio Twente, rol: Adviseur"
    assert "eheim" not in str(page)


def test_what_is_made_up_says_so(client, sign_in, db):
    assessment = published_that_says(
        coalition_of(place("Enschede")), ("Brand.", None, 2, None), is_fiction=True
    )
    sign_in("Burgemeester")

    page = annotations_of(client, assessment.codings.get().passage.version)

    assert page["partOf"]["label"].startswith("VERZONNEN VOORBEELD")
    assert page["items"][0]["body"][-1]["purpose"] == "describing"


@pytest.mark.parametrize("name", ["exchange:annotations-file", "exchange:text-file"])
def test_a_version_that_no_reader_may_open_is_not_there(client, sign_in, db, name):
    version = VersionFactory()
    sign_in("Burgemeester")

    assert client.get(reverse(name, args=[version.pk])).status_code == 404


def catalog_of(client):
    return Graph().parse(data=client.get(reverse("exchange:catalog-file")).content, format="json-ld")  # fmt: skip


def test_the_catalog_describes_files_that_are_there(client, sign_in, scene):
    sign_in("Burgemeester")

    graph = catalog_of(client)

    addresses = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    assert len(addresses) == 6
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert b"".join(response) != b""
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.modified, DCTERMS.temporal, DCTERMS.spatial, DCTERMS.identifier, DCAT.theme):  # fmt: skip
            assert graph.value(dataset, needed) is not None, needed
    assert {str(code) for place in graph.objects(None, DCTERMS.spatial) for code in graph.objects(place, DCTERMS.identifier)} == {"GM0153"}  # fmt: skip


def test_no_licence_is_named_until_one_is_chosen(client, sign_in, scene, settings):
    sign_in("Burgemeester")
    assert not list(catalog_of(client).objects(None, DCTERMS.license))

    settings.OPEN_DATA_LICENCE = "https://example.org/licentie"

    assert set(map(str, catalog_of(client).objects(None, DCTERMS.license))) == {
        "https://example.org/licentie"
    }
    assert annotations_of(client, scene)["items"][0]["rights"] == "https://example.org/licentie"


def test_the_catalog_says_whether_everyone_may_read(client, sign_in, scene, settings):
    sign_in("Burgemeester")
    assert "access-right/RESTRICTED" in client.get(reverse("exchange:catalog-file")).text

    settings.PUBLIC_READING = True

    assert "access-right/PUBLIC" in client.get(reverse("exchange:catalog-file")).text


def test_query_counts_do_not_grow(client, sign_in, scene):
    sign_in("Adviseur")
    addresses = [
        reverse("exchange:catalog-file"),
        reverse("exchange:annotations-file", args=[scene.pk]),
        reverse("exchange:work-annotations-file", args=[scene.pk]),
    ]
    few = [asked(client, address) for address in addresses]

    for number in range(4):
        published_that_says(coalition_of(place(f"Plaats {number}")), ("Brand.", None, 2, None))
    for quote in ("Wij", "pakken", "drugs", "rest"):
        coding_of(scene, quote)

    assert [asked(client, address) for address in addresses] == few


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
