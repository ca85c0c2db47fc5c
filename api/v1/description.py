"""The description of the API: OpenAPI 3.1, made of the operations themselves."""

from functools import cache
from http import HTTPStatus

from django.conf import settings

from api.problems import MEDIA_TYPE, TITLES
from api.v1.contents import api
from api.v1.links import BASE
from api.v1.shapes import Probleem

# What every operation may answer besides what was asked.
_REFUSALS = (400, 401, 403, 404, 406, 412, 429, 500)
_REF = "#/components/schemas/{model}"
_VERSION = {
    "API-Version": {
        "description": "De volledige versie van de API.",
        "schema": {"type": "string"},
        "required": True,
    }
}
_ETAG = {"ETag": {"description": "Kenmerk van dit antwoord.", "schema": {"type": "string"}}}
_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "Een token van uw account. Bereik lezen: alles, behalve zoeken; bereik zoeken: zoekresultaten.",
}


@cache
def parameters():
    """Per name of an operation what may be asked of it, so that anything else can be refused."""
    return {
        name: {each["name"] for each in about.get("parameters", ()) if each["in"] == "query"}
        for name, about in _operations(_of_ninja())
    }


@cache
def description(*, is_public, contact):
    """The whole document. Whether a token is needed depends on PUBLIC_READING, the contact on CONTACT_EMAIL."""
    document = _of_ninja()
    document["info"] |= {
        "contact": {
            "name": "Veiligheidsregio Twente",
            "url": settings.PORTAL_ADDRESS,
            **({"email": contact} if contact else {}),
        },
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }
    document["servers"] = [{"url": BASE, "description": "Dit portaal"}]
    document["components"]["schemas"] |= _problem()
    document["components"]["securitySchemes"] = {"token": _TOKEN}
    document["security"] = [{"token": []}, *([{}] if is_public else [])]
    document["tags"] = [{"name": name} for name in dict.fromkeys(a["tags"][0] for _, a in _operations(document))]  # fmt: skip
    for _, about in _operations(document):
        _complete(about)
    return document


def _of_ninja():
    return dict(api.get_openapi_schema(path_prefix=""))


def _operations(document):
    for methods in document["paths"].values():
        for about in methods.values():
            yield about["operationId"], about


def _problem():
    schema = Probleem.model_json_schema(ref_template=_REF, mode="serialization")
    parts = schema.pop("$defs", {})
    return {"Probleem": schema, **parts}


def _complete(about):
    """What ninja leaves out: headers, refusals; and a default that is no value."""
    for parameter in about.get("parameters", ()):
        parameter.pop("examples", None)  # they stand in the schema, in the form that a schema has
        if parameter["schema"].get("default", ...) is None:
            del parameter["schema"]["default"]
    responses = about["responses"] = {str(k): v for k, v in about["responses"].items()}
    responses["200"] |= {"description": "Wat u vroeg.", "headers": _VERSION | _ETAG}
    responses["304"] = {
        "description": "U hebt dit al: er is niets veranderd.",
        "headers": _VERSION | _ETAG,
    }
    for status in _REFUSALS:
        responses[str(status)] = {
            "description": TITLES[HTTPStatus(status)],
            "headers": _VERSION,
            "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Probleem")}}},
        }
