"""A bare page to compare with: 30 kB from a template, without a database."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import include, path

_PAGE = Template(
    "<!doctype html><title>Kaal</title>{% for line in lines %}<p>{{ line }}</p>{% endfor %}"
)
_LINES = [
    "Een regel van zo ongeveer honderd tekens, want een bladzijde bestaat uit gewone zinnen zoals deze."
] * 280


@login_not_required
def bare(request):
    return HttpResponse(_PAGE.render(Context({"lines": _LINES})))


urlpatterns = [path("bench/kaal/", bare), path("", include("vrt_portal.urls"))]
handler403 = handler404 = "vrt_portal.errors.not_found"
