"""Signing in and out, and the accounts."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts import demo
from accounts.forms import NewUserForm, UserForm
from accounts.models import User


class LoginView(views.LoginView):
    """Sign in; an expired session inside an HTMX swap gets the whole page instead."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get(self, request, *args, **kwargs):
        if request.htmx:
            back_to = request.htmx.current_url_abs_path or "/"
            return HttpResponseClientRedirect(redirect_to_login(back_to).url)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        people = demo.PEOPLE if settings.DEMO else ()
        there = set(User.objects.values_list("username", flat=True)) if people else set()
        return super().get_context_data(
            people=[person for person in people if person.username in there],
            password=demo.PASSWORD,
            **kwargs,
        )


@require_GET
@permission_required("accounts.view_user", raise_exception=True)
def user_list(request):
    users = User.objects.select_related("municipality").prefetch_related("groups")
    return render(request, "accounts/users.html", {"users": users})


@require_http_methods(["GET", "POST"])
@permission_required("accounts.add_user", raise_exception=True)
def user_create(request):
    return _user_form(request, NewUserForm(request.POST or None), "Nieuwe gebruiker")


@require_http_methods(["GET", "POST"])
@permission_required("accounts.change_user", raise_exception=True)
def user_change(request, pk):
    user = get_object_or_404(User.objects.filter(is_superuser=False), pk=pk)
    return _user_form(request, UserForm(request.POST or None, instance=user), str(user))


def _user_form(request, form, heading):
    if request.method == "POST" and form.is_valid():
        user = form.save()
        messages.success(request, f"{user} is opgeslagen.")
        return redirect("accounts:users")
    return render(request, "accounts/user_form.html", {"form": form, "heading": heading})
