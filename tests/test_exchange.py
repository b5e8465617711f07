"""nbgrader's exchange between users of one machine: from the release to the feedback, and what students try there."""

from __future__ import annotations

import csv
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from mini_course import ASSIGNMENT, DOUBLE, PROJECT, make_course, submission
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from rnncourse.grading.arrival import handed_in
from rnncourse.grading.course import Course
from rnncourse.grading.exchange import Collect

NOTEBOOK = f"{ASSIGNMENT}.ipynb"
LESSON = f"notebooks/{ASSIGNMENT}/{NOTEBOOK}"
LONG_AGO = "2001-01-01 00:00:00.000000 UTC"


@dataclass(frozen=True)
class User:
    """A student with a user and a home of their own on this machine."""

    name: str
    home: Path

    def run(self, *command: object) -> subprocess.CompletedProcess:
        """A command as this user: no right of root's is left."""
        identity = [f"--reuid={self.name}", f"--regid={self.name}", "--clear-groups"]
        rights = ["--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"]
        argv = [*shown_to_everybody(), "setpriv", *identity, *rights, *map(str, command)]
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)}
        return subprocess.run(argv, cwd=self.home, env=environment, capture_output=True, text=True)

    def nbgrader(self, *command: str) -> None:
        done = self.run(sys.executable, "-m", "nbgrader", *command)
        assert done.returncode == 0, done.stdout + done.stderr


