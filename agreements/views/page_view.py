"""What the page view asks for: where the words of one page stand on the paper."""

from django.contrib.auth.decorators import permission_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from agreements.models import Page


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def page_words(request, pk, number):
    page = get_object_or_404(Page, version=pk, number=number)
    return JsonResponse(page.on_paper)
