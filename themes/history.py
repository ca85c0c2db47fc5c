"""What was changed in the drafts of a regional input, when and by whom."""

from django.contrib.auth import get_user_model

from municipalities.changes import Change
from themes.document import differences
from themes.models import InputDraft, InputEdition


def changes_of_draft(regional_input, names):
    """The changes in the drafts, newest first; the first of a draft is set beside the edition of then."""
    events = (
        InputDraft.pgh_event_model.objects.filter(regional_input=regional_input)
        .select_related("author", "pgh_context")
        .order_by("pgh_id")
    )
    editions = InputEdition.objects.filter(regional_input=regional_input).order_by("number")
    editions = list(editions)
    closers = get_user_model().objects.in_bulk({_user_of(event) for event in events} - {None})
    before, changes = None, []
    for event in events:
        then = next((e for e in reversed(editions) if e.published_at <= event.pgh_created_at), None)
        if event.content is None:
            if before:
                is_published = then and _is_made_of(then, before, at=event.pgh_created_at)
                kind = f"gepubliceerd als editie {then.number}" if is_published else "weggegooid"
                changes.append(_change(event, closers.get(_user_of(event)), kind, []))
            before = None
            continue
        start = before or (then.content if then else None)
        found = differences(start, event.content, names) if start else []
        fields = [(f"{row.where}, {row.what.lower()}", row.before, row.after) for row in found]
        kind = "gewijzigd" if before else "begonnen"
        changes.append(_change(event, event.author, kind, fields))
        before = event.content
    return changes[::-1]


def _is_made_of(edition, content, *, at):
    """Whether this edition was published at this moment from this content; partners got their keys then."""
    apart = {"partners": None}
    return edition.published_at == at and edition.content | apart == content | apart


def _change(event, who, kind, fields):
    return Change(at=event.pgh_created_at, who=who, kind=kind, about="", fields=fields)


def _user_of(event):
    return event.pgh_context.metadata.get("user") if event.pgh_context else None
