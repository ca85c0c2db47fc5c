"""What comes with every answer under /api/, and what comes instead of one."""

import json

import pytest
from django.db import connection

from tests.api.conftest import Program, token_of
from tests.factories import MunicipalityFactory, UserFactory

KNOWN = "/api/v1/gemeenten"


def problem_in(response, status):
    """The problem that a response holds, when it is one of this status."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    about = response.json()
    assert about["status"] == status
    assert about["type"] == f"/api/#fout-{status}"
    assert about["title"]
    assert about["detail"]
    return about


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "says"),
    [
        ("GET", "/api/v1/gemeenten/bestaat-niet", {}, 404, "bestaat niet, of is niet gepubliceerd"),
        ("GET", "/api/v1/iets-anders", {}, 404, "bestaat niet, of is niet gepubliceerd"),
        ("GET", "/api/v2/gemeenten", {}, 404, "bestaat niet, of is niet gepubliceerd"),
        ("GET", "/api/bestaat/echt/niet", {}, 404, "bestaat niet, of is niet gepubliceerd"),
        ("GET", "/api/v1/gemeenten/", {}, 404, "schuine streep"),
        ("GET", "/api/v1/passages/99999999999999999999", {}, 404, "bestaat niet"),
        ("GET", "/api/v1/gemeenten/Hof_van_Twente", {}, 404, "bestaat niet"),
        ("POST", KNOWN, {}, 405, "Gebruik GET"),
        ("DELETE", KNOWN, {}, 405, "Gebruik GET"),
        ("TRACE", KNOWN, {}, 405, "Gebruik GET"),
        ("GET", KNOWN, {"Accept": "text/csv"}, 406, "application/json"),
        ("GET", KNOWN, {"Host": "elders.example"}, 400, "hoort niet bij het portaal"),
        ("GET", f"{KNOWN}?x=1", {}, 400, "Hier kunt u vragen om: pagina, paginaGrootte"),
        ("GET", f"{KNOWN}?{'x=1&' * 1001}", {}, 400, "Vraag minder tegelijk"),
        ("GET", KNOWN, {"If-Match": '"anders"'}, 412, "Vraag het opnieuw op"),
    ],
)
def test_an_error_is_a_problem_that_says_what_to_do(program, method, path, headers, status, says):
    response = program.ask(method, path, **headers)

    assert says in problem_in(response, status)["detail"]


def test_who_may_not_do_that_is_told_what_one_may(program):
    assert program.ask("PUT", KNOWN)["Allow"] == "GET, HEAD, OPTIONS"


def test_a_failure_of_the_portal_is_a_problem_without_a_word_of_its_inside(program, as_the_owner):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE municipalities_municipality RENAME TO gone")

    response = program.get(KNOWN)

    assert "gone" not in response.text
    assert "municipalities" not in response.text
    assert "Probeer het later opnieuw" in problem_in(response, 500)["detail"]
    assert "RateLimit-Remaining" in response


def test_the_pages_of_the_portal_keep_their_own_errors(client, db):
    client.force_login(UserFactory(role="Burgemeester"))

    response = client.get("/bestaat-niet/")

    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", [KNOWN, "/api/v1", "/api/v1/openapi.json", "/api/v1/iets"])
def test_no_answer_sets_a_cookie(program, client, path):
    client.force_login(UserFactory(role="Adviseur"))

    assert not program.get(path).cookies
    assert not client.get(path).cookies


def test_a_session_is_no_way_in(client, db):
    client.force_login(UserFactory(role="Adviseur"))

    response = client.get(KNOWN)

    problem_in(response, 401)
    assert response["WWW-Authenticate"] == "Bearer"


def test_an_answer_for_a_token_is_stored_nowhere(program):
    response = program.get(KNOWN)

    assert response["Cache-Control"] == "no-store"
    assert response["Vary"] == "Authorization"


def test_an_answer_for_anyone_may_be_kept_for_a_minute(anyone, settings):
    settings.PUBLIC_READING = True

    response = anyone.get(KNOWN)

    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Vary"] == "Authorization"
    assert "RateLimit-Remaining" not in response  # a proxy would give it to someone else


@pytest.mark.parametrize("query", [{"x": 1}, {"pagina": 0}])
def test_an_error_is_never_kept(anyone, settings, query):
    settings.PUBLIC_READING = True

    assert anyone.get(KNOWN, query)["Cache-Control"] == "no-store"
    assert anyone.get("/api/v1/iets")["Cache-Control"] == "no-store"


def test_who_has_the_answer_already_gets_304(program):
    first = program.get(KNOWN)

    again = program.get(KNOWN, If_None_Match=first["ETag"])
    MunicipalityFactory()
    later = program.get(KNOWN, If_None_Match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["API-Version"] == "1.0.0"
    assert not first["ETag"].startswith("W/")
    assert later.status_code == 200
    assert later["ETag"] != first["ETag"]


@pytest.mark.parametrize("path", [KNOWN, "/api/v1"])
@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("application/*;q=0.1", 200),
        ("application/json; charset=utf-8", 200),
        ("Application/JSON;charset=UTF-8;q=0.5", 200),
        ("text/html, application/json", 200),
        ("application/json;q=1, */*;q=0", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("application/json;charset=utf-8;q=0", 406),
        ("application/json;q=0, */*", 406),
        ("application", 406),
        ("text/html; charset*=bestaat-niet''x", 400),
    ],
)
def test_who_takes_json_gets_it(program, path, accept, status):
    assert program.get(path, Accept=accept).status_code == status


@pytest.mark.parametrize("path", [KNOWN, "/api/v1"])
@pytest.mark.parametrize("condition", ["If_Unmodified_Since", "If_Modified_Since"])
def test_a_condition_about_a_date_does_not_count(program, path, condition):
    response = program.get(path, **{condition: "Thu, 01 Jan 2026 00:00:00 GMT"})

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (KNOWN, {}, 200),
        ("/api/v1/gemeenten/bestaat-niet", {}, 404),
        (f"{KNOWN}?x=1", {}, 400),
        (f"{KNOWN}?pagina=0", {}, 400),
        (f"{KNOWN}?{'x=1&' * 1001}", {}, 400),
        ("/api/v1/zoekresultaten?q=team", {}, 403),
        (KNOWN, {"Accept": "text/csv"}, 406),
        (KNOWN, {"If_Match": '"anders"'}, 412),
        (KNOWN, {"If_None_Match": "*"}, 304),
    ],
)
def test_who_has_a_token_always_sees_what_is_left(db, settings, path, headers, status):
    settings.API_PER_MINUTE = 100
    reads = Program(token_of(UserFactory(role="Burgemeester"), "lezen")[1])

    response = reads.get(path, **headers)

    assert response.status_code == status
    assert response["RateLimit-Remaining"] == "99"
    assert response["RateLimit-Limit"] == "100"


def test_every_address_has_a_mark_and_heeds_it(program):
    for address in ["/api/v1", "/api/v1/openapi.json", *_lists(program)]:
        mark = program.get(address)["ETag"]
        assert program.get(address, If_None_Match=mark).status_code == 304, address


def _lists(program):
    for name, address in program.get("/api/v1").json()["adressen"].items():
        yield f"{address}?q=team" if name == "zoekresultaten" else address


def test_head_gives_the_same_headers_without_the_words(program):
    got, asked = program.get(KNOWN), program.ask("HEAD", KNOWN)

    assert (asked.status_code, asked.content) == (200, b"")
    assert asked["ETag"] == got["ETag"]
    assert asked["Content-Length"] == str(len(got.content))


def test_options_tells_what_can_be_done_without_a_token(anyone):
    response = anyone.ask("OPTIONS", KNOWN)

    assert (response.status_code, response.content) == (204, b"")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Origin" not in response


def test_other_sites_may_read_what_is_public(anyone, settings):
    settings.PUBLIC_READING = True

    asked = anyone.ask("OPTIONS", KNOWN, Origin="https://elders.example")
    response = anyone.get(KNOWN, Origin="https://elders.example")

    for answer in (asked, response, anyone.get(KNOWN, {"x": 1})):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    assert "Authorization" not in asked["Access-Control-Allow-Headers"]


def test_other_sites_read_the_description_and_no_more_where_reading_is_not_public(program):
    assert program.get("/api/v1/openapi.json")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in program.get(KNOWN)


def test_the_headers_of_the_portal_are_there_too(program):
    for response in (program.get(KNOWN), program.get("/api/v1/iets")):
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"


def test_public_reading_does_not_let_a_wrong_token_in(anyone, settings):
    settings.PUBLIC_READING = True

    response = Program("vrt_onbekend").get(KNOWN)

    assert "Dit token werkt niet" in problem_in(response, 401)["detail"]
    assert anyone.get(KNOWN).status_code == 200


def test_an_answer_is_the_same_for_everyone(program, anyone, settings):
    MunicipalityFactory()
    with_token = program.get(KNOWN)
    settings.PUBLIC_READING = True

    assert anyone.get(KNOWN).content == with_token.content
    assert json.loads(with_token.content)["totaal"] == 1
