"""What the API answers when it can't do what was asked: problem details (RFC 9457), in Dutch."""

from http import HTTPStatus

from django.http import JsonResponse
from django.utils.encoding import escape_uri_path

MEDIA_TYPE = "application/problem+json"
TITLES = {
    HTTPStatus.BAD_REQUEST: "De vraag klopt niet",
    HTTPStatus.UNAUTHORIZED: "U hebt een token nodig",
    HTTPStatus.FORBIDDEN: "Dit mag uw token niet",
    HTTPStatus.NOT_FOUND: "Dit is er niet",
    HTTPStatus.METHOD_NOT_ALLOWED: "Hier kunt u alleen lezen",
    HTTPStatus.NOT_ACCEPTABLE: "Dit antwoord is er alleen als JSON",
    HTTPStatus.PRECONDITION_FAILED: "Wat u hebt, is niet meer hetzelfde",
    HTTPStatus.TOO_MANY_REQUESTS: "U vraagt te vaak",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Er ging iets mis",
}


class Problem(Exception):
    """An answer that is an error: its status, and a sentence that says what to do.

    `wrong` names the parts of the question that don't fit, each with why; `headers` go along.
    """

    def __init__(self, status, detail, *, wrong=(), headers=()):
        super().__init__(status, detail)
        self.status, self.detail = HTTPStatus(status), detail
        self.wrong, self.headers = list(wrong), dict(headers)

    def response(self, request):
        about = {
            "type": f"/api/#fout-{self.status:d}",
            "title": TITLES[self.status],
            "status": int(self.status),
            "detail": self.detail,
            "instance": escape_uri_path(request.path),
        }
        if self.wrong:
            about["errors"] = self.wrong
        return JsonResponse(
            about,
            status=self.status,
            content_type=MEDIA_TYPE,
            headers=self.headers,
            json_dumps_params={"ensure_ascii": False},
        )


def nothing(what="Dit adres"):
    """What isn't there, or what one may not see: the answer is the same (ADR 16)."""
    return Problem(
        404,
        f"{what} bestaat niet, of is niet gepubliceerd. Kijk op /api/v1 welke adressen er zijn.",
    )


# What pydantic says of a value, in words that say what to do.
_REASONS = {
    "missing": "Deze parameter ontbreekt. Geef hem mee.",
    "int_parsing": "Dit moet een heel getal zijn.",
    "int_from_float": "Dit moet een heel getal zijn.",
    "bool_parsing": "Dit moet true of false zijn.",
    "greater_than_equal": "Dit moet ten minste {ge} zijn.",
    "less_than_equal": "Dit mag hoogstens {le} zijn.",
    "string_too_short": "Dit moet ten minste {min_length} teken lang zijn.",
    "string_too_long": "Dit mag hoogstens {max_length} tekens lang zijn.",
    "string_pattern_mismatch": "Hier staan tekens in die niet kunnen. Het patroon is {pattern}.",
    "literal_error": "Kies uit {expected}.",
    "enum": "Kies uit {expected}.",
    "value_error": "{error}",
}


def in_words(errors):
    """Ninja's list of what doesn't fit, as the parts of a Problem."""
    for error in errors:
        reason = _REASONS.get(error["type"], "Deze waarde kan hier niet.")
        about = {k: str(v).replace(" or ", " of ") for k, v in error.get("ctx", {}).items()}
        yield {"parameter": str(error["loc"][-1]), "detail": reason.format(**about)}
