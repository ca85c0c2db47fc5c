"""Searching what is published, keeping a search, and what is asked."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from municipalities.published import READ, readers_only
from search import actions, results
from search.address import Address, Choices
from search.forms import SavedSearchForm
from search.models import Asked, SavedSearch

SHORTEST = 3  # letters from which on results come while somebody types


@require_GET
@vary_on_headers("HX-Request")
@readers_only
def search(request):
    """The search page; as somebody types only the results, and nothing below three letters."""
    choices = Choices()
    address = Address.read(request.GET, choices)
    if request.htmx and len(address.question.text) < SHORTEST:
        return HttpResponse(status=204)
    found = results.search(address, choices)
    if _is_sent(request, address):
        actions.note_question(address.question, found=found.found.total)
    template = "search/_results.html" if request.htmx else "search/search.html"
    response = render(
        request,
        template,
        {
            "results": found,
            "address": address,
            "may_save": found.found.total and request.user.is_authenticated,
        },
    )
    if request.htmx:
        response.headers["HX-Replace-Url"] = address.but().url
    return response


def _is_sent(request, address):
    """Whether somebody asked this by a form: not by typing, a filter, a next page or a browser that looks ahead."""
    looks_ahead = "Sec-Purpose" in request.headers
    is_first = not address.kept and "bladzijde" not in request.GET
    return bool(address.question.wanted) and is_first and not (request.htmx or looks_ahead)


@require_GET
@permission_required(READ, raise_exception=True)
def saved(request):
    """One's own saved searches, each with what is new."""
    choices = Choices()
    rows = []
    for search in SavedSearch.objects.filter(owner=request.user):
        number = None
        with suppress(OperationalError):
            number = actions.news_since_look(search, choices)
        rows.append((search, number))
    return render(request, "search/saved.html", {"rows": rows})


@require_POST
@permission_required(READ, raise_exception=True)
def save(request):
    form = SavedSearchForm(request.POST, instance=SavedSearch(owner=request.user))
    if not form.is_valid():
        return render(request, "search/save.html", {"form": form})
    form.save()
    messages.success(request, "De zoekopdracht is bewaard.")
    return redirect("search:saved")


@require_POST
@permission_required(READ, raise_exception=True)
def look(request, pk):
    """Open a saved search; from now on only what comes after this is new."""
    search = get_object_or_404(SavedSearch, pk=pk, owner=request.user)
    actions.look(search)
    return redirect(f"{reverse('search:search')}?{search.query}")


@require_POST
@permission_required(READ, raise_exception=True)
def remove(request, pk):
    get_object_or_404(SavedSearch, pk=pk, owner=request.user).delete()
    messages.success(request, "De zoekopdracht is verwijderd.")
    return redirect("search:saved")


@require_GET
@permission_required("search.view_asked", raise_exception=True)
def asked(request):
    """What people ask, and what gives nothing; never what hardly anyone asked."""
    summed = Asked.objects.recent().summed()
    often = summed.filter(times__gte=Asked.RARE).order_by("-times", "question")
    return render(
        request,
        "search/asked.html",
        {
            "nothing": often.filter(found=0)[:50],
            "often": often.filter(found__gt=0)[:100],
            "rare": summed.filter(times__lt=Asked.RARE).count(),
            "days": Asked.KEPT.days,
            "least": Asked.RARE,
        },
    )
