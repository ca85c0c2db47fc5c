"""The embedded database starts, and starts again after whatever happened to it."""

import subprocess
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.start.copies import AS_ROOT, kill
from vrt_portal import processes

pytestmark = pytest.mark.xdist_group("start")

STARTED, RAN = "De database is gestart.", "De database draaide al."


@pytest.mark.parametrize("user", [None, "nobody"])
def test_starts_once_and_stops(make_copy, user):
    copy = make_copy(user=user)

    assert copy.database("start") == STARTED
    assert copy.database("start") == RAN
    assert copy.sql("SHOW server_encoding") == "UTF8"
    assert copy.sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "False"
    assert copy.database("stop") == "De database is gestopt."
    assert copy.database("status") == "De database draait niet."


def test_has_a_role_that_owns_nothing(copy):
    copy.database("start")

    assert copy.sql("SELECT current_user", role="portal_app") == "portal_app"
    assert "permission denied" in copy.sql("CREATE TABLE mine (id int)", role="portal_app")
    assert "permission denied" in copy.sql("SET ROLE portal", role="portal_app")


@pytest.mark.parametrize("server", ["runs", "is stopped"])
def test_makes_the_role_in_a_database_of_before_there_was_one(copy, server):
    copy.database("start")
    copy.sql("REVOKE portal_app FROM portal", role="postgres")
    copy.sql("DROP ROLE portal_app", role="postgres")
    (copy.data / "portal-roles").unlink()
    if server == "is stopped":
        copy.database("stop")

    assert copy.database("start") == {"runs": RAN, "is stopped": STARTED}[server]
    assert copy.sql("SELECT current_user", role="portal_app") == "portal_app"


def test_url_makes_nothing(make_copy):
    copy = make_copy()

    url = copy.database("url")

    assert url.startswith("postgresql://portal@/portal?host=")
    assert not (copy.folder / "var").exists()


def test_two_starts_at_a_time_give_one_server(copy):
    starts = [copy.popen("-m", "vrt_portal.embedded", "start") for _ in range(2)]

    said = sorted(start.communicate(timeout=60)[0].strip() for start in starts)

    assert said == [RAN, STARTED]


def test_keeps_what_was_committed_when_the_postmaster_is_killed(copy):
    copy.database("start")
    copy.sql("CREATE TABLE kept AS SELECT 7 AS number")

    # A backend at work outlives its postmaster and holds the shared memory.
    with copy.popen("-c", SLEEPER) as busy:
        assert busy.stdout.readline() == "busy\n"
        kill(copy.postmaster)
        again = copy.database("start")

    assert again == STARTED
    assert copy.sql("SELECT number FROM kept") == "7"


SLEEPER = """
import psycopg
from vrt_portal import embedded
connection = psycopg.connect(embedded.url())
connection.execute("SELECT 1")
print("busy", flush=True)
try:
    connection.execute("SELECT pg_sleep(600)")
except psycopg.OperationalError:
    pass
"""


@pytest.mark.parametrize("owner", ["another program", "a zombie", "nobody any more"])
def test_starts_when_the_noted_pid_belongs_to(copy, owner):
    program = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    if owner != "another program":
        kill(program.pid)
        while processes.alive(program.pid):
            time.sleep(0.01)
    if owner == "nobody any more":
        program.wait()
    (copy.data / "postmaster.pid").write_text(f"{program.pid}\n{copy.data}\n0\n5432\n\n\n\nready\n")

    assert copy.database("status") == "De database draait niet."
    assert copy.database("start") == STARTED

    # The other program lives on: it wasn't taken for ours.
    assert processes.alive(program.pid) == (owner == "another program")
    program.communicate()


def test_starts_after_an_interrupted_initdb(make_copy):
    copy = make_copy()
    copy.data.mkdir(parents=True)
    (copy.data / "PG_VERSION").write_text("18\n")
    (copy.data.parent / "postgresql.new-half").mkdir()

    assert copy.database("start") == STARTED
    assert not (copy.data.parent / "postgresql.new-half").exists()


def test_starts_anew_where_an_earlier_checkout_was_deleted(make_copy):
    copy = make_copy()
    copy.database("start")
    first = copy.postmaster
    subprocess.run(["rm", "-r", copy.folder / "var"], check=True)

    assert copy.database("start") == STARTED
    assert not processes.alive(first)


@pytest.mark.skipif(not AS_ROOT, reason="only root's server runs as another user")
def test_starts_for_root_in_a_closed_folder(make_copy):
    copy = make_copy(name="closed/portaal")
    copy.folder.parent.chmod(0o700)

    assert copy.database("start") == STARTED
    assert copy.data.resolve() == copy.place_outside / "postgresql"
    copy.database("stop")
    assert copy.database("start") == STARTED


@pytest.mark.skipif(not AS_ROOT, reason="only root can act for two users")
def test_refuses_a_socket_folder_of_another_user(make_copy):
    copy = make_copy(name="long" * 25, user="nobody")
    folder = Path("/tmp") / copy.place_outside.name
    folder.mkdir(mode=0o777)

    try:
        assert f"{folder} is van een andere gebruiker" in copy.database("start")
    finally:
        folder.rmdir()


@pytest.mark.skipif(not AS_ROOT, reason="only root can act for two users")
def test_other_users_can_not_reach_the_socket(copy):
    copy.database("start")
    folder = parse_qs(urlsplit(copy.database("url")).query)["host"][0]

    def listing_as(user):
        return subprocess.run(["ls", "-A", folder], user=user, extra_groups=[], cwd="/",
                              capture_output=True, text=True)  # fmt: skip

    assert ".s.PGSQL.5432" in listing_as("root").stdout
    assert listing_as("games").returncode != 0
