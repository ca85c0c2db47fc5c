"""Addresses of the source: agreements, their versions, and the reading room."""

from django.urls import path

from agreements.views import (
    anchoring,
    documents,
    measures,
    news,
    page_view,
    progress,
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
    path("<int:pk>/toewijzen/", progress.assign, name="assign"),
    path("<int:pk>/toewijzing-weghalen/", progress.unassign, name="unassign"),
    path("versies/<int:pk>/", reading_room.version, name="version"),
    path("versies/<int:pk>/bestand/", documents.version_file, name="version-file"),
    path("versies/<int:pk>/bladzijden/<int:number>/", page_view.page_words, name="page-words"),
    path("versies/<int:pk>/passages/", reading_room.passages, name="passages"),
    path("versies/<int:pk>/passages/nieuw/", reading_room.passage_create, name="passage-create"),
    path("versies/<int:pk>/gelezen/", progress.page_read, name="page-read"),
    path("versies/<int:pk>/voorstellen/", suggestions.suggestions, name="suggestions"),
    path("versies/<int:pk>/ongedaan/", undoing.undo, name="undo"),
    path("versies/<int:pk>/nieuws/", news.news, name="news"),
    path("passages/<int:pk>/", reading_room.passage, name="passage"),
    path("passages/<int:pk>/maatregelen/", measures.measure_create, name="measure-create"),
    path("maatregelen/<int:pk>/", measures.measure_change, name="measure-change"),
    path("maatregelen/<int:pk>/verwijderen/", measures.measure_delete, name="measure-delete"),
    path("versies/<int:pk>/herijking/", anchoring.anchoring, name="anchoring"),
    path("herijkingen/<int:pk>/behouden/", anchoring.keep, name="anchoring-keep"),
    path("herijkingen/<int:pk>/aanpassen/", anchoring.adapt, name="anchoring-adapt"),
    path("herijkingen/<int:pk>/vervallen/", anchoring.drop, name="anchoring-drop"),
    path("herijkingen/<int:pk>/heroverwegen/", anchoring.reconsider, name="anchoring-reconsider"),
    path("coderingen/<int:pk>/", reading_room.coding_change, name="coding-change"),
    path("coderingen/<int:pk>/verwijderen/", reading_room.coding_delete, name="coding-delete"),
    path("voorstellen/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("voorstellen/<int:pk>/aannemen/", suggestions.accept, name="suggestion-accept"),
    path("voorstellen/<int:pk>/afwijzen/", suggestions.reject, name="suggestion-reject"),
]
