"""A document with its highlights, as a PDF to take along."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agreements.intake.refusal import Refused
from agreements.models import AgreementVersion
from exchange.highlights import PDF, can_hold_highlights, pdf_with_highlights
from municipalities.models import Coalition
from municipalities.published import readers_only
from overview.content import readable_versions

_NO_PDF = "Dit document is geen PDF. Wij kunnen er geen markeringen in zetten."
_GONE = "Het bestand van dit document is er niet. Vraag een adviseur om ernaar te kijken."


@require_safe
@readers_only
def highlights(request, year, municipality, pk):
    """The PDF of a document that a reader may open, with the published passages in it."""
    coalition = get_object_or_404(Coalition.objects.at(municipality=municipality, term=year))
    version = get_object_or_404(readable_versions().without_text().of_coalition(coalition), pk=pk)
    return _answer(request, version, f"{municipality}-{year}", is_work=False)


@require_safe
@permission_required("agreements.view_agreement", raise_exception=True)
def work_highlights(request, pk):
    """The PDF of any version, with all its passages and their notes."""
    versions = AgreementVersion.objects.ready().without_text()
    version = get_object_or_404(
        versions.select_related("agreement__coalition__municipality", "agreement__coalition__term"),
        pk=pk,
    )
    coalition = version.agreement.coalition
    place = f"{coalition.municipality.slug}-{coalition.term.start_year}-werk"
    return _answer(request, version, place, is_work=True)


def _answer(request, version, place, *, is_work):
    """The PDF, or a page that says why there is none."""
    if not can_hold_highlights(version):
        return _none(request, version, _NO_PDF, is_work=is_work)
    try:
        content = pdf_with_highlights(version, is_work=is_work)
    except Refused as refusal:
        return _none(request, version, refusal.reason, is_work=is_work)
    except FileNotFoundError:
        return _none(request, version, _GONE, is_work=is_work)
    name = f"akkoord-{place}-versie-{version.number}-gemarkeerd.pdf"
    return HttpResponse(
        content,
        content_type=PDF,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            # The file came from elsewhere (ADR 7).
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _none(request, version, reason, *, is_work):
    context = {"version": version, "reason": reason, "is_work": is_work}
    return render(request, "exchange/no_highlights.html", context)
