"""A forgotten password, by mail. The answer is the same for an address that nobody has."""

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from accounts import actions, lockout
from accounts.forms import ChosenPasswordForm
from accounts.network import client_address


@method_decorator(login_not_required, name="dispatch")
class ForgottenPassword(views.PasswordResetView):
    template_name = "accounts/forgotten_password.html"
    email_template_name = "accounts/mail/new_password.txt"
    subject_template_name = "accounts/mail/new_password_subject.txt"
    success_url = reverse_lazy("accounts:login")

    def form_valid(self, form):
        try:
            # Counted by mail address, so that nobody's mailbox is flooded from here.
            lockout.begin(f"{form.cleaned_data['email']}\nmail", client_address(self.request))
        except lockout.Locked:
            form.add_error(
                None,
                "Vanaf dit adres is te vaak een nieuw wachtwoord aangevraagd. Wacht een kwartier en "
                "probeer het dan opnieuw.",
            )
            return self.form_invalid(form)
        messages.success(
            self.request,
            "Is dit adres bij ons bekend? Dan hebt u binnen enkele minuten een mail met een link. "
            "Geen mail? Kijk bij ongewenste post, of vraag het de beheerder.",
        )
        return super().form_valid(form)


@method_decorator([login_not_required, transaction.atomic], name="dispatch")
class NewPassword(views.PasswordResetConfirmView):
    """The link from the mail works once, for a day. It doesn't replace the second step."""

    template_name = "accounts/new_password.html"
    form_class = ChosenPasswordForm
    success_url = reverse_lazy("accounts:login")

    def form_valid(self, form):
        response = super().form_valid(form)
        actions.end_sessions(self.user)
        lockout.unlock(self.user.username)
        messages.success(self.request, "Uw nieuwe wachtwoord is opgeslagen. Meld u ermee aan.")
        return response
