"""The NL API Design Rules 2.1, one test per rule that can be tested; the name of each is the id of its rule.

https://gitdocumentatie.logius.nl/publicatie/api/adr/2.1.0/. What isn't here is said in ADR 48.
"""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.door import ADDRESSES
from api.models import Tally, Token
from tests.world import make_world

OPENAPI = "/api/v1/openapi.json"
SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[\w.-]+)?(\+[\w.-]+)?")
KEBAB = re.compile(r"(/[a-z]+(-[a-z]+)*|/\{[a-z]+(-[a-z]+)*\})+")
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')


@pytest.fixture
def openapi(program, settings):
    settings.CONTACT_EMAIL = "portaal@example.org"
    return program.get(OPENAPI).json()


def operations(openapi):
    for path, methods in openapi["paths"].items():
        for method, about in methods.items():
            yield path, method, about


@pytest.fixture
def answers(program):
    """Every list and the first thing in it, as they come."""
    make_world()
    found = {}
    for name, path in program.get("/api/v1").json()["adressen"].items():
        response = program.get(f"{path}?q=ondermijning" if name == "zoekresultaten" else path)
        found[name] = response
        for row in response.json()["resultaten"][:1]:
            if "zelf" in row:
                found[row["zelf"]] = program.get(row["zelf"])
    return found


def test_core_naming_resources_and_collections(openapi):
    """/core/naming-resources, /core/naming-collections: plural nouns, each followed by which one."""
    for path in openapi["paths"]:
        for word in path.strip("/").split("/"):
            assert word.startswith("{") or word.endswith(("en", "s")), path


def test_core_interface_language(openapi):
    """/core/interface-language: the words of the domain, in Dutch."""
    words = {path.strip("/").split("/")[0] for path in openapi["paths"]}
    assert words == {
        "gemeenten", "raadsperioden", "coalities", "themas", "akkoorden", "passages",
        "beoordelingen", "reacties", "zoekresultaten", "wijzigingen",
    }  # fmt: skip


def test_core_no_trailing_slash(openapi, program):
    for path in openapi["paths"]:
        assert not path.endswith("/")
        assert program.get(f"/api/v1{path}/").status_code == 404


def test_core_path_segments_kebab_case(openapi):
    assert [path for path in openapi["paths"] if not KEBAB.fullmatch(path)] == []


def test_core_query_keys_camel_case(openapi):
    names = {p["name"] for *_, about in operations(openapi) for p in about.get("parameters", ())}
    assert [name for name in names if not CAMEL.fullmatch(name)] == []
    assert {"gemeente", "paginaGrootte"} <= names


def test_properties_are_camel_case(openapi):
    """The linter of the rules looks at this too: property-casing and schema-camel-case."""
    for name, schema in openapi["components"]["schemas"].items():
        assert re.fullmatch(r"([A-Z][a-z0-9]*)+", name)
        assert [each for each in schema["properties"] if not CAMEL.fullmatch(each)] == []


def test_core_hide_implementation(program, answers):
    for response in [*answers.values(), program.get("bestaat-niet"), program.get("gemeenten?x=1")]:
        headers = str(response.headers).lower()
        assert not re.search("django|ninja|pydantic|postgres|python", response.text.lower())
        assert not re.search("django|ninja|pydantic|postgres|python|granian", headers)


def test_core_http_methods(openapi, program):
    assert {method for _, method, _ in operations(openapi)} == {"get"}
    for path in ("/api/v1/gemeenten", OPENAPI):
        assert program.get(path).status_code != 405
        assert program.ask("HEAD", path).status_code != 405
        refused = program.ask("PROPFIND", path)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_core_http_safety(program, answers):
    """Reading changes nothing but what is counted of it (ADR 48)."""
    counted = {Tally._meta.db_table, Token._meta.db_table}
    for name in answers:
        path = name if name.startswith("/") else f"/api/v1/{name}"
        query = {"q": "ondermijning"} if name == "zoekresultaten" else {}
        with CaptureQueriesContext(connection) as captured:
            assert program.get(path, query).status_code == 200
        written = [WRITES.match(each["sql"] or "") for each in captured]
        assert {found[2] for found in written if found} <= counted, path


def test_core_stateless(program, answers):
    assert all(not response.cookies for response in answers.values())


def test_core_nested_child(openapi):
    assert "/akkoorden/{akkoord}/versies/{versie}" in openapi["paths"]
    assert "/coalities/{coalitie}/beoordelingen/{thema}" in openapi["paths"]


