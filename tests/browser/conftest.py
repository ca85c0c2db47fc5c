"""A real Chromium for the journeys. `make test` finds one and names it in CHROMIUM."""

import os
import shutil

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.factories import PASSWORD

# No lookups of its own: the tests must pass without a network.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A busy machine is no failure; what comes in time isn't waited for any longer.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    return {"executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "nl-NL", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def reference(transactional_db):
    """What load_reference brings: municipalities, terms, themes, roles."""
    call_command("load_reference")


@pytest.fixture
def complaints(page):
    """What the browser had to complain about, such as a breach of the CSP."""
    found = []
    page.on(
        "console", lambda message: found.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def enter(page, live_server):
    """Sign in by the form, as a person does; whoever was signed in leaves first."""

    def enter(user):
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/aanmelden/")
        page.get_by_label("Gebruikersnaam").fill(user.username)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Aanmelden").click()
        # On a narrow screen this button waits in the menu.
        page.get_by_text("Afmelden").wait_for(state="attached")

    return enter
