"""Who may do what at which address, in which state of what it is about: one table, and no address outside it.

Every address is asked as everyone, by every method, in every state; then what someone may not see is held
against the same address of what doesn't exist. A new address needs a row here and arguments in
tests/world.py; one about a judgement a row in tests/states.py; one that takes a POST a body in tests/bodies.py.
"""

import pytest
from django.urls import get_resolver, reverse

from tests.conftest import HTMX
from tests.scene import put_file, scene_with
from tests.states import ARGUMENTS
from tests.sweep import METHODS, REFUSED_AT_THE_DOOR, someone
from tests.world import make_world

ELSEWHERE = {"Burgemeester elders", "Gemeentecontact elders"}  # of another municipality
SEES_WORK = {"Adviseur", "Eindredacteur", "Beheerder"}
READER = {"Burgemeester", "Gemeentecontact"} | ELSEWHERE | SEES_WORK
OUTSIDE = {"anonymous", "disabled"}
SIGNED_IN = READER | {"no role"}
EVERYONE = SIGNED_IN | OUTSIDE
SIGN_IN_PAGE = {"accounts:login", "account_login"}  # django-allauth has its own name for it

# Per address who may, and the answer to a GET by who may (405: it only takes POST).
TABLE = {
    "overview:home": (READER, 200),
    "overview:matrix": (READER, 200),
    "overview:themes": (READER, 200),
    "overview:theme": (READER, 200),
    "overview:white-spots": (READER, 200),
    "overview:municipalities": (READER, 200),
    "overview:municipality": (READER, 200),
    "overview:document": (READER, 200),
    "overview:compare": (READER, 200),
    "overview:compare-terms": (READER, 200),
    "overview:chart-spread": (READER, 200),
    "overview:chart-levels": (READER, 200),
    "overview:chart-measures": (READER, 200),
    "overview:document-file": (READER, 200),
    "overview:document-words": (READER, 200),
    "overview:accessibility": (EVERYONE, 200),
    "demo:design": (EVERYONE, 404),  # there only in a demo
    "overview:privacy": (EVERYONE, 200),
    "reports:list": (READER, 200),
    "reports:report": (READER, 200),
    "reports:file": (READER, 200),
    "reports:freeze": ({"Eindredacteur"}, 405),
    "reports:editions": (READER, 200),
    "reports:edition": (READER, 200),
    "reports:edition-file": (READER, 200),
    "reports:withdraw": ({"Eindredacteur"}, 405),
    "reports:bundle-create": (SEES_WORK, 405),
    "reports:bundle": (SEES_WORK, 200),
    "reports:bundle-file": (SEES_WORK, 200),
    "exchange:data": (READER, 200),
    "exchange:table-file": (READER, 200),
    "exchange:work-table-file": (SEES_WORK, 200),
    "exchange:codebook-in": ({"Adviseur"}, 200),
    "exchange:codebook-file": (READER, 200),
    "exchange:codebook-table-file": (READER, 200),
    "exchange:work-codebook-file": (SEES_WORK, 200),
    "exchange:project-file": (READER, 200),
    "exchange:work-project-file": (SEES_WORK, 200),
    "exchange:catalog-file": (READER, 200),
    "exchange:annotations-file": (READER, 200),
    "exchange:work-annotations-file": (SEES_WORK, 200),
    "exchange:text-file": (READER, 200),
    "exchange:highlights-file": (READER, 200),
    "exchange:work-highlights-file": (SEES_WORK, 200),
    "agreements:list": (SEES_WORK, 200),
    "agreements:create": ({"Adviseur"}, 200),
    "agreements:agreement": (SEES_WORK, 200),
    "agreements:version-create": ({"Adviseur"}, 405),
    "agreements:assign": ({"Adviseur"}, 405),
    "agreements:unassign": ({"Adviseur"}, 405),
    "agreements:version": (SEES_WORK, 200),
    "agreements:version-file": (SEES_WORK, 200),
    "agreements:page-words": (SEES_WORK, 200),
    "agreements:passages": (SEES_WORK, 200),
    "agreements:page-read": ({"Adviseur"}, 405),
    "agreements:passage-create": ({"Adviseur"}, 405),
    "agreements:passage": (SEES_WORK, 302),
    "agreements:suggestions": (SEES_WORK, 302),
    "agreements:suggestion": (SEES_WORK, 302),
    "agreements:suggestion-accept": ({"Adviseur"}, 405),
    "agreements:suggestion-reject": ({"Adviseur"}, 405),
    "agreements:undo": ({"Adviseur"}, 405),
    "agreements:news": (SEES_WORK, 302),
    "agreements:terms": ({"Adviseur", "Beheerder"}, 200),
    "agreements:theme-terms": ({"Adviseur", "Beheerder"}, 200),
    "agreements:measure-create": ({"Adviseur"}, 200),
    "agreements:measure-change": ({"Adviseur"}, 200),
    "agreements:measure-delete": ({"Adviseur"}, 405),
    "agreements:anchoring": (SEES_WORK, 200),
    "agreements:anchoring-keep": ({"Adviseur"}, 405),
    "agreements:anchoring-adapt": ({"Adviseur"}, 405),
    "agreements:anchoring-drop": ({"Adviseur"}, 405),
    "agreements:anchoring-reconsider": ({"Adviseur"}, 405),
    "agreements:coding-change": ({"Adviseur"}, 200),
    "agreements:coding-delete": ({"Adviseur"}, 405),
    "assessments:my-work": (SEES_WORK, 200),
    "assessments:list": (SEES_WORK, 200),
    "assessments:assess": (SEES_WORK, 200),
    "assessments:judge-hits": ({"Adviseur"}, 405),
    "assessments:coalition": (SEES_WORK, 200),
    "assessments:submit": ({"Adviseur"}, 405),
    "assessments:take-back": ({"Adviseur"}, 405),
    "assessments:remark": ({"Eindredacteur"}, 405),
    "assessments:answer-remark": ({"Adviseur"}, 405),
    "assessments:resolve-remark": ({"Eindredacteur"}, 405),
    "assessments:send-back": ({"Eindredacteur"}, 405),
    "assessments:ask-reply": ({"Eindredacteur"}, 405),
    "assessments:ask-replies": ({"Eindredacteur"}, 405),
    "assessments:replies": ({"Gemeentecontact", "Gemeentecontact elders"}, 200),
    "assessments:reply": ({"Gemeentecontact"}, 405),
    "assessments:agree": ({"Gemeentecontact"}, 405),
    "assessments:reply-document": ({"Gemeentecontact"}, 200),
    "assessments:answer-reply": ({"Adviseur"}, 405),
    "assessments:close-reply": ({"Adviseur", "Eindredacteur"}, 405),
    "assessments:clear": ({"Eindredacteur"}, 405),
    "assessments:publish": ({"Eindredacteur"}, 405),
    "reports:regional-input": (READER, 200),
    "municipalities:formation": (READER, 200),
    "municipalities:formation-change": ({"Adviseur"}, 200),
    "municipalities:list": ({"Beheerder"}, 200),
    "municipalities:municipality": ({"Beheerder"}, 200),
    "municipalities:coalition": ({"Beheerder"}, 200),
    "themes:inputs": (READER, 200),
    "themes:input-begin": ({"Adviseur"}, 405),
    "themes:input": (READER, 200),
    "themes:edition": (READER, 200),
    "themes:input-edit": ({"Adviseur"}, 200),
    "themes:input-theme": ({"Adviseur"}, 200),
    "themes:input-draft": ({"Adviseur", "Eindredacteur"}, 200),
    "themes:input-discard": ({"Adviseur"}, 405),
    "themes:input-publish": ({"Eindredacteur"}, 405),
    "themes:list": ({"Beheerder"}, 200),
    "themes:theme": ({"Beheerder"}, 200),
    "themes:theme-move": ({"Beheerder"}, 405),
    "assessments:choose-quotes": ({"Eindredacteur"}, 200),
    "assessments:advice-list": (READER - {"Beheerder"}, 200),
    "assessments:advice-ask": ({"Burgemeester", "Gemeentecontact"} | ELSEWHERE, 200),
    "assessments:advice-request": (READER - ELSEWHERE - {"Beheerder"}, 200),
    "assessments:advice-assign": ({"Adviseur"}, 405),
    "assessments:advice-answer": ({"Adviseur"}, 405),
    "assessments:advice-close": ({"Burgemeester", "Gemeentecontact", "Adviseur"}, 405),
    "assessments:advice-follow-up": ({"Burgemeester", "Gemeentecontact"}, 405),
    "assessments:advice-publish": ({"Eindredacteur"}, 200),
    "assessments:published-advice": (READER, 200),
    "assessments:advice": (READER, 200),
    "assessments:advice-withdraw": ({"Eindredacteur"}, 405),
    "assessments:withdraw": ({"Eindredacteur"}, 405),
    "assessments:second-readings": ({"Adviseur", "Eindredacteur"}, 200),
    "assessments:ask-second-readings": ({"Eindredacteur"}, 405),
    "assessments:second-reading": ({"Adviseur", "Eindredacteur"}, 200),
    "assessments:give-second-reading": ({"Adviseur"}, 405),
    "assessments:settle-second-reading": ({"Adviseur", "Eindredacteur"}, 405),
    "assessments:cancel-second-reading": ({"Eindredacteur"}, 405),
    "accounts:login": (EVERYONE, 200),
    "accounts:logout": (SIGNED_IN, 405),
    "accounts:oidc": (set(), 405),  # without settings there is nothing here
    "accounts:oidc-callback": (EVERYONE, 404),
    "accounts:forgotten-password": (EVERYONE, 200),
    "accounts:new-password": (EVERYONE, 200),
    "accounts:invited": (EVERYONE, 200),
    "accounts:kept": (SIGNED_IN, 200),
    "accounts:kept-discard": (SIGNED_IN, 405),
    "accounts:mine": (SIGNED_IN, 200),
    "accounts:password": (SIGNED_IN, 200),
    "accounts:session-end": (SIGNED_IN, 405),
    "accounts:identity-remove": (SIGNED_IN, 405),
    "accounts:second-step": (SIGNED_IN, 200),
    "accounts:sign-in-again": (SIGNED_IN, 200),
    "accounts:users": ({"Beheerder"}, 200),
    "accounts:invite": ({"Beheerder"}, 200),
    "accounts:user-change": ({"Beheerder"}, 200),
    "accounts:user-unlock": ({"Beheerder"}, 405),
    "accounts:second-step-reset": ({"Beheerder"}, 405),
    "accounts:invitation-send": ({"Beheerder"}, 405),
    "accounts:invitation-withdraw": ({"Beheerder"}, 405),
    "account_login": (EVERYONE, 200),
    "account_reauthenticate": (SIGNED_IN, 200),
    "mfa_authenticate": (EVERYONE, 302),  # only between a password and the second step
    "mfa_reauthenticate": (SIGNED_IN, 302),
    "mfa_reauthenticate_webauthn": (SIGNED_IN, 302),
    "mfa_index": (SIGNED_IN, 200),
    "mfa_activate_totp": (SIGNED_IN, 200),
    "mfa_deactivate_totp": (SIGNED_IN, 404),  # nobody here has one
    "mfa_add_webauthn": (SIGNED_IN, 200),
    "mfa_remove_webauthn": (SIGNED_IN, 404),
    "mfa_view_recovery_codes": (SIGNED_IN, 404),
    "mfa_generate_recovery_codes": (SIGNED_IN, 200),
    "search:search": (READER, 200),
    "search:saved": (READER, 200),
    "search:save": (READER, 405),
    "search:look": (set(), 405),  # of someone else; one's own in tests/search/test_saved.py
    "search:remove": (set(), 405),
    "search:asked": ({"Eindredacteur", "Beheerder"}, 200),
    "api:explained": (EVERYONE, 200),
    "api:tokens": (READER, 200),
    "api:token-revoke": (set(), 405),  # of someone else; one's own in tests/api/test_tokens.py
    "mail:messages": ({"Beheerder"}, 200),
    "mail:try-again": ({"Beheerder"}, 405),
    "health": (EVERYONE, 503),  # no worker runs beside the tests
}