def test_core_doc_openapi(openapi):
    assert openapi["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(openapi).validate()
    assert all(ref.startswith("#/components/") for ref in re.findall(r'"\$ref": "([^"]+)"', json.dumps(openapi)))  # fmt: skip


def test_core_doc_openapi_describes_every_address(openapi):
    described = {about["operationId"] for *_, about in operations(openapi)}
    assert described == set(_names(get_resolver(ADDRESSES))) - {"begin", "openapi"}


def test_core_doc_openapi_contact(openapi):
    contact = openapi["info"]["contact"]
    assert contact.keys() == {"name", "url", "email"}
    assert all(contact.values())


def test_core_doc_language(openapi):
    for path, _, about in operations(openapi):
        assert about["summary"], path
        assert re.search(r"\b(de|het|een|wat|welke|elke|zoek|raadsperioden)\b", about["description"].lower()), path  # fmt: skip


def test_core_publish_openapi(anyone):
    response = anyone.get(OPENAPI, Origin="https://elders.example")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert anyone.get("/api/v1/openapi.yaml").status_code == 404  # only JSON is a must


def test_core_uri_version(openapi):
    (server,) = openapi["servers"]
    major = openapi["info"]["version"].partition(".")[0]
    assert f"/v{major}" in server["url"]


def test_core_semver(openapi):
    assert SEMVER.fullmatch(openapi["info"]["version"])


def test_core_version_header(openapi, program, answers):
    version = openapi["info"]["version"]
    for response in [program.get("/api/v1"), program.get("niets"), *answers.values()]:
        assert response["API-Version"] == version
    for *_, about in operations(openapi):
        for status, response in about["responses"].items():
            assert "API-Version" in response["headers"], status


def test_core_changelog_and_deprecation_schedule(client, openapi):
    """/core/changelog, /core/deprecation-schedule, /core/transition-period: on a page without signing in."""
    page = client.get("/api/").text
    assert "Wat er veranderde" in page
    assert f'<th scope="row">{openapi["info"]["version"]}</th>' in page
    assert "een jaar van tevoren" in page
    assert [about for *_, about in operations(openapi) if about.get("deprecated")] == []


def test_core_error_handling_problem_details(openapi, program, anyone):
    for response in (
        program.get("niets"),
        program.get("gemeenten?x=1"),
        program.ask("POST", "gemeenten"),
        anyone.get("gemeenten"),
    ):
        assert response["Content-Type"] == "application/problem+json"
        assert {"type", "title", "status", "detail", "instance"} <= response.json().keys()
    for *_, about in operations(openapi):
        for status, response in about["responses"].items():
            if status[0] in "45":
                assert list(response["content"]) == ["application/problem+json"]


def test_core_error_handling_invalid_input(program):
    """In 2.1 this is not a rule yet; what can't be understood is a 400."""
    assert program.get("gemeenten?pagina=x").status_code == 400


def test_core_date_time(openapi, answers):
    """/core/date-time: RFC 3339, with a time zone; a day without a time is a day."""
    told = answers["beoordelingen"].json()["resultaten"]
    assert all(DATE_TIME.fullmatch(row["gepubliceerdOp"]) for row in told)
    schemas = openapi["components"]["schemas"]
    assert schemas["Beoordeling"]["properties"]["gepubliceerdOp"]["format"] == "date-time"
    assert {"format": "date", "type": "string"} in schemas["Akkoord"]["properties"]["datum"][
        "anyOf"
    ]


def test_core_transport_security(program, settings):
    """/core/transport/tls, -security-headers: one is sent on to https, and told to stay there."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert program.get("gemeenten")["Location"].startswith("https://")
    secure = program.client.get(OPENAPI, secure=True)
    for name in ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"):  # fmt: skip
        assert name in secure


def test_core_transport_no_sensitive_uris(openapi):
    """A token goes in a header, and there is no parameter for one."""
    (scheme,) = openapi["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    names = {p["name"] for *_, about in operations(openapi) for p in about.get("parameters", ())}
    assert not {name for name in names if re.search("token|key|sleutel|wachtwoord", name)}


def test_core_transport_cors(anyone, settings):
    """Other sites may read what anyone may read, without credentials; tests/api/test_door.py has the rest."""
    assert "Access-Control-Allow-Origin" not in anyone.get("gemeenten")
    settings.PUBLIC_READING = True
    assert anyone.get("gemeenten")["Access-Control-Allow-Origin"] == "*"


def _names(resolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _names(each)
        elif isinstance(each, URLPattern):
            yield each.name
