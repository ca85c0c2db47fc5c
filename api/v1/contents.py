"""The API put together: its operations, and what is said when one can't answer."""

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from api.problems import Problem, in_words, nothing
from api.v1 import agreements, assessments, changes, passages, places, searching, themes

VERSION = "1.0.0"  # of the API, not of the portal; the changelog says what changed
ABOUT = """Wat er in Twentse coalitieakkoorden staat over zes veiligheidsthema’s, en wat Veiligheidsregio Twente daarvan vindt. Alleen lezen, en alleen wat gepubliceerd is.

Wat `isFictie` heeft, is verzonnen als voorbeeld. Uitleg met voorbeelden: /api/.

Een nieuw veld of adres kan er altijd bij komen. Wat weggaat, staat een jaar van tevoren in de uitleg, en werkt dat jaar nog; daarna komt er een v2."""


class Readable(JSONRenderer):
    """Dutch as it is written, and no spaces that nobody reads."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


api = NinjaAPI(
    title="Veiligheid in coalitieakkoorden",
    version=VERSION,
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    renderer=Readable(),
)
for room in (places, themes, agreements, passages, assessments, searching, changes):
    api.add_router("", room.router)


@api.exception_handler(Problem)
def _problem(request, problem):
    return problem.response(request)


@api.exception_handler(Http404)
def _not_found(request, problem):
    return nothing().response(request)


@api.exception_handler(ValidationError)
def _does_not_fit(request, problem):
    if any(error["loc"][0] == "path" for error in problem.errors):
        return nothing().response(request)
    wrong = list(in_words(problem.errors))
    names = ", ".join(dict.fromkeys(each["parameter"] for each in wrong))
    return Problem(400, f"Kijk naar: {names}. Bij errors staat per parameter wat er niet klopt.", wrong=wrong).response(request)  # fmt: skip


@api.exception_handler(Exception)
def _unexpected(request, problem):
    raise problem  # the door answers, and writes it down