# Which of these pages also take a POST, and from whom.
FORMS = {
    "agreements:create": {"Adviseur"},
    "agreements:theme-terms": {"Adviseur", "Beheerder"},
    "agreements:measure-create": {"Adviseur"},
    "agreements:measure-change": {"Adviseur"},
    "agreements:coding-change": {"Adviseur"},
    "assessments:assess": {"Adviseur"},
    "assessments:choose-quotes": {"Eindredacteur"},
    "assessments:advice-ask": {"Burgemeester", "Gemeentecontact"} | ELSEWHERE,
    "assessments:advice-publish": {"Eindredacteur"},
    "municipalities:formation-change": {"Adviseur"},
    "municipalities:municipality": {"Beheerder"},
    "municipalities:coalition": {"Beheerder"},
    "exchange:codebook-in": {"Adviseur"},
    "themes:input-edit": {"Adviseur"},
    "themes:input-theme": {"Adviseur"},
    "themes:theme": {"Beheerder"},
    "api:tokens": READER,
    "accounts:login": EVERYONE,
    "accounts:forgotten-password": EVERYONE,
    "accounts:invited": EVERYONE,
    "accounts:password": SIGNED_IN,
    "accounts:invite": {"Beheerder"},
    "accounts:user-change": {"Beheerder"},
}

