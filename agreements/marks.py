"""The marks of a version for the reading room: its passages and its open suggestions."""

from agreements.models import Coding, Suggestion
from agreements.reading import SUGGESTION, Mark


def marks_of(version, *, start=0, end=None):
    """Gather the marks that touch a stretch of a version (all of it by default), as plain values.

    Two queries, and no row becomes an object: a long document has nearly a thousand marks. A passage
    always has a coding, so the codings tell of every passage.
    """
    end = len(version.text) if end is None else end
    codings = Coding.objects.filter(
        passage__version=version, passage__start__lt=end, passage__end__gt=start
    ).order_by("theme__number", "pk")
    passages = {}
    for *place, key, letter, name in codings.values_list(
        "passage", "passage__start", "passage__end", "theme__key", "theme__letter", "theme__name"
    ):
        passages.setdefault(tuple(place), []).append((key, letter, name))
    suggestions = Suggestion.objects.open().filter(version=version, start__lt=end, end__gt=start)
    return [
        *(Mark(*place, tuple(themes)) for place, themes in passages.items()),
        *(
            Mark(pk, start, end, (tuple(theme),), SUGGESTION)
            for pk, start, end, *theme in suggestions.order_by().values_list(
                "pk", "start", "end", "theme__key", "theme__letter", "theme__name"
            )
        ),
    ]
