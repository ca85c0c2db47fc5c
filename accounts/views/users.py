"""Everyone's accounts, for administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, lockout
from accounts.forms import InvitationForm, UserForm
from accounts.models import User
from accounts.record import record_of


@require_GET
@permission_required("accounts.view_user", raise_exception=True)
def user_list(request):
    users = list(User.objects.with_state())
    locked = lockout.locked_names([user.username for user in users])
    rows = [(user, user.username in locked) for user in users]
    return render(request, "accounts/users.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@permission_required("accounts.add_user", raise_exception=True)
def invite(request):
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        role = form.cleaned_data["role"]
        actions.invite(user, role=role, by=request.user, link=_link(request))
        messages.success(request, f"{user} is uitgenodigd. De mail gaat naar {user.email}.")
        return redirect("accounts:users")
    return render(request, "accounts/invite.html", {"form": form})


@require_http_methods(["GET", "POST"])
@permission_required("accounts.change_user", raise_exception=True)
def user_change(request, pk):
    user = _user(pk)
    form = UserForm(request.POST or None, instance=user, by=request.user)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form)
    try:
        actions.change_user(
            form.instance,
            role=form.cleaned_data["role"],
            by=request.user,
            seen=form.cleaned_data["seen"],
        )
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form)
    except actions.Stale:
        stored = _user(pk)
        form.data = form.data.copy()
        form.data["seen"] = stored.edit_number
        return _page(request, form, stored=stored, status=409)
    messages.success(request, f"{user} is opgeslagen.")
    return redirect("accounts:users")


@require_POST
@permission_required("accounts.change_user", raise_exception=True)
def user_unlock(request, pk):
    user = _user(pk)
    lockout.unlock(user.username)
    messages.success(request, f"{user} kan zich weer aanmelden.")
    return redirect("accounts:user-change", user.pk)


@require_POST
@permission_required("accounts.change_user", raise_exception=True)
def second_step_reset(request, pk):
    user = _user(pk)
    if user == request.user:
        messages.error(request, "Uw eigen tweede stap wijzigt u bij Mijn account.")
        return redirect("accounts:user-change", user.pk)
    actions.reset_second_step(user)
    messages.success(
        request, f"De tweede stap van {user} is weg. Bij het aanmelden stelt {user} een nieuwe in."
    )
    return redirect("accounts:user-change", user.pk)


@require_POST
@permission_required("accounts.add_user", raise_exception=True)
def invitation_send(request, pk):
    user = _user(pk)
    try:
        actions.send_invitation(user, by=request.user, link=_link(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"{user} heeft een nieuwe uitnodiging. De vorige werkt niet meer."
        )
    return redirect("accounts:user-change", user.pk)


@require_POST
@permission_required("accounts.add_user", raise_exception=True)
def invitation_withdraw(request, pk):
    user = _user(pk)
    actions.withdraw_invitation(user)
    messages.success(request, f"De uitnodiging van {user} is ingetrokken.")
    return redirect("accounts:user-change", user.pk)


def _user(pk):
    """An account that can be managed here; a technical one can't."""
    return get_object_or_404(User.objects.with_state().filter(is_superuser=False), pk=pk)


def _link(request):
    return lambda token: request.build_absolute_uri(reverse("accounts:invited", args=[token]))


def _page(request, form, *, stored=None, status=200):
    user = _user(form.instance.pk)
    context = {
        "form": form,
        "person": user,
        "stored": stored,
        "is_locked": bool(lockout.locked_names([user.username])),
        "follows_claim": user.identities.filter(follows_claim=True).exists(),
        "can_be_invited": user.never_came_in,
        "record": record_of(user),
    }
    return render(request, "accounts/user.html", context, status=status)
