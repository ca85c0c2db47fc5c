"""The marks of a version for the reading room: its passages and its open suggestions."""

from agreements.models import Coding, Passage, Suggestion
from agreements.reading import SUGGESTION, Mark


def marks_of(version, *, start=0, end=None):
    """Gather the marks that touch a stretch of a version (all of it by default), as plain values.

    Three queries, and no row becomes an object: a long document has nearly a thousand marks.
    """
    end = len(version.text) if end is None else end
    touching = {"start__lt": end, "end__gt": start}
    themes = {}
    codings = Coding.objects.filter(
        passage__version=version, passage__start__lt=end, passage__end__gt=start
    ).order_by("theme__number", "pk")
    for passage, *theme in codings.values_list(
        "passage", "theme__key", "theme__letter", "theme__name"
    ):
        themes.setdefault(passage, []).append(tuple(theme))
    passages = Passage.objects.filter(version=version, **touching)
    suggestions = Suggestion.objects.open().filter(version=version, **touching)
    return [
        *(
            Mark(pk, start, end, tuple(themes.get(pk, ())))
            for pk, start, end in passages.values_list("pk", "start", "end")
        ),
        *(
            Mark(pk, start, end, (tuple(theme),), SUGGESTION)
            for pk, start, end, *theme in suggestions.order_by().values_list(
                "pk", "start", "end", "theme__key", "theme__letter", "theme__name"
            )
        ),
    ]
