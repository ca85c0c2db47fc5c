"""Who asks, and whether they may: by a token, or as anyone where reading is public (ADR 48)."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from api.limits import take_one
from api.models import Token
from api.problems import Problem
from municipalities.published import READ

HOW = "Stuur een token mee: Authorization: Bearer, een spatie en uw token. U maakt het onder Mijn account."


@dataclass(frozen=True)
class Caller:
    """Who asks: by which token (None: anyone), and what is left of this minute."""

    token: Token | None
    allowance: object

    def check(self, scope):
        """Raise Problem when the token doesn't reach to this; who needs none may do all that is public."""
        if self.token and scope not in self.token.scopes:
            raise Problem(
                403,
                f"Hiervoor is het bereik “{scope}” nodig, en dat heeft uw token niet. "
                "Maak onder Mijn account een token dat dit mag.",
                headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
            )


def admit(request):
    """The Caller of a request, who is counted; or raise Problem.

    Whoever comes without a good token is counted by address, so a wrong one can't be tried without end.
    """
    given = request.headers.get("Authorization")
    token = _token_of(given) if given is not None else None
    if token:
        allowance = take_one(f"token {token.pk}", settings.API_PER_MINUTE)
    else:
        allowance = take_one(_place_of(request), settings.API_PER_MINUTE_OPEN)
    if allowance.is_over:
        raise Problem(
            429,
            f"U mag hier {allowance.limit} keer per minuut vragen. Wacht {allowance.reset} seconden.",
            headers={"Retry-After": str(allowance.reset), **remaining(allowance)},
        )
    if token is None:
        _check_open(given)
    elif token.last_used_on != timezone.localdate():
        # A day is enough to tell which token nobody uses any more; so this is one write a day.
        Token.objects.filter(pk=token.pk).update(last_used_on=timezone.localdate())
    return Caller(token, allowance)


def remaining(allowance):
    """What is left, as headers."""
    return {
        "RateLimit-Limit": str(allowance.limit),
        "RateLimit-Remaining": str(allowance.remaining),
        "RateLimit-Reset": str(allowance.reset),
    }


def _token_of(given):
    """The token of a header, if it works now and its owner still reads here; else None."""
    kind, _, secret = given.partition(" ")
    if kind.lower() != "bearer":
        return None
    token = Token.objects.of_secret(secret.strip()).live().select_related("owner").first()
    # With public reading everyone has the right, also who may not come in any more.
    return token if token and token.owner.is_active and token.owner.has_perm(READ) else None


def _check_open(given):
    """Raise Problem unless anyone may read, without a token that is wrong."""
    if given is not None:
        raise Problem(
            401,
            "Dit token werkt niet: het is onbekend, verlopen of ingetrokken, of uw account mag niet meer lezen. "
            "Maak onder Mijn account een nieuw token.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    if not settings.PUBLIC_READING:
        raise Problem(401, HOW, headers={"WWW-Authenticate": "Bearer"})


def _place_of(request):
    """The address of who asks, as a keyed hash: nobody needs to read it back."""
    address = import_string(settings.CLIENT_ADDRESS)(request)
    return salted_hmac("api.limits", address, algorithm="sha256").hexdigest()
