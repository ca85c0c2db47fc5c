"""Addresses for coming in, for one's own account, and for everyone's."""

from django.urls import path

from accounts.views import (
    invitations,
    kept,
    mine,
    oidc,
    passwords,
    second_step,
    signing_in,
    users,
)

app_name = "accounts"
urlpatterns = [
    path("aanmelden/", signing_in.login, name="login"),
    path("afmelden/", signing_in.logout, name="logout"),
    path("aanmelden/dienst/", oidc.begin, name="oidc"),
    path("aanmelden/dienst/terug/", oidc.callback, name="oidc-callback"),
    path("wachtwoord-vergeten/", passwords.ForgottenPassword.as_view(), name="forgotten-password"),
    path(
        "nieuw-wachtwoord/<uidb64>/<token>/",
        passwords.NewPassword.as_view(),
        name="new-password",
    ),
    path("uitnodiging/<str:token>/", invitations.invited, name="invited"),
    path("bewaard/", kept.kept, name="kept"),
    path("bewaard/weggooien/", kept.discard, name="kept-discard"),
    path("mijn-account/", mine.mine, name="mine"),
    path("mijn-account/wachtwoord/", mine.password, name="password"),
    path("mijn-account/afmelden/", mine.session_end, name="session-end"),
    path("mijn-account/ontkoppelen/", mine.identity_remove, name="identity-remove"),
    path("mijn-account/tweede-stap/", second_step.set_up, name="second-step"),
    path("mijn-account/opnieuw-aanmelden/", signing_in.sign_in_again, name="sign-in-again"),
    path("beheer/gebruikers/", users.user_list, name="users"),
    path("beheer/gebruikers/uitnodigen/", users.invite, name="invite"),
    path("beheer/gebruikers/<int:pk>/", users.user_change, name="user-change"),
    path("beheer/gebruikers/<int:pk>/vrijgeven/", users.user_unlock, name="user-unlock"),
    path(
        "beheer/gebruikers/<int:pk>/tweede-stap-weghalen/",
        users.second_step_reset,
        name="second-step-reset",
    ),
    path(
        "beheer/gebruikers/<int:pk>/uitnodiging-versturen/",
        users.invitation_send,
        name="invitation-send",
    ),
    path(
        "beheer/gebruikers/<int:pk>/uitnodiging-intrekken/",
        users.invitation_withdraw,
        name="invitation-withdraw",
    ),
]

# django-allauth looks for these names without a namespace. What isn't named here, such as signing up,
# doesn't exist.
allauth_urlpatterns = [
    path("aanmelden/", signing_in.login, name="account_login"),
    path("aanmelden/tweede-stap/", second_step.SecondStep.as_view(), name="mfa_authenticate"),
    path(
        "mijn-account/bevestigen/",
        second_step.AgainByPassword.as_view(),
        name="account_reauthenticate",
    ),
    path(
        "mijn-account/bevestigen/code/",
        second_step.AgainByCode.as_view(),
        name="mfa_reauthenticate",
    ),
    path(
        "mijn-account/bevestigen/sleutel/",
        second_step.AgainByKey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("mijn-account/", mine.mine, name="mfa_index"),
    path("mijn-account/tweede-stap/app/", second_step.NewApp.as_view(), name="mfa_activate_totp"),
    path(
        "mijn-account/tweede-stap/app/weghalen/",
        second_step.RemoveApp.as_view(),
        name="mfa_deactivate_totp",
    ),
    path(
        "mijn-account/tweede-stap/sleutel/",
        second_step.NewKey.as_view(),
        name="mfa_add_webauthn",
    ),
    path(
        "mijn-account/tweede-stap/sleutel/<int:pk>/weghalen/",
        second_step.RemoveKey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "mijn-account/tweede-stap/herstelcodes/",
        second_step.RecoveryCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "mijn-account/tweede-stap/herstelcodes/nieuw/",
        second_step.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]
