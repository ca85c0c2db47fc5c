"""Data that says by links what it is: annotations, and the catalog of what there is."""

import json

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from agreements.models import AgreementVersion
from exchange.annotations import MEDIA_TYPE, page_of
from exchange.catalog import catalog
from municipalities.published import readers_only
from overview.content import readable_versions


@require_safe
@readers_only
def open_data(request):
    """The catalog, in DCAT."""
    address_of = request.build_absolute_uri
    own_address = address_of(request.path)
    return _json_ld(catalog(address_of=address_of, own_address=own_address))


@require_safe
@readers_only
def annotations(request, pk):
    """The published passages of a version that a reader may open."""
    version = get_object_or_404(_with_place(readable_versions()), pk=pk)
    return _annotations(request, version, is_work=False)


@require_safe
@permission_required("agreements.view_agreement", raise_exception=True)
def work_annotations(request, pk):
    """All passages of any version, with their notes."""
    version = get_object_or_404(_with_place(AgreementVersion.objects.ready()), pk=pk)
    return _annotations(request, version, is_work=True)


@require_safe
@readers_only
def text(request, pk):
    """The plain text that annotations point into: of what a reader may open, or of work any."""
    is_work = request.user.has_perm("agreements.view_agreement")
    versions = AgreementVersion.objects.ready() if is_work else readable_versions()
    version = get_object_or_404(versions, pk=pk)
    return HttpResponse(
        version.text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="akkoord-{pk}.txt"'},
    )


def _with_place(versions):
    return versions.select_related("agreement__coalition__municipality", "agreement__coalition__term")  # fmt: skip


def _annotations(request, version, *, is_work):
    address_of = request.build_absolute_uri
    page = page_of(
        version, is_work=is_work, address_of=address_of, own_address=address_of(request.path)
    )
    return _json_ld(page)


def _json_ld(document):
    return HttpResponse(json.dumps(document, ensure_ascii=False), content_type=MEDIA_TYPE)
