"""Nothing typed is lost when the sign-in has expired (ADR 25)."""

import re
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import Resolver404, resolve

from accounts.models import KeptForm

MAX_BYTES = 200_000
MAX_FORMS = 10  # of one person
MARK = "bewaard"  # the field by which a form that is sent again names its kept text
NEVER = ("password", "wachtwoord", "credential", "csrfmiddlewaretoken", MARK)
ACCOUNT_PAGES_WITH_TEXT = {"accounts:invite", "accounts:user-change"}
PREFIX = re.compile(r"[a-z]+-?\d+-")  # of one form among several on a page


@transaction.atomic
def keep(request, *, owner):
    """Keep what was typed in this request for the person it belongs to; returns it, or None."""
    if not _may_hold_text(request.resolver_match):
        return None
    fields = _typed(request)
    size = sum(len(text.encode()) for name, values in fields for text in [name, *values])
    if not fields or size > MAX_BYTES:
        return None
    user = get_user_model().objects.filter(pk=owner, is_active=True).first()
    if user is None:
        return None
    address = request.get_full_path()
    KeptForm.objects.filter(user=user, address=address, fields=fields).delete()  # sent twice
    form = KeptForm.objects.create(user=user, address=address, fields=fields)
    latest = KeptForm.objects.filter(user=user).values_list("pk", flat=True)[:MAX_FORMS]
    KeptForm.objects.filter(user=user).exclude(pk__in=list(latest)).delete()
    return form


def unowned(request):
    """What was typed in a page of ours, readable, when nothing tells whose it is: to show, not to keep."""
    if not _may_hold_text(request.resolver_match) or not came_from(request):
        return []
    return readable(KeptForm(address=request.get_full_path(), fields=_typed(request)))


def came_from(request):
    """The page of ours that sent this, as far as the browser tells; "" if it was no page of ours."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    referer = urlsplit(request.headers.get("Referer", ""))
    origin = request.headers.get("Origin") or f"{referer.scheme}://{referer.netloc}"
    if origin not in ours:
        return ""
    is_ours = f"{referer.scheme}://{referer.netloc}" in ours
    return referer.path if is_ours and referer.path else settings.LOGIN_REDIRECT_URL


def _typed(request):
    return [
        [name, [value.replace("\x00", "") for value in values]]
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in NEVER)
    ]


def _may_hold_text(match):
    """Pages for signing in hold secrets, not text."""
    if match is None or match.view_name.startswith(("account_", "mfa_")):
        return False
    return match.app_name != "accounts" or match.view_name in ACCOUNT_PAGES_WITH_TEXT


def readable(form):
    """The fields as their owner knows them: (label, text, whether it is a longer text).

    Numbers and marks that only the portal knows, and what was left as it was, are sent again but not shown.
    """
    room = _room(form.address)
    known, sent = _fields(room), dict(form.fields)
    rows = []
    for name, values in form.fields:
        field = known.get(PREFIX.sub("", name))
        typed = [value for value in values if value]
        is_long = any(len(value) > 40 or "\n" in value for value in typed)
        if (
            not typed
            or name.startswith("initial-")
            or sent.get(f"initial-{name}") == values
            or (not is_long and _is_a_mark(field, typed, room))
        ):
            continue
        label = str(field.verbose_name) if field else "uw tekst"
        choices = {str(key): str(word) for key, word in (field and field.choices) or ()}
        words = [choices.get(value, value) for value in typed]
        rows.append(
            (label[:1].upper() + label[1:], ("\n" if is_long else ", ").join(words), is_long)
        )
    return sorted(rows, key=lambda row: not row[2])


def _is_a_mark(field, values, room):
    """Such as the key of a row, or the part of the page to return to."""
    if field is None or field.model._meta.app_label != room:
        return not any(" " in value for value in values)
    return field.is_relation and all(value.isdecimal() for value in values)


def _room(address):
    try:
        return resolve(urlsplit(address).path).app_name
    except Resolver404:
        return ""


def _fields(room):
    """The fields of this room, or else of another, by their name; of two, the one that has words to choose."""
    every = [
        field
        for model in apps.get_models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
    ]
    fields = {}
    for field in sorted(every, key=lambda f: (f.model._meta.app_label != room, not f.choices)):
        fields.setdefault(field.name, field)
    return fields
