"""Headers on every response that Django and django-csp don't set themselves."""


class HeadersMiddleware:
    """Keep private pages out of caches and other origins away from everything."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        # Static files bring their own Cache-Control; everything else may be a draft.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
