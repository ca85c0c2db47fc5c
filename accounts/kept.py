"""Nothing typed is lost when the sign-in has expired (ADR 25)."""

from urllib.parse import urlsplit

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import Resolver404, resolve

from accounts.models import KeptForm

MAX_BYTES = 200_000
MAX_FORMS = 10  # of one person
MARK = "bewaard"  # the field by which a form that is sent again names its kept text
NEVER = ("password", "wachtwoord", "credential", "csrfmiddlewaretoken", MARK)
ACCOUNT_PAGES_WITH_TEXT = {"accounts:invite", "accounts:user-change"}


@transaction.atomic
def keep(request, *, owner):
    """Keep what was typed in this request for the person it belongs to; returns it, or None."""
    if not _may_hold_text(request.resolver_match):
        return None
    fields = [
        [name, [value.replace("\x00", "") for value in values]]
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in NEVER)
    ]
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


def _may_hold_text(match):
    """Pages for signing in hold secrets, not text."""
    if match is None or match.view_name.startswith(("account_", "mfa_")):
        return False
    return match.app_name != "accounts" or match.view_name in ACCOUNT_PAGES_WITH_TEXT


def readable(form):
    """The fields as their owner knows them: (label, text, whether it is a longer text)."""
    names = _labels(form.address)
    rows = []
    for name, values in form.fields:
        typed = [value for value in values if value]
        if typed:
            label = names.get(name, name.replace("_", " "))
            is_long = any(len(value) > 40 or "\n" in value for value in typed)
            text = "\n".join(typed) if is_long else ", ".join(typed)
            rows.append((label[:1].upper() + label[1:], text, is_long))
    return sorted(rows, key=lambda row: not row[2])


def _labels(address):
    """Field names of the room that the address belongs to, or else of another room, in Dutch."""
    try:
        room = resolve(urlsplit(address).path).app_name
    except Resolver404:
        room = ""
    models = sorted(apps.get_models(), key=lambda model: model._meta.app_label != room)
    labels = {}
    for model in models:
        for field in (*model._meta.fields, *model._meta.many_to_many):
            labels.setdefault(field.name, str(field.verbose_name))
    return labels
