"""Addresses of the source: agreements, their versions, and the reading room."""

from django.urls import path

from agreements.views import (
    documents,
    measures,
    news,
    reading_room,
    suggestions,
    terms,
    undoing,
)

app_name = "agreements"
urlpatterns = [
    path("", documents.agreement_list, name="list"),
    path("periode/<int:year>/", documents.agreement_list, name="list"),
    path("nieuw/", documents.agreement_create, name="create"),
    path("termen/", terms.terms, name="terms"),
    path("termen/<slug:theme>/", terms.theme_terms, name="theme-terms"),
    path("<int:pk>/", documents.agreement, name="agreement"),
    path("<int:pk>/bestand/", documents.version_create, name="version-create"),
    path("versies/<int:pk>/", reading_room.version, name="version"),
    path("versies/<int:pk>/bestand/", documents.version_file, name="version-file"),
    path("versies/<int:pk>/passages/", reading_room.passages, name="passages"),
    path("versies/<int:pk>/passages/nieuw/", reading_room.passage_create, name="passage-create"),
    path("versies/<int:pk>/voorstellen/", suggestions.suggestions, name="suggestions"),
    path("versies/<int:pk>/ongedaan/", undoing.undo, name="undo"),
    path("versies/<int:pk>/nieuws/", news.news, name="news"),
    path("passages/<int:pk>/", reading_room.passage, name="passage"),
    path("passages/<int:pk>/maatregelen/", measures.measure_create, name="measure-create"),
    path("maatregelen/<int:pk>/", measures.measure_change, name="measure-change"),
    path("maatregelen/<int:pk>/verwijderen/", measures.measure_delete, name="measure-delete"),
    path("coderingen/<int:pk>/", reading_room.coding_change, name="coding-change"),
    path("coderingen/<int:pk>/verwijderen/", reading_room.coding_delete, name="coding-delete"),
    path("voorstellen/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("voorstellen/<int:pk>/aannemen/", suggestions.accept, name="suggestion-accept"),
    path("voorstellen/<int:pk>/afwijzen/", suggestions.reject, name="suggestion-reject"),
]
