"""What a person did last in the reading room, so that they can undo it, and the theme to go on with.

Kept in a signed cookie: a row in the database for every mark would cost as much as the mark itself. Whether
it may be undone is decided by the history, not by the cookie.
"""

from django.conf import settings
from django.core import signing

_COOKIE = f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}last-action"
_SALT = "agreements.last_action"
_NOTHING = {"change": None, "what": "", "version": None, "theme": None}


def remember(request, version, context, what, *, theme=None):
    """Note what this request does; `context` is that of the history. It is kept by `keep`."""
    request.last_action = {
        "person": request.user.pk,
        "version": version.pk,
        "change": str(context.id),
        "what": what,
        "theme": theme.pk if theme else last_theme(request),
    }


def forget(request):
    """Nothing can be undone any more; the theme stays the one to go on with."""
    request.last_action = _noted(request) | {"change": None}


def last_action(request, version):
    """What this person did last in this version and may still undo, or None."""
    noted = _noted(request)
    return noted if noted["change"] and noted["version"] == version.pk else None


def last_theme(request):
    """The key of the theme that this person marked with last, or None."""
    return _noted(request)["theme"]


def keep(request, response):
    """Give the browser what was noted during this request, if anything was."""
    if hasattr(request, "last_action"):
        response.set_cookie(
            _COOKIE,
            signing.dumps(request.last_action, salt=_SALT),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _noted(request):
    if hasattr(request, "last_action"):
        return request.last_action
    try:
        noted = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT)
    except signing.BadSignature:
        return _NOTHING
    return noted if noted.get("person") == request.user.pk else _NOTHING
