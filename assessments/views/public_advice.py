"""Advice for everyone: answers that an editor published."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.actions import advice as actions
from assessments.actions.refused import Refused
from assessments.forms.advice import PublishAdviceForm
from assessments.models.advice import AdviceMessage, PublishedAdvice
from municipalities.models import CouncilTerm
from municipalities.published import readers_only


@require_GET
@readers_only
def published(request):
    return render(
        request,
        "assessments/published_advice.html",
        {"rows": PublishedAdvice.objects.public().for_display()},
    )


@require_GET
@readers_only
def advice(request, pk):
    row = get_object_or_404(PublishedAdvice.objects.public().for_display(), pk=pk)
    return render(request, "assessments/advice.html", {"advice": row})


@require_http_methods(["GET", "POST"])
@permission_required("assessments.publish_advice", raise_exception=True)
def publish(request, pk):
    """Make an answer into advice for everyone."""
    answer = get_object_or_404(
        AdviceMessage.objects.sent().select_related("request__municipality", "request__theme"),
        pk=pk,
        is_answer=True,
    )
    asked = answer.request
    form = PublishAdviceForm(
        request.POST or None,
        municipality=asked.municipality,
        initial={
            "text": answer.text,
            "theme": asked.theme,
            "term": CouncilTerm.objects.starting().first(),
        },
    )
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.publish_advice(form.instance, answer=answer, by=request.user)
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, "Het advies is gepubliceerd. Alle lezers zien het nu.")
            return redirect(made)
    context = {"asked": asked, "answer": answer, "form": form, "problem": problem}
    return render(
        request, "assessments/advice_publish.html", context, status=409 if problem else 200
    )


@require_POST
@permission_required("assessments.publish_advice", raise_exception=True)
def withdraw(request, pk):
    actions.withdraw_advice(
        get_object_or_404(PublishedAdvice.objects.public(), pk=pk), by=request.user
    )
    messages.success(request, "Het advies is ingetrokken. Lezers zien het niet meer.")
    return redirect("assessments:published-advice")
