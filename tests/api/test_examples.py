"""The examples on the page for developers work: each is run as it stands there."""

import os
import shutil
import subprocess
import sys

import pytest
from lxml import html

from tests.api.conftest import token_of
from tests.factories import UserFactory
from tests.world import make_world

# Of each, in order, how it is run and what it must say.
SAID = [
    ("bash", '"cbsCode"'),
    ("bash", '"resultaten"'),
    ("python", "/ondermijning uitgewerkt"),
    ("bash", "304"),
    ("python", "gepubliceerd"),
    ("python", "['ondermijning']"),
]


@pytest.fixture
def examples(client, live_server):
    """The examples with the address of this server, as a reader copies them."""
    page = client.get("/api/", headers={"Host": live_server.url.removeprefix("http://")})
    codes = html.document_fromstring(page.text).xpath("//pre/code[@data-run]")
    return [(code.get("data-run"), code.text_content()) for code in codes]


def run(kind, text, secret):
    command = ["bash", "-eu", "-c", text] if kind == "bash" else [sys.executable, "-I", "-c", text]
    env = {"PATH": os.environ["PATH"], "VRT_TOKEN": secret, "PYTHONUTF8": "1"}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_every_example_says_what_the_page_promises(committed, examples):
    make_world()
    _, secret = token_of(UserFactory(role="Burgemeester"))

    assert [kind for kind, _ in examples] == [kind for kind, _ in SAID]
    for (kind, text), (_, said) in zip(examples, SAID, strict=True):
        done = run(kind, text, secret)
        assert done.returncode == 0, f"{text}\n{done.stderr}"
        assert said in done.stdout, f"{text}\n{done.stdout}"


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_the_control_an_example_without_a_good_token_fails(committed, examples):
    assert all(run(kind, text, "vrt_onbekend").returncode for kind, text in examples[:3])


def test_the_page_is_there_for_everyone(client, db):
    page = client.get("/api/")

    assert page.status_code == 200
    assert 'href="/api/v1/openapi.json"' in page.text
    assert "csrfmiddlewaretoken" not in page.text


def test_where_a_problem_leads_there_is_a_row_about_it(client, db):
    page = client.get("/api/").text

    for status in (400, 401, 403, 404, 405, 406, 412, 429, 500):
        assert f'id="fout-{status}"' in page
