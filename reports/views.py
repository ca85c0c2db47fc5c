"""Reports to take along."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from agreements.models import lit_passage
from municipalities.models import Coalition
from municipalities.published import readers_only
from reports import pdf
from reports.content import municipality_report
from reports.regional_input import input_report
from themes.models import InputEdition, Theme


@require_GET
@readers_only
def municipality(request, year, municipality):
    """The report of one municipality and term, as PDF."""
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))

    def address_of(passage):
        path = reverse("overview:document", args=[year, municipality, passage.version_id])
        return request.build_absolute_uri(lit_passage(path, passage.pk))

    def place_of(version, page):
        path = reverse("overview:document", args=[year, municipality, version])
        return request.build_absolute_uri(f"{path}#blz-{page}")

    now = timezone.localtime()
    report = municipality_report(
        coalition, date=date_format(now, "j F Y"), address_of=address_of, place_of=place_of
    )
    name = f"veiligheid-{municipality}-{year}.pdf"
    return HttpResponse(
        pdf.render("municipality.typ", report.as_data(), made_at=now),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_GET
@readers_only
def regional_input(request, year):
    """What the region asks in one council term, as PDF: the newest edition."""
    editions = InputEdition.objects.filter(regional_input__term__start_year=year)
    edition = editions.select_related("regional_input__term").order_by("-number").first()
    if edition is None:
        raise Http404
    report = input_report(
        edition,
        term=edition.regional_input.term,
        themes=Theme.objects.all(),
        address=request.build_absolute_uri(reverse("themes:input", args=[year])),
    )
    name = f"regionale-inbreng-{year}-editie-{edition.number}.pdf"
    return HttpResponse(
        pdf.render("regional-input.typ", report.as_data(), made_at=edition.published_at),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