# In which states (of a judgement, a second reading, a question for advice) a POST is carried out (302); in the
# others it is refused, with the reason (409).
# Where a concept can't be written because a newer revision is under way, "assess" begins the next one.
DONE_IN = {
    "assessments:assess": {"draft", "returned", "published", "superseded", "withdrawn"},
    "assessments:submit": {"draft", "returned"},
    "assessments:take-back": {"in_review"},
    "assessments:remark": {"in_review", "in_reply", "ready"},
    "assessments:answer-remark": {"draft", "in_review", "returned"},
    "assessments:resolve-remark": {"draft", "in_review", "returned", "in_reply", "ready"},
    "assessments:send-back": {"in_review", "in_reply", "ready"},
    "assessments:ask-reply": {"in_review"},
    "assessments:close-reply": {"in_reply"},
    "assessments:answer-reply": {"in_reply"},
    "assessments:clear": {"in_review"},
    "assessments:publish": {"ready"},
    "assessments:withdraw": {"published"},
    "assessments:give-second-reading": {"open"},
    "assessments:settle-second-reading": {"different"},
    "assessments:cancel-second-reading": {"open"},
    "assessments:advice-assign": {"asked", "assigned"},
    "assessments:advice-answer": {"assigned"},
    "assessments:advice-close": {"asked", "assigned", "answered"},
    "assessments:advice-follow-up": {"answered", "closed"},
}
# Who does it in fewer states: VRT doesn't close what it hasn't answered.
DONE_IN_BY = {("assessments:advice-close", "Adviseur"): {"answered"}}

