"""Signing in at the organisation's own sign-in: OpenID Connect, code flow with PKCE (ADR 26).

Nothing that comes back is believed before the id_token is checked: who made it (key of the issuer), for
whom (audience), in answer to what (nonce), and when.
"""

import base64
import hashlib
import json
import secrets
import urllib.request
from urllib.parse import urlencode, urlsplit

import jwt
from django.conf import settings

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
CLOCK_SKEW = 30
SECONDS = 10
MAX_BYTES = 1_000_000


class Untrusted(Exception):
    """The answer of the provider can't be believed, or didn't come. Its text is for the log."""


def is_configured():
    return bool(settings.OIDC["ISSUER"] and settings.OIDC["CLIENT_ID"])


def begin(redirect_uri):
    """Returns the address to send the browser to, and what to remember of it in the session."""
    config = _configuration()
    remembered = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(64),
    }
    challenge = hashlib.sha256(remembered["verifier"].encode()).digest()
    query = {
        "response_type": "code",
        "client_id": settings.OIDC["CLIENT_ID"],
        "redirect_uri": redirect_uri,
        "scope": "openid profile email",
        "state": remembered["state"],
        "nonce": remembered["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{config['authorization_endpoint']}?{urlencode(query)}", remembered


def finish(code, redirect_uri, *, nonce, verifier):
    """Exchange the code; returns the claims of a token that passed every check, or raises Untrusted."""
    config = _configuration()
    answer = _fetch(
        config["token_endpoint"],
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": settings.OIDC["CLIENT_ID"],
            "client_secret": settings.OIDC["CLIENT_SECRET"],
            "code_verifier": verifier,
        },
    )
    return _checked(answer.get("id_token", ""), config, nonce)


def _checked(token, config, nonce):
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(
            token,
            _key(config, header),
            algorithms=ALGORITHMS,
            audience=settings.OIDC["CLIENT_ID"],
            issuer=settings.OIDC["ISSUER"],
            leeway=CLOCK_SKEW,
            options={
                "require": ["iss", "sub", "aud", "exp", "iat", "nonce"],
                "verify_iat": True,
                "strict_aud": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError) as problem:
        raise Untrusted(f"id_token: {problem}") from None
    if not secrets.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise Untrusted("id_token: the nonce is not ours")
    if "azp" in claims and claims["azp"] != settings.OIDC["CLIENT_ID"]:
        raise Untrusted("id_token: azp is not us")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims:
        raise Untrusted("id_token: several audiences, and none is named as the party")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise Untrusted("id_token: no subject")
    return claims


def _key(config, header):
    """The issuer's public key that the token names. Only public keys: HS256 has no business here."""
    keys = jwt.PyJWKSet.from_dict(_fetch(config["jwks_uri"]))
    for key in keys.keys:
        if key.key_id == header.get("kid") and key.key_type in {"RSA", "EC"}:
            return key
    raise Untrusted("id_token: its key is not one of the issuer's")


def _configuration():
    """What the issuer says of itself; it must be the issuer that was asked."""
    issuer = settings.OIDC["ISSUER"]
    config = _fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if config.get("issuer") != issuer:
        raise Untrusted(f"the issuer calls itself {config.get('issuer')!r}, not {issuer!r}")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not _is_safe(str(config.get(name, ""))):
            raise Untrusted(f"{name} is not an https address")
    return config


def _is_safe(address):
    """https; plain http only to this very machine, as in the tests."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http"
        and parts.hostname in {"127.0.0.1", "localhost"}
        and not settings.HTTPS
    )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An issuer has no reason to send the server elsewhere."""

    def redirect_request(self, *args):
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def _fetch(address, form=None):
    if not _is_safe(address):
        raise Untrusted(f"{address} is not an https address")
    request = urllib.request.Request(
        address,
        data=urlencode(form).encode() if form else None,
        headers={"Accept": "application/json"},
    )
    try:
        with _opener.open(request, timeout=SECONDS) as response:
            found = json.loads(response.read(MAX_BYTES))
    except (OSError, ValueError) as problem:
        raise Untrusted(f"{address}: {problem}") from None
    if not isinstance(found, dict):
        raise Untrusted(f"{address}: not a JSON object")
    return found


def role_named_by(claims):
    """The name of the role that the claims grant, the first in OIDC_ROLES; or None."""
    held = _values(claims, settings.OIDC["ROLE_CLAIM"])
    pairs = [pair.partition("=") for pair in settings.OIDC["ROLES"].split(",") if pair.strip()]
    return next((role.strip() for value, _, role in pairs if value.strip() in held), None)


def municipality_named_by(claims):
    """Slugs or codes of municipalities in the claims."""
    return _values(claims, settings.OIDC["MUNICIPALITY_CLAIM"])


def has_second_step(claims):
    """Whether the provider says, in the way that was agreed on, that it asked for a second step."""
    wanted = settings.OIDC["AMR"]
    return bool(wanted) and wanted in _values(claims, "amr")


def _values(claims, name):
    value = claims.get(name, []) if name else []
    return [str(one) for one in (value if isinstance(value, list) else [value])]
