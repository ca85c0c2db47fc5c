import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from agreements.intake import sandbox
from agreements.intake.limits import MEGABYTE, Limits
from agreements.intake.reader import read
from agreements.intake.sandbox import read_in_subprocess
from tests.agreements.intake.files import typst_pdf
from tests.agreements.intake.refusals import refusal_of

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def pdf(tmp_path):
    return typst_pdf(tmp_path / "a.pdf", "#lorem(20)\n#pagebreak()\n" * 5)


def impostor(tmp_path, monkeypatch, code):
    """Let the sandbox start this program instead of the reader."""
    program = tmp_path / "impostor"
    program.write_text(f"#!{sys.executable}\n{code}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sandbox.sys, "executable", str(program))


def refused(path, limits):
    return refusal_of(lambda: read_in_subprocess(path, path.name, limits=limits))


def processes_that_read():
    """The numbers of the reading processes on this machine."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"agreements.intake" in words:
            found.add(int(entry.parent.name))
    return found


def test_tells_how_far_it_is(pdf):
    heard = []

    document = read_in_subprocess(pdf, "a.pdf", lambda done, total: heard.append((done, total)))

    assert len(document.pages) == 6
    assert heard == sorted(heard)
    assert heard[-1] == (6, 6)


def test_gives_the_same_as_reading_here(pdf):
    assert read_in_subprocess(pdf, "a.pdf") == read(pdf, "a.pdf")


def test_leaves_no_file_and_no_process(pdf, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(sandbox.tempfile, "tempdir", str(scratch))
    descriptors = len(os.listdir("/proc/self/fd"))

    read_in_subprocess(pdf, "a.pdf")

    assert not list(scratch.iterdir())
    assert len(os.listdir("/proc/self/fd")) == descriptors


def test_a_problem_of_the_listener_ends_the_reading(pdf):
    def deaf(done, total):
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="the database is gone"):
        read_in_subprocess(pdf, "a.pdf", deaf)

    assert not [number for number in processes_that_read() if _parent(number) == os.getpid()]


def test_a_reader_that_hangs(pdf, tmp_path, monkeypatch):
    impostor(tmp_path, monkeypatch, "import time; time.sleep(60)")
    began = time.monotonic()

    assert refused(pdf, Limits(seconds=1)) == "too-slow"
    assert time.monotonic() - began < 40  # it was ended; it would have slept for 60


def test_a_reader_that_hangs_with_its_output_closed(pdf, tmp_path, monkeypatch):
    impostor(tmp_path, monkeypatch, "import os, time; os.close(1); time.sleep(60)")

    assert refused(pdf, Limits(seconds=1)) == "too-slow"


def test_a_child_of_the_reader_dies_with_it(pdf, tmp_path, monkeypatch):
    note = tmp_path / "note"
    impostor(
        tmp_path,
        monkeypatch,
        "import subprocess, time\n"
        f"open({str(note)!r}, 'w').write(str(subprocess.Popen(['sleep', '60']).pid))\n"
        "time.sleep(60)",
    )

    refused(pdf, Limits(seconds=5))

    assert _is_gone(int(note.read_text()))


def _is_gone(number):
    """Whether a process ends within some seconds; a zombie that waits for its parent has ended."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.kill(os.getpid(), 11)",
        "import sys; sys.exit(3)",
        "pass",
        "print('1 1000000000000'); print('onzin' * 10000)",
        "raise ValueError('stuk')",
    ],
)
def test_a_reader_that_breaks_or_lies(pdf, tmp_path, monkeypatch, code):
    impostor(tmp_path, monkeypatch, code)

    assert refused(pdf, Limits(seconds=10)) == "crashed"


def test_the_limit_on_processor_time_ends_a_busy_reader(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p>" + "<b><i>" * 150_000)

    assert refused(path, Limits(seconds=1)) == "too-slow"


def test_the_limit_on_memory(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<html>" + "<p>woord</p>" * 300_000)

    assert refused(path, Limits(memory_bytes=150 * MEGABYTE)) in ("too-heavy", "crashed")


def test_a_file_over_the_limit_is_not_opened(pdf):
    size = pdf.stat().st_size

    assert refused(pdf, replace(Limits(), file_bytes=size - 1)) == "too-large"
    assert read_in_subprocess(pdf, "a.pdf", limits=replace(Limits(), file_bytes=size)).pages


def test_the_reader_dies_with_the_worker(tmp_path):
    worker = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path\n"
            "from agreements.intake.sandbox import read_in_subprocess\n"
            "read_in_subprocess(Path(sys.argv[1]), 'a.html')",
            _slow_file(tmp_path),
        ],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    before = processes_that_read()
    reader = _first_new(before, worker)

    worker.send_signal(signal.SIGKILL)
    worker.wait()

    assert _is_gone(reader)


def _slow_file(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p>" + "<b><i>" * 150_000)
    return str(path)


def _first_new(before, worker):
    for _ in range(600):
        mine = [n for n in processes_that_read() - before if _parent(n) == worker.pid]
        if mine:
            time.sleep(0.5)  # time enough to bind itself to its parent
            return mine[0]
        time.sleep(0.05)
    raise AssertionError("the reader never started")


def _parent(number):
    try:
        return int(Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except FileNotFoundError:
        return 0
