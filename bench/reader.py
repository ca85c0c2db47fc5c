"""A browser without a screen: signs in, asks for pages, sends a file, and keeps time."""

import http.client
import re
import secrets
import time
from statistics import median, quantiles

_HTMX = {"HX-Request": "true"}


class Reader:
    """One person on one connection."""

    def __init__(self, port, username, password):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies = {}
        page = self.get("/aanmelden/")
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token_in(page)}
        self.post("/aanmelden/", form)

    def get(self, path, *, by_htmx=False):
        return self._ask("GET", path, headers=_HTMX if by_htmx else {})

    def post(self, path, fields, file=None, *, by_htmx=False):
        """Send a form; `file` is (name, bytes). Gives the address that the answer leads to."""
        border = secrets.token_hex(16)
        body = b"".join(
            f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        )
        if file:
            head = f'Content-Disposition: form-data; name="file"; filename="{file[0]}"'
            body += f"--{border}\r\n{head}\r\n\r\n".encode() + file[1] + b"\r\n"
        body += f"--{border}--\r\n".encode()
        form = {"Content-Type": f"multipart/form-data; boundary={border}"}
        self._ask("POST", path, body, form | (_HTMX if by_htmx else {}))
        return self.location

    def _ask(self, method, path, body=None, headers=()):
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, path, body, {"Cookie": cookies, **dict(headers)})
        answer = self._connection.getresponse()
        for header in answer.headers.get_all("Set-Cookie", []):
            name, value = header.split(";")[0].split("=", 1)
            self._cookies[name] = value
        self.status, self.location = answer.status, answer.headers.get("Location")
        return answer.read().decode("latin-1")


def token_in(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]


def milliseconds(reader, paths, rounds):
    """Ask for every path in turn, so that noise falls on all alike: median, p95 per path."""
    taken = {path: [] for path in paths}
    for path in paths:
        reader.get(path)
    for _ in range(rounds):
        for path in paths:
            begin = time.perf_counter()
            reader.get(path)
            taken[path].append(1000 * (time.perf_counter() - begin))
            if reader.status != 200:
                raise RuntimeError(f"{path} answers {reader.status}")
    return {path: (median(times), quantiles(times, n=20)[-1]) for path, times in taken.items()}