def shown_to_everybody() -> list[str]:
    """Python and this project, with all else as it is: they may lie where only root may look."""
    needed = [Path(sys.prefix), Path(sys.base_prefix), PROJECT]
    closed = {parent for path in needed for parent in path.parents if not parent.stat().st_mode & stat.S_IXOTH}
    covers = [option for parent in sorted(closed) for option in ("--perms", "0755", "--tmpfs", str(parent))]
    binds = [option for path in needed if closed & set(path.parents) for option in ("--ro-bind", str(path), str(path))]
    rights = [option for right in ("SETUID", "SETGID", "SETPCAP") for option in ("--cap-add", f"CAP_{right}")]
    return ["bwrap", "--die-with-parent", *rights, "--bind", "/", "/", "--dev-bind", "/dev", "/dev", *covers, *binds]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user may enter, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp(dir="/tmp", prefix="rnncourse-exchange-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def students(place: Path) -> Iterator[list[User]]:
    """Two new users, who are gone after the test."""
    users = []
    try:
        for who in ("ada", "bola"):
            name = f"rnn-{who}-{secrets.token_hex(3)}"
            subprocess.run(["useradd", "--no-create-home", "--shell", "/bin/false", name], check=True)
            users.append(User(name, place / who))
            users[-1].home.mkdir()
            shutil.chown(users[-1].home, name, name)
        yield users
    finally:
        for user in users:
            subprocess.run(["userdel", "--force", user.name], check=True, capture_output=True)


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("useradd"), reason="only root can make users on this machine")
def test_two_users_fetch_and_submit_and_get_their_own_grades_and_feedback(place: Path, students: list[User]):
    ada, bola = students
    course, exchange = make_course(place / "course"), place / "exchange"
    configuration = f'c = get_config()\nc.Exchange.root = "{exchange}"\nc.CourseDirectory.course_id = "rnncourse"\n'
    for user in students:
        (user.home / "nbgrader_config.py").write_text(configuration)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(configuration.partition("\n")[2])

    instructor = as_formgrader(course)
    succeeds(instructor.generate_assignment(ASSIGNMENT))
    assert "chmod o-rwx" in instructor.release_assignment(ASSIGNMENT)["log"]
    assert not (exchange / "rnncourse").exists()
    course.chmod(0o700)
    succeeds(instructor.release_assignment(ASSIGNMENT))
    for name in (LESSON, f"assignments/{ASSIGNMENT}/test_mini.py", "gradebook.db"):
        assert (course / name).is_file() and ada.run("cat", course / name).returncode

    for user, answer in ((ada, DOUBLE), (bola, DOUBLE.replace("2 * x", "3 * x"))):
        user.nbgrader("fetch_assignment", ASSIGNMENT)
        mine = user.home / ASSIGNMENT / NOTEBOOK
        assert "BEGIN SOLUTION" not in mine.read_text()
        nbformat.write(submission(double=answer), mine)
        user.nbgrader("submit", ASSIGNMENT)
    inbound = exchange / "rnncourse" / "inbound"
    assert ada.run("ls", inbound).returncode
    forged = inbound / f"{ada.name}+{ASSIGNMENT}+2099-01-01 00:00:00 UTC+x"
    assert bola.run("cp", "-r", bola.home / ASSIGNMENT, forged).returncode == 0

    assert f"belongs to {bola.name}" in succeeds(instructor.collect(ASSIGNMENT))
    grade = [sys.executable, "-m", "rnncourse", "grade", "submitted"]
    done = subprocess.run(grade, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with (course / "grades.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {name: float(row["score"]) for name, row in rows.items()} == {ada.name: 6, bola.name: 4}
    came = datetime.fromisoformat(rows[ada.name]["timestamp"])
    assert abs(datetime.now(UTC).replace(tzinfo=None) - came) < timedelta(hours=1)

    succeeds(instructor.release_feedback(ASSIGNMENT))
    bola.nbgrader("fetch_feedback", ASSIGNMENT)
    (page,) = bola.home.glob(f"{ASSIGNMENT}/feedback/*/{ASSIGNMENT}.html")
    assert bola.name in page.read_text() and "Is every element multiplied by two?" in page.read_text()
    assert bola.run("ls", exchange / "rnncourse" / "feedback").returncode


def as_formgrader(course: Path) -> NbGraderAPI:
    """What formgrader's buttons call, with the course's own configuration."""
    config = Course(course).config
    config.CourseDirectory.root = str(course)
    return NbGraderAPI(config=config)


def succeeds(result: dict) -> str:
    assert result["success"], result
    return result["log"]


# What a student can put into the exchange's inbound folder by hand


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an empty one."""
    url = f"sqlite:///{tmp_path_factory.mktemp('exchange')}/gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)  # nbgrader starts alembic
        Gradebook(url).close()
    return url


@pytest.fixture
def collect(tmp_path: Path, gradebook: str) -> Callable[[], Path]:
    """Collects what lies in an exchange, for a course beside it; returns the folder of submissions."""
    (tmp_path / "exchange" / "rnncourse" / "inbound").mkdir(parents=True)
    (tmp_path / "exchange").chmod(0o777)

    def collected() -> Path:
        coursedir = CourseDirectory(
            root=str(tmp_path), course_id="rnncourse", assignment_id=ASSIGNMENT, db_url=gradebook
        )
        Collect(coursedir=coursedir, root=str(tmp_path / "exchange")).start()
        return tmp_path / "submitted"

    return collected


def put(tmp_path: Path, stamp: str, name: str = "") -> Path:
    name = name or f"{pwd.getpwuid(os.geteuid()).pw_name}+{ASSIGNMENT}+{stamp}+x"
    folder = tmp_path / "exchange" / "rnncourse" / "inbound" / name
    folder.mkdir()
    (folder / "timestamp.txt").write_text(stamp)
    return folder


def test_what_came_late_is_late_whatever_it_says(tmp_path: Path, collect: Callable[[], Path]):
    (put(tmp_path, LONG_AGO) / NOTEBOOK).write_text("{}")
    (folder,) = (collect() / pwd.getpwuid(os.geteuid()).pw_name).iterdir()
    time, _ = handed_in(folder)
    assert abs(datetime.now(UTC).replace(tzinfo=None) - time) < timedelta(hours=1)
    assert (folder / NOTEBOOK).read_text() == "{}"


def test_a_link_to_the_solutions_is_not_collected(tmp_path: Path, collect: Callable[[], Path]):
    (tmp_path / "lesson.ipynb").write_text("solutions")
    mine = put(tmp_path, LONG_AGO)
    (mine / NOTEBOOK).symlink_to(tmp_path / "lesson.ipynb")
    os.mkfifo(mine / "pipe.ipynb")
    (folder,) = (collect() / pwd.getpwuid(os.geteuid()).pw_name).iterdir()
    assert [path.name for path in folder.iterdir()] == ["timestamp.txt"]


@pytest.mark.parametrize("name", ["..+{}+" + LONG_AGO, "x+{}+no time+x", "someone+{}+" + LONG_AGO + "+x"])
def test_a_folder_of_another_name_stops_nothing(tmp_path: Path, collect: Callable[[], Path], name: str):
    put(tmp_path, LONG_AGO, name.format(ASSIGNMENT))
    (put(tmp_path, LONG_AGO) / NOTEBOOK).write_text("{}")
    assert [path.name for path in collect().iterdir()] == [pwd.getpwuid(os.geteuid()).pw_name]
    assert not (tmp_path / ASSIGNMENT).exists()
