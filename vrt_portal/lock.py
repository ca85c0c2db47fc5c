"""Write the lock files anew: with hashes, and without the name of any registry.

    .venv/bin/python -m vrt_portal.lock [arguments for uv, such as --upgrade]

A lock keeps its versions as long as pyproject.toml and package.json allow them.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from vrt_portal.chromium import PACKAGE
from vrt_portal.setup import CHECKOUT, DEVELOPMENT, RUNTIME, npm

NODE_LOCK = "package-lock.json"
UV = [
    sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal",
    "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header",
    "--no-annotate", "--python", sys.executable, "--no-python-downloads",
]  # fmt: skip


def main():
    for lock, group in ((RUNTIME, []), (DEVELOPMENT, ["--group", "dev"])):
        subprocess.run([*UV, *group, "-o", lock, *sys.argv[1:]], cwd=CHECKOUT, check=True)
        print(lock)
    for folder in (CHECKOUT, PACKAGE):
        _lock_node_packages(folder)
        print((folder / NODE_LOCK).relative_to(CHECKOUT))


def _lock_node_packages(folder):
    """Lock in an empty folder: beside a node_modules npm copies what it finds, without hashes."""
    with tempfile.TemporaryDirectory() as empty:
        for name in ("package.json", NODE_LOCK, ".npmrc"):
            shutil.copy(folder / name, empty)
        command = [*npm(), "install", "--package-lock-only", "--ignore-scripts"]
        subprocess.run([str(word) for word in command], cwd=empty, check=True)
        shutil.copy(Path(empty) / NODE_LOCK, folder / NODE_LOCK)


if __name__ == "__main__":
    main()
