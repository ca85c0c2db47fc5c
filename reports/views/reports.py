"""The reports: which there are, each as a page, and as a file to take along."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from municipalities.models import Coalition, CouncilTerm
from municipalities.published import readers_only
from overview.views.terms import terms_with
from reports import actions
from reports.content.made import Made
from reports.content.regional_input import input_report
from reports.formats.html import pieces
from reports.forms import BundleForm, FreezeForm
from reports.models import Bundle, Edition, Format
from reports.rendering import MEDIA_TYPES
from reports.rendering import render as rendered
from reports.subjects import REGION, filename, subject_at
from themes.models import InputEdition, Theme


@require_GET
@readers_only
def report_list(request, year=None):
    """What can be taken along of one council term."""
    terms, term = terms_with(year)
    return render(
        request,
        "reports/list.html",
        {
            "terms": terms,
            "term": term,
            "coalitions": Coalition.objects.for_term(term).order_by("municipality__name"),
            "themes": Theme.objects.all(),
            "region": REGION,
            "editions": Edition.objects.filter(year=term.start_year).for_display()[:5],
            "bundle_form": BundleForm(),
            "bundles": Bundle.objects.filter(term=term, state=Bundle.State.READY)[:4],
        },
    )


@require_GET
@readers_only
def report(request, year, kind, about):
    """A report as it is now, as a page."""
    subject = _subject(kind, year, about)
    return _page(request, subject, FreezeForm())


def _page(request, subject, form):
    return render(
        request,
        "reports/report.html",
        {
            "subject": subject,
            "term": CouncilTerm.objects.get(start_year=subject.year),
            "formats": Format,
            "editions": Edition.objects.of(subject).for_display(),
            "form": form,
        }
        | pieces(subject.document(Made(timezone.now()))),
    )


@require_GET
@readers_only
def report_file(request, year, kind, about, format):
    """The same report as a file."""
    subject = _subject(kind, year, about)
    data = rendered(subject.document(Made(timezone.now())), format)
    return as_file(data, format, filename(subject, format))


@require_POST
@permission_required("reports.add_edition", raise_exception=True)
def freeze(request, year, kind, about):
    """Keep the report as it is now, for good."""
    subject = _subject(kind, year, about)
    form = FreezeForm(request.POST)
    if not form.is_valid():
        return _page(request, subject, form)
    try:
        edition = actions.freeze(subject, by=request.user, note=form.cleaned_data["note"])
    except actions.NothingNew as nothing:
        messages.warning(
            request,
            f"Er is niets gewijzigd sinds editie {nothing.edition.number}. Er is geen nieuwe editie gemaakt"
            f"{', en wat u bij “Waarvoor” schreef is niet bewaard' if form.cleaned_data['note'] else ''}.",
        )
        return redirect("reports:edition", nothing.edition.pk)
    messages.success(request, f"Editie {edition.number} is vastgesteld.")
    return redirect("reports:edition", edition.pk)


@require_GET
@readers_only
def regional_input(request, year, format):
    """What the region asks in one council term, as a file: the newest edition."""
    editions = InputEdition.objects.filter(regional_input__term__start_year=year)
    edition = editions.select_related("regional_input__term").order_by("-number").first()
    if edition is None:
        raise Http404
    document = input_report(
        edition,
        term=edition.regional_input.term,
        themes=Theme.objects.all(),
        address=reverse("themes:input", args=[year]),
    )
    name = f"regionale-inbreng-{year}-editie-{edition.number}.{format}"
    return as_file(rendered(document, format), format, name)


def as_file(data, format, name):
    """The bytes of a report under a name, as a download."""
    return HttpResponse(
        data,
        content_type=MEDIA_TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _subject(kind, year, about):
    subject = subject_at(kind, year, about)
    if subject is None:
        raise Http404
    return subject
