"""With PUBLIC_READING the published part is open to everyone, and not a byte more (ADR 39)."""

import re

import pytest
from django.conf import settings as configured
from django.urls import resolve, reverse

from tests.canaries import plant
from tests.scene import put_file, scene_with
from tests.test_access import EVERYONE, READER, TABLE
from tests.test_canaries import walk

# Every address that is open without signing in once PUBLIC_READING is on, and only then.
PUBLISHED_PART = {
    "overview:home",
    "overview:matrix",
    "overview:themes",
    "overview:theme",
    "overview:municipalities",
    "overview:municipality",
    "overview:white-spots",
    "overview:compare",
    "overview:compare-terms",
    "overview:chart-spread",
    "overview:chart-levels",
    "overview:chart-measures",
    "overview:document",
    "overview:document-file",
    "overview:document-words",
    "search:search",
    "municipalities:formation",
    "themes:inputs",
    "themes:input",
    "themes:edition",
    "assessments:published-advice",
    "assessments:advice",
    "reports:list",
    "reports:report",
    "reports:file",
    "reports:editions",
    "reports:edition",
    "reports:edition-file",
    "reports:regional-input",
    "exchange:data",
    "exchange:table-file",
    "exchange:catalog-file",
    "exchange:annotations-file",
    "exchange:text-file",
    "exchange:highlights-file",
    "exchange:codebook-file",
    "exchange:codebook-table-file",
    "exchange:project-file",
}
# What a reader's page is about a person: one signs in for it, with the right to read that everyone has then.
OF_A_PERSON = {"search:saved", "search:save", "api:tokens"}
# Differs at every request: the moment in a file, a secret that is offered, the time of what was tried. The catalog
# of the data says whether everyone may read.
ANEW = {"reports:file", "mfa_activate_totp", "mfa_add_webauthn", "exchange:catalog-file"}
CLOCK = {"Content-Length", "Expires", "Last-Modified"}
# The menu shows what one may read; it stands on refusals too, and its links are held to account below.
HEADER = re.compile(rb"<header.*?</header>", re.DOTALL)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
LINK = re.compile(r'(?:href|action|hx-get|hx-post)="(/[^"#?]*)')


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    people = EVERYONE - {"Burgemeester elders", "Gemeentecontact elders"}
    with scene_with(people, django_db_blocker) as scene:
        yield scene


@pytest.fixture
def stored_file(settings):
    put_file()


def look(scene, who, method, place):
    """What someone sees, but for the menu and what differs at every request."""
    crowd = scene.crowd
    if method == "GET":
        response = crowd.response(who, place.path)
    else:
        response = crowd.sent_and_undone(who, place.path, place.body)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.items() if name not in CLOCK}
    return response.status_code, headers, TOKEN.sub(b"", HEADER.sub(b"", body))


def in_both_modes(scene, settings, who, asked):
    """Per question, a method and a place, what the answer was and what it is when reading is public."""
    seen = {False: [], True: []}
    for is_public, looks in seen.items():
        settings.PUBLIC_READING = is_public
        looks.extend(look(scene, who, method, place) for method, place in asked)
    return [
        (method, place, private, public)
        for (method, place), private, public in zip(asked, *seen.values(), strict=True)
    ]


def test_the_published_part_is_what_readers_read():
    assert {name for name, (who, _) in TABLE.items() if who == READER} == (
        PUBLISHED_PART | OF_A_PERSON
    )


@pytest.mark.django_db
def test_open_is_the_published_part_and_nothing_else(scene, stored_file, settings):
    everything = [
        (method, place)
        for places in scene.places.values()
        for place in places
        for method in ("GET", "POST")
    ]
    odd = []

    for method, place, private, public in in_both_modes(scene, settings, "anonymous", everything):
        if place.name not in PUBLISHED_PART:
            if private != public:
                odd.append(f"{method} {place}: {public[0]}, {private[0]} before")
        elif private[0] == 200 or public[0] != (200 if method == "GET" else 405):
            odd.append(f"{method} {place} is not open: {public[0]}, {private[0]} before")

    assert odd == []


@pytest.mark.django_db
def test_who_has_no_role_reads_what_everyone_reads(scene, stored_file, settings):
    odd = []

    for _, place, private, public in in_both_modes(scene, settings, "no role", pages(scene)):
        opened = place.name in PUBLISHED_PART | OF_A_PERSON and TABLE[place.name][1] == 200
        if opened != (private != public) or (opened and public[0] != 200):
            odd.append(f"{place}: {public[0]}, {private[0]} before")

    assert odd == []


