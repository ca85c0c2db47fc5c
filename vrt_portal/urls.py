"""The contents page: every address begins here."""

from django.urls import include, path

from accounts.urls import allauth_urlpatterns
from vrt_portal.health import health

urlpatterns = [
    path("", include("overview.urls")),
    path("zoeken/", include("search.urls")),
    path("", include("reports.urls")),
    path("", include("exchange.urls")),
    path("", include("accounts.urls")),
    path("akkoorden/", include("agreements.urls")),
    path("", include("assessments.urls")),
    path("", include("themes.urls")),
    path("", include("municipalities.urls")),
    path("", include("api.urls")),
    path("beheer/post/", include("mail.urls")),
    path("", include("demo.urls")),
    path("gezond/", health, name="health"),
    *allauth_urlpatterns,
]

handler403 = "vrt_portal.errors.not_found"
handler404 = "vrt_portal.errors.not_found"
