"""The measures of a passage: what it promises."""

from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from agreements import actions
from agreements.forms.marking import MeasureForm
from agreements.models import Measure, Passage
from agreements.views import room
from agreements.views.last_action import remember

_CARRIES = (
    "Deze maatregel draagt een beoordeling die wordt nagekeken of gepubliceerd is. Hij kan niet anders worden of weg "
    "zolang die beoordeling geldt."
)


@require_http_methods(["GET", "POST"])
@permission_required("agreements.add_passage", raise_exception=True)
@vary_on_headers("HX-Request")
def measure_create(request, pk):
    passage = get_object_or_404(Passage.objects.defer("version"), pk=pk)
    return _answer(request, Measure(passage=passage, created_by=request.user, edit_number=0))


@require_http_methods(["GET", "POST"])
@permission_required("agreements.add_passage", raise_exception=True)
@vary_on_headers("HX-Request")
def measure_change(request, pk):
    return _answer(request, get_object_or_404(Measure.objects.select_related("passage"), pk=pk))


def _answer(request, measure):
    version = room.version_at(measure.passage.version_id)
    form = MeasureForm(
        request.POST or None,
        instance=measure,
        initial={"seen": measure.edit_number},
        auto_id="measure_%s",
    )
    if request.method == "GET" or not form.is_valid():
        return _card(request, version, measure, measuring=form)
    is_new = measure.pk is None
    try:
        with room.one_action(version) as change:
            actions.save_measure(form.instance, seen=form.cleaned_data["seen"])
    except actions.Stale:
        stored = Measure.objects.filter(pk=measure.pk).first()
        form.data = form.data.copy()
        form.data["seen"] = stored.edit_number if stored else 0
        return _card(request, version, measure, measuring=form, stored_measure=stored, status=409)
    except IntegrityError:
        form.add_error(None, _CARRIES)
        return _card(request, version, measure, measuring=form)
    what = "maatregel toegevoegd" if is_new else "maatregel gewijzigd"
    remember(request, version, change, what)
    return _changed(request, version, measure.passage_id)


@require_POST
@permission_required("agreements.add_passage", raise_exception=True)
def measure_delete(request, pk):
    measure = get_object_or_404(Measure.objects.select_related("passage"), pk=pk)
    version = room.version_at(measure.passage.version_id)
    try:
        with transaction.atomic(), room.one_action(version) as change:
            measure.delete()
    except IntegrityError:
        return _card(request, version, measure, problem=_CARRIES)
    remember(request, version, change, "maatregel verwijderd")
    return _changed(request, version, measure.passage_id)


def _card(request, version, measure, **context):
    passage = room.with_codings(measure.passage_id)
    return room.part(request, version, "passage", passage=passage, **context)


def _changed(request, version, passage):
    passage = room.with_codings(passage)
    return room.changed(request, version, "passage", places=[], passage=passage)
