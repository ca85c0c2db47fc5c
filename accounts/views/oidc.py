"""The way to the organisation's own sign-in and back. Without settings these addresses don't exist."""

import logging
import secrets
import time

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import actions, oidc
from accounts.adapters import SEEN_ELSEWHERE, safe_address
from accounts.models import Identity, User
from accounts.models.people import NEEDS_MUNICIPALITY
from accounts.network import client_address
from accounts.views.signing_in import come_in

WAITING = "oidc"  # in the session: what was asked of the provider; used up by the first answer
SECONDS_TO_ANSWER = 600
log = logging.getLogger(__name__)


@require_POST
@login_not_required
@never_cache
def begin(request):
    """Send the browser to the provider: to sign in, to accept an invitation, or to connect."""
    _or_404()
    if request.user.is_authenticated:  # a stolen session must not open a second way in
        raise_if_reauthentication_required(request, app="accounts")
    try:
        address, remembered = oidc.begin(_back(request))
    except oidc.Untrusted as problem:
        return _refused(request, problem, "De aanmelddienst antwoordt niet goed.")
    request.session[WAITING] = remembered | {
        "at": time.time(),
        "next": safe_address(request, request.POST.get("next")),
        "invitation": request.POST.get("invitation", ""),
        "user": request.user.pk,
    }
    return redirect(address)


@require_GET
@login_not_required
@never_cache
def callback(request):
    """The provider's answer. Whatever is wrong with it: no account, no session, one page that says so."""
    _or_404()
    waiting = request.session.pop(WAITING, None)
    try:
        claims = _claims(request, waiting)
    except oidc.Untrusted as problem:
        return _refused(request, problem, "Het antwoord van de aanmelddienst klopt niet.")
    identity = (
        Identity.objects.select_related("user")
        .filter(issuer=claims["iss"], subject=claims["sub"])
        .first()
    )
    if waiting["user"] or request.user.is_authenticated:
        return _connect(request, waiting, claims, identity)
    try:
        user = _person(waiting, claims, identity)
    except actions.Refused as refusal:
        return _refused(request, f"subject {claims['sub']!r}: {refusal}", str(refusal))
    request.session[SEEN_ELSEWHERE] = oidc.has_second_step(claims)
    return come_in(request, user, method="oidc", then=waiting["next"])


def _claims(request, waiting):
    state = request.GET.get("state", "")
    if not waiting or time.time() - waiting["at"] > SECONDS_TO_ANSWER:
        raise oidc.Untrusted("nothing was asked in this session")
    if not secrets.compare_digest(state.encode(), waiting["state"].encode()):
        raise oidc.Untrusted("the state is not ours")
    if "code" not in request.GET:
        raise oidc.Untrusted(f"error {request.GET.get('error', 'unknown')[:100]!r}")
    return oidc.finish(
        request.GET["code"],
        _back(request),
        nonce=waiting["nonce"],
        verifier=waiting["verifier"],
    )


def _person(waiting, claims, identity):
    """Whose sign-in this is: known, invited, or vouched for by a role claim; else Refused."""
    issuer, subject = claims["iss"], claims["sub"]
    if waiting["invitation"] and identity is None:
        invitation = actions.invitation_of(waiting["invitation"])
        if invitation is None:
            raise actions.Refused("Deze uitnodiging is al gebruikt, ingetrokken of verlopen.")
        return actions.accept(invitation, issuer=issuer, subject=subject)
    if identity and not identity.follows_claim:
        if not identity.user.is_active:
            raise actions.Refused("Uw account is niet actief. Vraag de beheerder om hulp.")
        return identity.user
    role, municipality = _role(claims)
    if identity:
        if not identity.user.is_active:
            raise actions.Refused("Uw account is niet actief. Vraag de beheerder om hulp.")
        actions.follow_claim(identity.user, role=role, municipality=municipality)
        return identity.user
    user = User(
        username=f"oidc-{secrets.token_hex(8)}",
        first_name=str(claims.get("given_name", ""))[:150],
        last_name=str(claims.get("family_name") or claims.get("name") or "")[:150],
        email=str(claims.get("email", ""))[:254],
        municipality=municipality,
    )
    return actions.enrol(user, role=role, issuer=issuer, subject=subject)


def _role(claims):
    name = oidc.role_named_by(claims)
    role = Group.objects.filter(name=name).first() if name else None
    if role is None:
        raise actions.Refused(
            "U hebt nog geen toegang tot dit portaal. Vraag de beheerder om een uitnodiging."
        )
    if name not in NEEDS_MUNICIPALITY:
        return role, None
    places = oidc.municipality_named_by(claims)
    model = User._meta.get_field("municipality").related_model
    found = model.objects.filter(slug__in=places) | model.objects.filter(cbs_code__in=places)
    if found.count() != 1:
        raise actions.Refused(
            "Bij uw rol hoort een gemeente, en die is niet bekend. Vraag de beheerder om een uitnodiging."
        )
    return role, found.get()


def _connect(request, waiting, claims, identity):
    """Tie the provider's subject to the account that asked for it, and to no other."""
    if not request.user.is_authenticated or waiting["user"] != request.user.pk:
        return _refused(
            request, "someone else is signed in", "U bent intussen als een ander aangemeld."
        )
    if identity and identity.user != request.user:
        return _refused(
            request, "subject of another", "Deze aanmelding hoort al bij een ander account."
        )
    if identity is None:
        Identity.objects.create(user=request.user, issuer=claims["iss"], subject=claims["sub"])
    messages.success(request, "De koppeling is gemaakt. U kunt zich voortaan ook zo aanmelden.")
    return redirect("accounts:mine")


def _or_404():
    if not oidc.is_configured():
        raise Http404


def _back(request):
    return request.build_absolute_uri(reverse("accounts:oidc-callback"))


def _refused(request, problem, sentence):
    log.warning("OIDC refused, from %s: %s", client_address(request), problem)
    return render(request, "accounts/oidc_refused.html", {"sentence": sentence}, status=403)