# Who is sent on from a page: someone who is signed in has nothing to do at the sign-in page; an advisor
# begins at work.
SENT_ON = dict.fromkeys(SIGN_IN_PAGE, SIGNED_IN) | {"overview:home": {"Adviseur", "Eindredacteur"}}
# Views of packages, each with an idea of its own of a method that it doesn't know. Who may come there at all
# holds for these too.
OF_A_PACKAGE = {
    "accounts:login",
    "accounts:forgotten-password",
    "accounts:new-password",
    *(name for name in TABLE if ":" not in name and name != "health"),
}


def all_names():
    """Every URL name in the portal, with its namespace."""
    for resolver in get_resolver().url_patterns:
        if hasattr(resolver, "url_patterns"):
            for pattern in resolver.url_patterns:
                yield f"{resolver.namespace}:{pattern.name}"
        else:
            yield resolver.name


def test_every_address_stands_in_the_table():
    assert set(all_names()) == set(TABLE)
    assert TABLE.keys() >= FORMS.keys() | DONE_IN.keys() | ARGUMENTS.keys()


@pytest.fixture
def world(db, stored_file):
    return make_world()


@pytest.fixture
def stored_file(settings):
    put_file()


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with scene_with(EVERYONE, django_db_blocker) as scene:
        yield scene


def done_in(name, who):
    """The states in which this person's POST is carried out; None where there are no states."""
    return DONE_IN_BY.get((name, who), DONE_IN.get(name))


def expected(place, who, method):
    """The statuses that may answer this; None: the way to the sign-in page."""
    name = place.name
    allowed, answer = TABLE[name]
    if who in OUTSIDE and who not in allowed:
        return None
    if name in OF_A_PACKAGE and method != "GET":
        return {200, 302, 404, 405}
    if method == "HEAD" and name.startswith("exchange:") and name not in FORMS:
        method = "GET"  # programs that fetch data ask first what there is
    if method in {"PUT", "DELETE", "PATCH", "HEAD"}:
        return {405}
    if method == "GET":
        if who in SENT_ON.get(name, ()):
            return {302}
        return {answer} if who in allowed or answer == 405 else {404}
    if answer != 405 and name not in FORMS:
        return {405}
    if who not in FORMS.get(name, allowed):
        return {404}
    if name in DONE_IN:
        return {302} if place.state in done_in(name, who) else {409}
    return {200, 204, 302, 400, 409}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TABLE)
