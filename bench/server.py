"""The production server with a worker beside it, on a free port, for as long as something is measured."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from vrt_portal import embedded
from vrt_portal.serve import server_options


@contextmanager
def running(*, has_worker=True):
    """Start server and worker on the portal's database; gives the port, and ends both.

    A worker that starts brings the suggestions of every version up to date.
    """
    embedded.start()
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "vrt_portal.settings", "HTTPS": "0", "DEMO": "1"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    python = Path(sys.executable)
    server = [python.with_name("granian"), *server_options(port), "bench.wsgi:application"]
    commands = [server, [python, "manage.py", "worker"]] if has_worker else [server]
    parts = [
        subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        _wait_for(port)
        yield port
    finally:
        for part in parts:
            part.terminate()
            part.wait()


def _wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("De server komt niet op.")
