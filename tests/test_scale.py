"""A class on a real Dask cluster, and with a real PostgreSQL server as its gradebook, both on this machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import mini_course
import pytest
from nbgrader.api import Gradebook
from servers import free_port
from test_grading import rnncourse, scores

pytestmark = pytest.mark.slow

STUDENTS = [f"student{number}" for number in range(6)]
SLOW = "import time\ntime.sleep(1)\ndef double(x):\n    return 2 * x"
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = mini_course.make_course(tmp_path / "course")
    for student in STUDENTS:
        mini_course.hand_in(root, student, mini_course.submission(double=SLOW))
    return root


@contextlib.contextmanager
def running(command: list[object], **options: object) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen([str(part) for part in command], start_new_session=True, **QUIET, **options)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def worker(address: str, scratch: Path) -> contextlib.AbstractContextManager:
    scratch.mkdir()
    options = ["--nthreads", 1, "--no-dashboard", "--local-directory", scratch]
    return running([sys.executable, "-m", "distributed.cli.dask_worker", address, *options])


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    options = ["--host", "127.0.0.1", "--port", port, "--no-dashboard"]
    with running([sys.executable, "-m", "distributed.cli.dask_scheduler", *options]):
        yield f"tcp://127.0.0.1:{port}"


def test_a_worker_that_is_killed_loses_nothing(root: Path, scheduler: str, tmp_path: Path) -> None:
    with worker(scheduler, tmp_path / "one") as first, worker(scheduler, tmp_path / "two"):
        command = [sys.executable, "-m", "rnncourse", "grade", "submitted", "--cluster", scheduler]
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
            deadline = time.monotonic() + 120
            while not list(root.glob("autograded/*/*/*.ipynb")):  # the class is on its way
                assert run.poll() is None, run.stdout.read()
                assert time.monotonic() < deadline
                time.sleep(0.1)
            os.killpg(first.pid, signal.SIGKILL)
            said = run.communicate(timeout=300)[0]
    assert run.returncode == 0, said
    assert scores(root) == dict.fromkeys(STUDENTS, 6)
    assert not list(root.glob(".rnncourse-*"))


def test_a_cluster_that_does_not_answer_is_named(root: Path) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    done = rnncourse(root, "grade", "submitted", "--cluster", address)
    assert done.returncode == 2
    said = " ".join((done.stdout + done.stderr).split())
    assert f"No Dask scheduler answers at {address}" in said
    assert "Traceback" not in said


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database; its server refuses to run as root."""
    folder, port = tmp_path / "postgres", free_port()
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    assert programs, "these tests need the package postgresql (make system)"
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    folder.mkdir()
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
        for parent in folder.parents:
            if not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)  # pytest's folders are closed to other users
    database = folder / "data"
    prepare = [*as_user, programs[-1] / "initdb", "-D", database, "-U", "course", "--auth=trust", "--no-sync"]
    subprocess.run([str(part) for part in prepare], check=True, cwd=folder, **QUIET)
    serve = [*as_user, programs[-1] / "postgres", "-D", database, "-p", port, "-k", folder, "-h", "127.0.0.1"]
    with running(serve, cwd=folder):
        deadline = time.monotonic() + 60
        while subprocess.run([programs[-1] / "pg_isready", "-h", "127.0.0.1", "-p", str(port)], **QUIET).returncode:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield f"postgresql+psycopg://course@127.0.0.1:{port}/postgres"


def test_postgresql_is_the_gradebook_by_its_url(root: Path, postgres: str) -> None:
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(f'\nc.CourseDirectory.db_url = "{postgres}"\n')
    for kept in (False, True):
        done = rnncourse(root, "grade", "submitted")
        assert done.returncode == 0, done.stdout + done.stderr
        assert (f"{len(STUDENTS)} of them graded before" in done.stdout) == kept
    with Gradebook(postgres) as gradebook:
        found = {one.student.id: one.score for one in gradebook.assignment_submissions(mini_course.ASSIGNMENT)}
    assert found == dict.fromkeys(STUDENTS, 6)
    assert not (root / "gradebook.db").exists()
    assert len((root / "grades.csv").read_text().splitlines()) == 1 + len(STUDENTS)


def test_a_server_that_is_gone_is_one_sentence(root: Path) -> None:
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(f'\nc.CourseDirectory.db_url = "postgresql+psycopg://course@127.0.0.1:{free_port()}/postgres"\n')
    done = rnncourse(root, "grade", "submitted")
    assert done.returncode == 2
    assert "The gradebook could not be used" in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stdout + done.stderr