def test_everyone_gets_what_the_table_says(scene, stored_file, name):
    places, crowd = scene.places, scene.crowd
    odd = []

    for place, who, method in requests_to(places[name]):
        answer = crowd.ask_once(who, method, place.path, place.body)
        statuses = expected(place, who, method)
        if not _fits(answer, statuses):
            odd.append(f"{method} {place} as {who}: {answer}, not {statuses}")
        # Nothing of anyone's stays behind in a browser or a proxy, an error or a refusal neither.
        if "no-store" not in dict(answer.headers)["Cache-Control"]:
            odd.append(f"{method} {place} as {who} may be stored")

    assert not odd, "\n".join(odd)


def requests_to(places):
    """Each place as everyone by every method; what no view knows once per address."""
    for place in places:
        for who in sorted(EVERYONE):
            for method in METHODS + (REFUSED_AT_THE_DOOR if place is places[0] else ()):
                yield place, who, method


def _fits(answer, statuses):
    if statuses is None:
        to = dict(answer.headers).get("Location", "")
        return answer.status in {404, 405} or to.startswith(reverse("accounts:login"))
    return answer.status in statuses


@pytest.mark.django_db
@pytest.mark.parametrize("name", TABLE)
def test_what_you_may_not_see_looks_like_what_does_not_exist(scene, stored_file, name):
    places, crowd = scene.places, scene.crowd
    told = []

    for place, who, method in requests_to(places[name]):
        if _is_open(place, who):
            continue
        here = crowd.ask_once(who, method, place.path, place.body)
        if place.elsewhere:
            there = crowd.ask_once(who, method, place.elsewhere, place.body)
            if here != there:
                told.append(f"{method} {place} as {who}: {here}, and {there} elsewhere")
        if here.status == 404:
            asked = (
                "HEAD" if method == "HEAD" else "GET"
            )  # without a body only like another without
            nowhere = crowd.ask_once(who, asked, f"{place.path.rstrip('/')}/bestaat/echt/niet/")
            if here != nowhere:
                told.append(f"{method} {place} as {who} is not like an unknown address")

    assert not told, "\n".join(told)


def _is_open(place, who):
    """Whether this person may know that it is there: who may open a page, or send its form."""
    allowed, _ = TABLE[place.name]
    return who in allowed or who in FORMS.get(place.name, ())


@pytest.mark.django_db
def test_the_sweep_would_notice_a_difference(scene):
    """The control: an advisor does see the difference between what is there and what isn't."""
    places, crowd = scene.places, scene.crowd
    (place,) = places["agreements:agreement"]

    assert crowd.ask("Adviseur", "GET", place.path) != crowd.ask("Adviseur", "GET", place.elsewhere)


WRITES = [
    name for name, (_, answer) in TABLE.items() if answer == 405 and name != "accounts:logout"
]


@pytest.mark.parametrize("role", ["Eindredacteur", "Beheerder"])
def test_who_reads_an_assessment_does_not_write_it(client, world, role):
    client.force_login(someone(role, world))
    before = world.draft.summary

    response = client.post(
        reverse("assessments:assess", args=world.arguments["assessments:assess"]),
        {"level": 1, "summary": "Anders", "seen": world.draft.edit_number},
    )

    world.draft.refresh_from_db()
    assert response.status_code == 404
    assert world.draft.summary == before


PAGES = [name for name, (_, answer) in TABLE.items() if answer == 200 and "file" not in name]


def page_of(scene, name):
    """The page, as someone who may open it and isn't sent on."""
    who = sorted(TABLE[name][0] - SENT_ON.get(name, set()))[0]
    return scene.crowd.response(who, scene.places[name][0].path)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole_for_a_browser_without_javascript(scene, stored_file, name):
    response = page_of(scene, name)

    assert response.status_code == 200
    if response["Content-Type"].startswith("text/html"):
        assert response.text.count("<h1") == 1
        assert "</html>" in response.text
        # Every request by HTMX stands on a real form or link with the same address.
        for line in response.text.splitlines():
            assert ("hx-post=" in line) <= ("action=" in line)
    else:
        assert response["Content-Type"] in {"application/pdf", "application/json", "image/svg+xml"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_every_answer_carries_the_strict_headers(scene, stored_file, name):
    response = page_of(scene, name)

    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]


def test_an_expired_session_inside_htmx_gets_the_whole_sign_in_page(client, world):
    address = reverse("agreements:coding-change", args=world.arguments["agreements:coding-change"])

    response = client.get(address, headers=HTMX, follow=True)

    assert response.headers["HX-Redirect"].startswith(reverse("accounts:login"))
