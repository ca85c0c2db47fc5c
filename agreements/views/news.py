"""What another advisor changes meanwhile: the reading room asks every few seconds."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from agreements.news import moment, news_since
from agreements.views import room


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@vary_on_headers("HX-Request")
def news(request, pk):
    """The pages that others changed since the moment in the address; nothing (204) when none did."""
    version = room.version_at(pk)
    if not request.htmx:
        return redirect(version)
    now = moment()
    found = news_since(request.GET.get("sinds", ""), version=version, reader=request.user)
    if not found.places:
        return HttpResponse(status=204)
    return render(
        request,
        "agreements/_news.html",
        {
            "version": version,
            "moment": now,
            "sentence": found.sentence,
            "pages": room.pages_at(version, found.places),
        },
    )
