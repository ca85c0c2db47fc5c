"""Addresses of the yardstick: the regional inputs, and the six themes."""

from django.urls import path

from themes.views import editing, reading, themes

app_name = "themes"
urlpatterns = [
    path("regionale-inbreng/", reading.inputs, name="inputs"),
    path("regionale-inbreng/beginnen/", editing.begin, name="input-begin"),
    path("regionale-inbreng/<int:year>/", reading.regional_input, name="input"),
    path(
        "regionale-inbreng/<int:year>/editie/<int:number>/", reading.regional_input, name="edition"
    ),
    path("regionale-inbreng/<int:year>/bewerken/", editing.edit, name="input-edit"),
    path("regionale-inbreng/<int:year>/bewerken/<slug:theme>/", editing.edit, name="input-theme"),
    path("regionale-inbreng/<int:year>/concept/", editing.draft, name="input-draft"),
    path("regionale-inbreng/<int:year>/weggooien/", editing.discard, name="input-discard"),
    path("regionale-inbreng/<int:year>/publiceren/", editing.publish, name="input-publish"),
    path("beheer/themas/", themes.themes, name="list"),
    path("beheer/themas/<slug:theme>/", themes.theme, name="theme"),
    path("beheer/themas/<slug:theme>/verplaatsen/", themes.theme_move, name="theme-move"),
]
