"""The door of the API: its addresses never come where sessions, cookies and forms are (ADR 48)."""

import logging

from django.conf import settings
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import HttpResponse
from django.http.request import MediaType
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

from api.admission import admit, remaining
from api.models import Token
from api.problems import Problem, nothing
from api.v1.contents import VERSION
from api.v1.description import parameters

log = logging.getLogger(__name__)

PREFIX = "/api/"  # that address itself is the page for developers, an ordinary page
ADDRESSES = "api.v1.addresses"
METHODS = "GET, HEAD, OPTIONS"
OPEN = {"begin", "openapi"}  # what the API is; nothing of what it holds
SCOPES = {"zoekresultaten": Token.Scope.SEARCH}  # all others: reading
JSON_OR_WIDER = {"*/*": 0, "application/*": 1, "application/json": 2}  # how precise each is
SHOWN = "API-Version, ETag, Link, Retry-After"


class Door:
    """Middleware that answers what is under /api/ by itself, with problem details where it can't."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(PREFIX) or request.path == PREFIX:
            return self.get_response(request)
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"  # ninja knows no other; the body goes at the end
        response = _answer(request)
        response.headers["API-Version"] = VERSION
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Authorization"])
        if is_head:
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


def _answer(request):
    match, request.caller = None, None
    try:
        request.get_host()
        match = _match(request)
        response = _found(request, match)
    except Problem as problem:
        response = problem.response(request)
    except DisallowedHost:
        response = Problem(400, "Deze naam hoort niet bij het portaal.").response(request)
    except SuspiciousOperation:
        response = Problem(400, "Deze vraag is te groot. Vraag minder tegelijk.").response(request)
    except Exception:
        log.exception("the API could not answer %s", request.path)
        detail = (
            "Dit ligt aan het portaal. Probeer het later opnieuw, of meld het bij de beheerder."
        )
        response = Problem(500, detail).response(request)
    if request.caller and request.caller.token:
        for name, value in remaining(request.caller.allowance).items():
            response.headers[name] = value
    if _is_for_anyone(match):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SHOWN
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _match(request):
    if request.path.endswith("/"):
        raise Problem(404, "Dit adres eindigt op een schuine streep. Laat die weg.")
    try:
        return resolve(request.path, urlconf=ADDRESSES)
    except Resolver404:
        raise nothing() from None


def _found(request, match):
    """What answers a request at an address that there is."""
    if request.method == "OPTIONS":
        return _options(match)
    if request.method != "GET":
        raise Problem(
            405, f"Met {request.method} kan hier niets. Gebruik GET.", headers={"Allow": METHODS}
        )
    if match.url_name in OPEN:
        _check_accepts(request)
        response = match.func(request)
        response.headers.setdefault("Cache-Control", "public, max-age=60")
        return _unless_known(request, response)
    request.caller = caller = admit(request)
    _check_accepts(request)
    caller.check(SCOPES.get(match.url_name, Token.Scope.READ))
    _check_parameters(request, match)
    response = match.func(request, **match.kwargs)
    if not caller.token and response.status_code == 200:
        # What is withdrawn is gone within a minute (ADR 39). No counts go along: a proxy would give them
        # to someone else.
        response.headers["Cache-Control"] = "public, max-age=60"
    return _unless_known(request, response)


def _check_accepts(request):
    """Raise Problem for who takes no JSON: of the ranges that fit, the most precise decides (RFC 9110, 12.5.1).

    Not by request.accepts(): to that one `application/json; charset=utf-8` is another type, and an empty header
    refuses everything.
    """
    words = request.headers.get("Accept", "").split(",")
    try:
        given = [MediaType(word) for word in words if word.strip()]
    except ValueError:
        raise Problem(400, "De kop Accept klopt niet. Laat hem weg.") from None
    kinds = [(f"{media.main_type}/{media.sub_type}", media.quality) for media in given]
    wishes = [(JSON_OR_WIDER[kind], quality) for kind, quality in kinds if kind in JSON_OR_WIDER]
    if given and not max(wishes, default=(0, 0))[1]:
        raise Problem(406, "Vraag om application/json, of laat de kop Accept weg.")


def _check_parameters(request, match):
    """Raise Problem for a parameter that isn't known, or stands there twice: left out, it would look obeyed."""
    known = parameters()[match.url_name]
    wrong = [
        (name, "Deze parameter bestaat hier niet." if name not in known else "Dit mag één keer.")
        for name, values in request.GET.lists()
        if name not in known or len(values) > 1
    ]
    if wrong:
        raise Problem(
            400,
            f"Hier kunt u vragen om: {', '.join(sorted(known)) or 'niets'}.",
            wrong=[{"parameter": name, "detail": detail} for name, detail in wrong],
        )


def _unless_known(request, response):
    """304 for who has this answer already, by a strong mark: the bytes are the same."""
    if response.status_code != 200:
        return response
    set_response_etag(response)
    # An answer has no date of change, so these two don't count (RFC 9110, 13.1.3 and 13.1.4).
    for name in ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"):
        request.META.pop(name, None)
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer.status_code == 412:
        raise Problem(412, "Het antwoord is veranderd. Vraag het opnieuw op, zonder If-Match.")
    return answer


def _options(match):
    response = HttpResponse(status=204, headers={"Allow": METHODS})
    if _is_for_anyone(match):
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "600"
    return response


def _is_for_anyone(match):
    """Whether a page of another site may read this: it could ask without a token anyway."""
    return match is not None and (settings.PUBLIC_READING or match.url_name in OPEN)
