"""The database dies between a save and its answer, again and again: what was acknowledged is there."""

import http.cookiejar
import re
import signal
import threading
import time
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.start.copies import kill
from tests.start.test_serve import FILES, running

pytestmark = pytest.mark.xdist_group("start")

ROUNDS = 4
PASSWORD = "twaalf-letters-en-meer"
MAKE_ADVISOR = f"""
from django.contrib.auth.models import Group
from accounts.models import User
user = User.objects.create_user("adviseur", password="{PASSWORD}")
user.groups.set([Group.objects.get(name="Adviseur")])
"""


class Browser:
    """As much of a browser as filling in a form takes."""

    def __init__(self, portal):
        self.home = f"http://127.0.0.1:{portal.port}"
        self._open = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def get(self, path):
        with self._open(self.home + path, timeout=30) as response:
            return response.read().decode()

    def send(self, path, **fields):
        """Fill in the form at this address; gives the page that follows."""
        form = self.get(path)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))
        with self._open(
            self.home + path, urlencode(hidden | fields).encode(), timeout=30
        ) as response:
            return response.geturl(), response.read().decode()


@pytest.fixture(scope="module")
def whole_copy(make_module_copy):
    return make_module_copy(names=FILES)


def test_no_acknowledged_save_is_lost_when_the_database_dies(whole_copy):
    with running(whole_copy, MFA_REQUIRED="0") as portal:
        with whole_copy.popen("manage.py", "shell", "-c", MAKE_ADVISOR) as process:
            process.communicate(timeout=60)
        assert process.returncode == 0
        browser = Browser(portal)
        browser.send("/aanmelden/", username="adviseur", password=PASSWORD)
        saver = Saver(browser)
        saver.start()
        for _ in range(ROUNDS):
            saver.wait_for_more()
            # SIGQUIT is "immediate": no goodbye to anyone, and recovery at the next start.
            kill(whole_copy.postmaster, signal.SIGQUIT)
            saver.wait_for_trouble()
        saver.wait_for_more()
        saver.stop()

        kept = whole_copy.sql(
            "SELECT string_agg(DISTINCT note, ' ') FROM municipalities_formationevent"
        ).split()
        now = whole_copy.sql("SELECT note FROM municipalities_formation")

    assert len(saver.acknowledged) > ROUNDS
    assert set(saver.acknowledged) - set(kept) == set()
    # What was sent but not answered may be there or not; nothing older than the last answer.
    assert now in {saver.acknowledged[-1], *saver.sent[saver.sent.index(saver.acknowledged[-1]) :]}


class Saver(threading.Thread):
    """Saves a note with the next number, over and over, and remembers which ones were acknowledged."""

    ADDRESS = "/formatie/2026/almelo/"

    def __init__(self, browser):
        super().__init__()
        self.browser, self.sent, self.acknowledged, self.trouble = browser, [], [], 0
        self._stopped = threading.Event()

    def run(self):
        while not self._stopped.is_set():
            note = f"notitie-{len(self.sent)}"
            self.sent.append(note)
            try:
                address, page = self.browser.send(
                    self.ADDRESS, **{"almelo-note": note, "almelo-state": ""}
                )
            except (URLError, OSError, TimeoutError):
                self.trouble += 1
                time.sleep(0.1)
                continue
            if "/formatie/2026/" in address and address != self.browser.home + self.ADDRESS:
                self.acknowledged.append(note)

    def wait_for_more(self):
        """Until it has had some more answers; so the portal is back by itself."""
        enough = len(self.acknowledged) + 3
        self._wait(lambda: len(self.acknowledged) >= enough)

    def wait_for_trouble(self):
        before = self.trouble
        self._wait(lambda: self.trouble > before)

    def _wait(self, holds, seconds=90):
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, (self.sent[-1:], self.acknowledged[-1:], self.trouble)
            time.sleep(0.02)

    def stop(self):
        self._stopped.set()
        self.join()
