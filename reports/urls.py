"""Addresses of what leaves the house on paper."""

from django.urls import path, register_converter

from reports.models import Format, Kind
from reports.views import bundles, editions, reports


class _OneOf:
    """One of the words of a list, as a part of an address."""

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


class KindConverter(_OneOf):
    regex = "|".join(Kind.values)


class FormatConverter(_OneOf):
    regex = "|".join(Format.values)


class AboutConverter(_OneOf):
    """Slugs, joined as subjects.py reads them."""

    regex = r"[-a-zA-Z0-9_.+]{1,400}"


register_converter(KindConverter, "kind")
register_converter(FormatConverter, "format")
register_converter(AboutConverter, "about")

app_name = "reports"
_ONE = "rapporten/<int:year>/<kind:kind>/<about:about>/"
urlpatterns = [
    path("rapporten/", reports.report_list, name="list"),
    path("rapporten/<int:year>/", reports.report_list, name="list"),
    path(_ONE, reports.report, name="report"),
    path(f"{_ONE}rapport.<format:format>", reports.report_file, name="file"),
    path(f"{_ONE}vaststellen/", reports.freeze, name="freeze"),
    path("rapporten/edities/", editions.edition_list, name="editions"),
    path("rapporten/edities/<int:pk>/", editions.edition, name="edition"),
    path(
        "rapporten/edities/<int:pk>/editie.<format:format>",
        editions.edition_file,
        name="edition-file",
    ),
    path("rapporten/edities/<int:pk>/intrekken/", editions.withdraw, name="withdraw"),
    path("rapporten/<int:year>/pakket/", bundles.bundle_create, name="bundle-create"),
    path("rapporten/pakketten/<int:pk>/", bundles.bundle, name="bundle"),
    path("rapporten/pakketten/<int:pk>/bestand/", bundles.bundle_file, name="bundle-file"),
    path(
        "regionale-inbreng/<int:year>/inbreng.<format:format>",
        reports.regional_input,
        name="regional-input",
    ),
]
