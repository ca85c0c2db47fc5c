"""Making a regional input: advisors write a draft part by part, an editor publishes it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from municipalities.changes import in_words, last_change_of
from municipalities.edits import Conflict, Stale
from themes import actions
from themes.chapters import chapters, names_of
from themes.document import GENERAL, differences, gaps, moved, section_of
from themes.forms import GeneralForm, PartnerFormSet, PointFormSet, ThemePartForm
from themes.history import changes_of_draft
from themes.models import InputDraft, RegionalInput, Theme


@require_POST
@permission_required("themes.change_regionalinput", raise_exception=True)
def begin(request):
    """Begin the input of the next council term."""
    try:
        begun = actions.begin_input(_number(request.POST.get("year")), by=request.user)
    except actions.NotNow:
        messages.error(
            request,
            "Deze inbreng is er al, of is nog niet aan de beurt. Vernieuw de bladzijde.",
        )
        return redirect("themes:inputs")
    messages.success(request, f"De inbreng voor {begun.term} is begonnen als kopie van de vorige.")
    return redirect("themes:input-edit", begun.term.start_year)


@require_http_methods(["GET", "POST"])
@permission_required("themes.change_regionalinput", raise_exception=True)
def edit(request, year, theme=None):
    """Edit one part of the draft: a theme's, or what is general. Every button saves what is typed."""
    row = _row(year)
    themes = list(Theme.objects.all())
    theme = get_object_or_404(Theme, slug=theme) if theme else None
    section = theme.key if theme else GENERAL
    draft = InputDraft.objects.filter(regional_input=row).select_related("author").first()
    seen = draft.edit_number if draft else 0
    content = draft.content if draft and draft.content else row.as_published()
    stored = section_of(content, section)
    form, rows = _forms(request, stored, seen, themes, is_theme=bool(theme))
    context = {
        "row": row,
        "term": row.term,
        "themes": themes,
        "theme": theme,
        "draft": draft,
        "form": form,
        "rows": rows,
        "gaps": gaps(content, names_of(themes)),
    }
    if request.method == "GET" or not (form.is_valid() and rows.is_valid()):
        return render(request, "themes/edit.html", context)
    part, anchor = _part(request.POST.get("do", ""), form, rows, stored)
    try:
        actions.save_section(row, section, part, by=request.user, seen=form.cleaned_data["seen"])
    except Stale:
        form.data = form.data.copy()
        form.data["seen"] = seen
        draft = draft or InputDraft.objects.get(regional_input=row)
        conflict = _conflict(draft, stored, part)
        return render(request, "themes/edit.html", context | {"conflict": conflict}, status=409)
    if not anchor:
        messages.success(request, "Het concept is opgeslagen.")
    return HttpResponseRedirect(f"{request.path}{anchor}")


def _forms(request, stored, seen, themes, *, is_theme):
    """The form of a part and the formset of its rows, filled with what is stored or what was sent."""
    data = request.POST or None
    if is_theme:
        return (
            ThemePartForm(data, initial={"seen": seen, "ambition": stored["ambition"]}),
            PointFormSet(data, initial=stored["focus_points"], prefix="row"),
        )
    return (
        GeneralForm(data, initial={"seen": seen, **stored}),
        PartnerFormSet(
            data,
            initial=stored["partners"],
            prefix="row",
            form_kwargs={"theme_choices": [(theme.key, theme.name) for theme in themes]},
        ),
    )


def _part(do, form, rows, stored):
    """The part of the document that was sent, after what the button does; and where to go on the page."""
    name = "focus_points" if "focus_points" in stored else "partners"
    keys = {row["key"] for row in stored[name]}
    sent = [
        row.cleaned_data
        | {"key": row.cleaned_data["key"] if row.cleaned_data["key"] in keys else ""}
        for row in rows
    ]
    what, _, number = do.partition("-")
    number = _number(number)
    anchor = f"#row-{number}"
    if what in {"up", "down"}:
        by = -1 if what == "up" else 1
        sent, anchor = moved(sent, number, by), f"#row-{max(number + by, 0)}"
    elif what == "remove":
        sent = [row for at, row in enumerate(sent) if at != number]
    elif what == "add":
        blank = dict.fromkeys(rows.empty_form.fields, "")
        sent.append(blank | {"themes": []} if "themes" in blank else blank)
        anchor = f"#row-{len(sent) - 1}"
    else:
        sent, anchor = [row for row in sent if any(row.values())], ""
    return form.as_part() | {name: sent}, anchor


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 5 else -1


def _conflict(draft, stored, mine):
    def say(part):
        rows = part.get("focus_points", part.get("partners", []))
        yield from ((name, in_words(part[name])) for name in part if isinstance(part[name], str))
        yield (
            "rijen",
            "\n".join(f"{row['name']}. {row.get('description', '')}".strip() for row in rows),
        )

    labels = {
        "title": "Titel",
        "dated": "Datum",
        "source": "Bron",
        "ambition": "Ambitie",
        "rijen": "Partners" if "partners" in mine else "Aandachtspunten",
    }
    theirs, ours = dict(say(stored)), dict(say(mine))
    return Conflict(
        last_change_of(draft),
        [(label, theirs[key], ours[key]) for key, label in labels.items() if key in ours],
    )


@require_GET
@permission_required("assessments.read_published", raise_exception=True)
def draft(request, year):
    """The draft as a whole, with what it changes, for who writes or publishes it."""
    if not _sees_drafts(request.user):
        raise PermissionDenied
    row = _row(year)
    draft = get_object_or_404(
        InputDraft.objects.select_related("author"), regional_input=row, content__isnull=False
    )
    themes = list(Theme.objects.all())
    newest = row.newest
    return render(
        request,
        "themes/draft.html",
        {
            "row": row,
            "term": row.term,
            "draft": draft,
            "newest": newest,
            "themes": themes,
            "gaps": gaps(draft.content, names_of(themes)),
            "differences": differences(newest.content, draft.content, names_of(themes))
            if newest
            else [],
            "parts": chapters(draft.content, themes),
            "changes": changes_of_draft(row, names_of(themes)),
        },
    )


@require_POST
@permission_required("themes.change_regionalinput", raise_exception=True)
def discard(request, year):
    row = _row(year)
    try:
        actions.discard(row, by=request.user, seen=_number(request.POST.get("seen")))
    except Stale:
        messages.error(request, "Een collega heeft het concept intussen gewijzigd. Lees het eerst.")
        return redirect("themes:input-draft", year)
    messages.success(request, "Het concept is weg. Wat was gepubliceerd, geldt nog.")
    return redirect("themes:input", year)


@require_POST
@permission_required("themes.publish_regionalinput", raise_exception=True)
def publish(request, year):
    row = _row(year)
    try:
        edition = actions.publish_input(
            row, by=request.user, seen=_number(request.POST.get("seen"))
        )
    except actions.NotPublishable as problem:
        messages.error(request, str(problem))
        has_draft = InputDraft.objects.filter(regional_input=row, content__isnull=False).exists()
        return redirect("themes:input-draft" if has_draft else "themes:input", year)
    messages.success(request, f"Editie {edition.number} is gepubliceerd. Iedereen leest die nu.")
    return redirect("themes:input", year)


def _row(year):
    return get_object_or_404(RegionalInput.objects.select_related("term"), term__start_year=year)


def _sees_drafts(user):
    return user.has_perm("themes.change_regionalinput") or user.has_perm(
        "themes.publish_regionalinput"
    )
