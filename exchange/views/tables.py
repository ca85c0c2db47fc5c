"""The page on which data is chosen, and the tables as files."""

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchange import workbook
from exchange.forms import ScopeForm
from exchange.scope import Scope
from municipalities.published import readers_only


@require_safe
@readers_only
def data(request):
    """The page: choose a term, a municipality and a theme, and then a file."""
    return _page(request, ScopeForm(request.GET or None))


@require_safe
@readers_only
def tables(request, table, kind):
    """A file with what is published, as far as the question in the address goes."""
    return _file(request, table, kind)


@require_safe
@permission_required("agreements.view_agreement", raise_exception=True)
def work_tables(request, table, kind):
    """The same with drafts and notes, each row marked; for who may see work."""
    return _file(request, table, kind, reader_of_work=request.user)


def _file(request, table, kind, **who):
    if (table, kind) not in workbook.FILES:
        raise Http404

    def answer(scope):
        return FileResponse(
            workbook.write(scope, table=table, kind=kind, address_of=request.build_absolute_uri),
            as_attachment=True,
            filename=f"coalitieakkoorden-{table}{scope.in_a_name}.{kind}",
            content_type=workbook.FILES[table, kind],
        )

    return answer_about(request, answer, **who)


def answer_about(request, answer, **who):
    """What `answer` makes of the scope in the address, or the page with what is wrong with it."""
    form = ScopeForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=400)
    chosen = form.cleaned_data
    return answer(Scope(chosen["raadsperiode"], chosen["gemeente"], chosen["thema"], **who))


def _page(request, form, status=200):
    context = {"form": form, "licence": settings.OPEN_DATA_LICENCE}
    return render(request, "exchange/data.html", context, status=status)
