"""Headers on every response that Django and django-csp don't set themselves."""

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

# A proxy may answer for a minute, so that a press release doesn't come down on the server; so what is
# withdrawn is gone within a minute (ADR 39).
PUBLIC = "public, max-age=60"
# With a random length (BREACH), and only where nothing is secret: the published part.
_gzip = GZipMiddleware(lambda request: None)


class HeadersMiddleware:
    """Keep private pages out of caches and other origins away from everything."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if _is_published_page(request, response):
            if _is_for_everyone(request, response):
                response = _cached(request, response)
            if response.get("Content-Type", "").startswith("text/html"):
                response = _gzip.process_response(request, response)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        # Static files bring their own Cache-Control; everything else may be a draft.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _is_published_page(request, response):
    match = request.resolver_match
    return (
        match is not None
        and getattr(match.func, "is_published_part", False)
        and response.status_code == 200
        and request.method == "GET"
    )


def _is_for_everyone(request, response):
    """The whole page, for someone who brings no cookie and gets none."""
    return (
        settings.PUBLIC_READING
        and not request.COOKIES
        and not response.cookies
        and not request.htmx
        and not response.has_header("Cache-Control")
    )


def _cached(request, response):
    response.headers["Cache-Control"] = PUBLIC
    # Who signs in, or asks for a part of the page, is not given what was kept for another.
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    if response.streaming:
        return response
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)
