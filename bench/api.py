"""What the read API takes, on the production server with the demo data: `python -m bench.api`.

Milliseconds beside a bare page of 30 kB. A token is made for it, and revoked afterwards. The
limit per minute is raised, and requests are counted as always.
"""

import http.client
import os
import subprocess
import sys

from bench.reader import milliseconds
from bench.server import running

ROUNDS = 100
BARE = "/bench/kaal/"
PATHS = {
    "kale bladzijde": BARE,
    "begin": "/api/v1",
    "gemeenten": "/api/v1/gemeenten",
    "thema's": "/api/v1/themas",
    "coalities": "/api/v1/coalities?raadsperiode=2026",
    "akkoorden": "/api/v1/akkoorden?raadsperiode=2026",
    "passages (20)": "/api/v1/passages?raadsperiode=2026",
    "passages (100)": "/api/v1/passages?paginaGrootte=100",
    "beoordelingen (20)": "/api/v1/beoordelingen?raadsperiode=2026",
    "beoordelingen (100)": "/api/v1/beoordelingen?paginaGrootte=100",
    "één beoordeling": "/api/v1/coalities/2026-enschede/beoordelingen/ondermijning",
    "wijzigingen (100)": "/api/v1/wijzigingen",
    "zoeken": "/api/v1/zoekresultaten?q=criminaliteit",
}

MAKE = """
from datetime import date
from accounts.models import User
from api.models import Token
token = Token(owner=User.objects.get(username="burgemeester"), name="Meting", scopes=["lezen", "zoeken"], expires_on=date.today())
secret = token.give_secret()
token.save()
print(secret)
"""
REVOKE = """
from api.models import Token
for token in Token.objects.live().filter(name="Meting"): token.revoke()
"""


class Program:
    """Asks on one connection, with a token and without cookies."""

    def __init__(self, port, secret):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path):
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        self.status = answer.status
        return answer.read()


def main():
    os.environ["API_PER_MINUTE"] = "1000000"
    with running(has_worker=False) as port:
        program = Program(port, shell(MAKE))
        found = milliseconds(program, list(PATHS.values()), ROUNDS)
        sizes = {path: len(program.get(path)) for path in PATHS.values()}
        shell(REVOKE)
    print(f"{'adres':<22}{'mediaan ms':>12}{'p95 ms':>10}{'x kaal':>9}{'kB':>8}")
    for name, path in PATHS.items():
        middle, high = found[path]
        times = middle / found[BARE][0]
        print(f"{name:<22}{middle:>12.1f}{high:>10.1f}{times:>9.1f}{sizes[path] / 1000:>8.1f}")


def shell(text):
    """What a few lines say when the portal runs them."""
    run = [sys.executable, "manage.py", "shell", "-v0", "-c", text]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
