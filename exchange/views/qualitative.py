"""The codebook and the coded texts for programs for qualitative analysis."""

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_safe

from exchange import project, refi_qda
from exchange.codebook import codes, sheet
from exchange.tables import csv_table
from exchange.views.tables import answer_about
from municipalities.published import readers_only


@require_safe
@readers_only
def codebook(request):
    """Themes and focus points as a .qdc."""
    return _codebook(has_terms=False)


@require_safe
@permission_required("agreements.view_agreement", raise_exception=True)
def work_codebook(request):
    """The same with the terms of the theme detection."""
    return _codebook(has_terms=True)


def _codebook(*, has_terms):
    return HttpResponse(
        refi_qda.write_codebook(codes(has_terms=has_terms)),
        content_type=refi_qda.CODEBOOK_TYPE,
        headers={"Content-Disposition": 'attachment; filename="themas.qdc"'},
    )


@require_safe
@readers_only
def codebook_table(request):
    """The focus points as a CSV, which comes in again as it went out."""
    answer = HttpResponse(
        content_type=csv_table.MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="themas.csv"'},
    )
    csv_table.write(sheet(), answer)
    return answer


@require_safe
@readers_only
def coded_texts(request):
    """What is published as a .qdpx."""
    return answer_about(request, _project)


@require_safe
@permission_required("agreements.view_agreement", raise_exception=True)
def work_coded_texts(request):
    """The work as a .qdpx, with notes."""
    return answer_about(request, _project, reader_of_work=request.user)


def _project(scope):
    return FileResponse(
        project.write(scope),
        as_attachment=True,
        filename=f"akkoorden{scope.in_a_name}.qdpx",
        content_type=refi_qda.PROJECT_TYPE,
    )