@pytest.mark.django_db
def test_for_who_reads_by_role_nothing_changes(scene, stored_file, settings):
    both = in_both_modes(scene, settings, "Burgemeester", pages(scene))

    assert [str(place) for _, place, private, public in both if private != public] == []


def pages(scene):
    """Each address once."""
    return [("GET", places[0]) for name, places in scene.places.items() if name not in ANEW]


@pytest.mark.django_db
def test_nobody_without_a_role_comes_across_a_word_that_is_not_public(scene, settings):
    settings.PUBLIC_READING = True
    canaries = {canary.word: canary for canary in plant(scene.world)}
    walks = {}

    for who in ("anonymous", "no role"):
        found, looked_through = walk(scene, walks, who)

        leaks = [
            f"{canaries[word].where} at {where} for {who}"
            for word, where in found.items()
            if not canaries[word].seen_by >= READER
        ]
        assert leaks == []
        assert looked_through > 200_000
        public = {c.where.partition(" ")[0] for c in canaries.values() if c.seen_by >= READER}
        # The control: what is public they do come across.
        assert "assessments.Assessment.summary" in public
        assert {"assessments.Assessment.summary", "agreements.AgreementVersion.text"} <= {
            canaries[word].where.partition(" ")[0] for word in found
        }


@pytest.mark.django_db
def test_every_link_on_a_public_page_leads_to_what_is_open(scene, stored_file, settings):
    settings.PUBLIC_READING = True
    closed = {}

    for name in PUBLISHED_PART | {"overview:accessibility", "accounts:login"}:
        response = scene.crowd.response("anonymous", scene.places[name][0].path)
        if not response["Content-Type"].startswith("text/html"):
            list(response)  # a file is closed by reading it
            continue
        for path in LINK.findall(response.text):
            if path.startswith(f"/{configured.STATIC_URL.strip('/')}/"):
                continue
            to = resolve(path).view_name
            if to not in PUBLISHED_PART and "anonymous" not in TABLE[to][0]:
                closed.setdefault(to, name)

    assert closed == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PUBLISHED_PART))
def test_a_public_page_sets_no_cookie_and_may_be_kept_for_a_minute(
    scene, stored_file, settings, name
):
    settings.PUBLIC_READING = True

    response = scene.crowd.response("anonymous", scene.places[name][0].path)

    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=60"
    assert {"Cookie", "HX-Request"} <= {word.strip() for word in response["Vary"].split(",")}
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert b"csrfmiddlewaretoken" not in body


@pytest.mark.django_db
def test_who_has_the_page_already_gets_it_by_its_mark(client, scene, settings):
    settings.PUBLIC_READING = True
    path = scene.places["overview:theme"][0].path
    mark = client.get(path)["ETag"]

    again = client.get(path, headers={"If-None-Match": mark})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=60"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "environ"),
    [
        ("Burgemeester", {}),
        ("no role", {}),
        ("disabled", {}),  # with a cookie of a session that is over
        ("anonymous", {"HTTP_HX_REQUEST": "true"}),
    ],
)
def test_for_a_person_or_a_part_of_a_page_nothing_is_kept(scene, settings, who, environ):
    settings.PUBLIC_READING = True

    response = scene.crowd.response(who, scene.places["overview:matrix"][0].path, **environ)

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_what_does_not_exist_is_not_kept(scene, settings):
    settings.PUBLIC_READING = True

    response = scene.crowd.response("anonymous", scene.places["overview:theme"][0].elsewhere)

    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_who_is_signed_in_without_the_needed_second_step_sets_that_up_first(
    client, sign_in, scene, settings
):
    settings.PUBLIC_READING = settings.MFA_REQUIRED = True
    sign_in("Burgemeester")

    response = client.get(scene.places["overview:matrix"][0].path)

    assert response["Location"] == reverse("accounts:second-step")


@pytest.mark.django_db
def test_the_comparison_would_notice_an_address_too_many(scene, settings, monkeypatch):
    """The control: an address of work with the mark of the published part."""
    place = scene.places["agreements:list"][0]
    monkeypatch.setattr(resolve(place.path).func, "is_published_part", True, raising=False)

    ((*_, private, public),) = in_both_modes(scene, settings, "anonymous", [("GET", place)])

    assert private != public
    assert public[0] == 404  # let in at the door, and refused by the right
