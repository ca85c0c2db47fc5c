"""Copies of the checkout to start and to break. What a machine can't try is left out, and said."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.start.copies import AS_ROOT, DATABASE_FILES, Copy, python_of


@contextmanager
def _copies():
    made = []

    def make_copy(name="portaal", user=None, names=DATABASE_FILES):
        if user and (not AS_ROOT or python_of(user) is None):
            pytest.skip("not tried as another user: needs root, and a Python that user can run")
        # Not tmp_path: its parents are closed to other users, and its name is long.
        folder = Path(tempfile.mkdtemp(prefix="vrt-"))
        folder.chmod(0o755)
        made.append((folder, Copy(folder / name, names=names, user=user)))
        return made[-1][1]

    try:
        yield make_copy
    finally:
        for folder, copy in made:
            copy.clear()
            shutil.rmtree(folder)


@pytest.fixture
def make_copy():
    """Make copies with the database's own files; they are cleared away after the test."""
    with _copies() as make_copy:
        yield make_copy


@pytest.fixture(scope="module")
def make_module_copy():
    """Make copies that last for all tests of a module."""
    with _copies() as make_copy:
        yield make_copy


@pytest.fixture(scope="module")
def made_database(make_module_copy):
    """One copy whose data folder is made once, as that takes the longest."""
    copy = make_module_copy()
    copy.database("start")
    return copy


@pytest.fixture
def copy(made_database):
    """A copy with a database that was stopped in good order."""
    made_database.database("stop")
    return made_database
