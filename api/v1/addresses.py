"""The addresses of version 1. The door alone knows them; for the rest of the portal they aren't there."""

from django.conf import settings
from django.http import JsonResponse
from django.urls import include, path

from api.v1.contents import VERSION, api
from api.v1.description import description
from api.v1.links import to

LISTS = (
    "gemeenten", "raadsperioden", "coalities", "themas", "akkoorden", "passages", "beoordelingen",
    "reacties", "zoekresultaten", "wijzigingen",
)  # fmt: skip


def begin(request):
    """Where to begin, for a program."""
    return _json(
        {
            "naam": api.title,
            "versie": VERSION,
            "uitleg": "/api/",
            "openapi": to("openapi.json"),
            "adressen": {name: to(name) for name in LISTS},
        }
    )


def openapi(request):
    return _json(description(is_public=settings.PUBLIC_READING, contact=settings.CONTACT_EMAIL))


def _json(content):
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


_of_ninja = [each for each in api.urls[0] if each.name != "api-root"]
urlpatterns = [
    path("api/v1", begin, name="begin"),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", include(_of_ninja)),
]
