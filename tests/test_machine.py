"""The grader on machines in trouble: full, read-only, limited, with Python or the course in odd places.

Where a test needs root, for mounts and control groups, it is left out for other users.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import mini_course
import pytest
from test_grading import GRADE, feedback, rnncourse, scores

pytestmark = pytest.mark.slow
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounts and control groups are root's")

GROUPS = Path("/sys/fs/cgroup")
MEMORY_OF_THE_GROUP = 3 * 2**30  # less than what the grader itself would let one submission have
TAKES_MEMORY = """
import os, time
def double(x):
    for _ in range(8):
        if os.fork() == 0:
            kept = [bytearray(b"x" * 2**20) for _ in range(1000)]
            time.sleep(60)
    time.sleep(8)
"""
TAKES_PROCESSES = """
import os, time
def double(x):
    while True:
        try:
            if os.fork() == 0:
                time.sleep(60)
        except OSError:
            return 2 * x
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = mini_course.make_course(tmp_path / "course")
    for student in ("ada", "bob", "eve"):
        mini_course.hand_in(root, student, mini_course.submission())
    return root


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, so that filling it harms nobody."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def said(done: subprocess.CompletedProcess) -> str:
    """Without the line breaks of a narrow terminal."""
    assert "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
    return " ".join(done.stdout.split())


@needs_root
def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    root = mini_course.make_course(small_disk / "course")
    mini_course.hand_in(root, "ada", mini_course.submission())
    assert rnncourse(root, "grade", "submitted").returncode == 0
    mini_course.hand_in(root, "bob", mini_course.submission())
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(bytes(2**16))
            file.flush()
    done = rnncourse(root, "grade", "submitted")
    assert done.returncode in (1, 2)
    assert "full" in said(done) or "No space left" in said(done)
    assert "goes on" in said(done)
    ballast.unlink()
    assert rnncourse(root, "grade", "submitted").returncode == 0
    assert scores(root) == {"ada": 6, "bob": 6}
    assert feedback(root, "bob")


@needs_root
def test_a_read_only_gradebook_is_one_sentence(small_disk: Path) -> None:
    root = mini_course.make_course(small_disk / "course")
    mini_course.hand_in(root, "ada", mini_course.submission())
    assert rnncourse(root, "grade", "submitted").returncode == 0
    mini_course.hand_in(root, "bob", mini_course.submission())
    before = (root / "gradebook.db").read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    try:
        done = rnncourse(root, "grade", "submitted")
    finally:
        subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert done.returncode in (1, 2)
    assert "readonly" in said(done) or "Read-only" in said(done)
    assert (root / "gradebook.db").read_bytes() == before
    assert rnncourse(root, "grade", "submitted").returncode == 0
    assert scores(root) == {"ada": 6, "bob": 6}


@pytest.fixture
def group() -> Iterator[Path]:
    """A control group with less memory than the grader's own limit; v1 or v2, where one can be made."""
    limit = "memory.limit_in_bytes" if (GROUPS / "memory").is_dir() else "memory.max"
    folder = (GROUPS / "memory" if (GROUPS / "memory").is_dir() else GROUPS) / "rnncourse_test"
    try:
        folder.mkdir()
        (folder / limit).write_text(str(MEMORY_OF_THE_GROUP))
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error}")
    yield folder
    remove(folder)


def remove(group: Path, deadline: float = 60) -> None:
    """The group of a run that is over: of the many processes that were killed, the last may still be ending."""
    for _ in range(int(deadline / 0.1)):
        with contextlib.suppress(OSError):
            return group.rmdir()
        time.sleep(0.1)
    group.rmdir()


@pytest.mark.parametrize("answer", [TAKES_MEMORY, TAKES_PROCESSES], ids=["memory", "processes"])
@pytest.mark.parametrize("within", ["the grader's own limits", "a control group"])
def test_limits_hold(root: Path, answer: str, within: str, request: pytest.FixtureRequest) -> None:
    """One submission takes what it can; the others notice nothing, and the machine neither."""
    mini_course.hand_in(root, "eve", mini_course.submission(double=answer))
    command = [*GRADE, "--jobs", "2"]
    if within == "a control group":
        tasks = request.getfixturevalue("group") / "cgroup.procs"
        command = ["sh", "-c", f'echo $$ > {tasks} && exec "$@"', "sh", *command]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found = scores(root)
    assert found["ada"] == found["bob"] == 6
    assert found["eve"] == 4 or (answer == TAKES_PROCESSES and found["eve"] == 6)  # 4 if it takes more than its time


def test_a_course_that_students_could_read_is_refused() -> None:
    root = mini_course.make_course(Path(sys.prefix) / "share" / "a_course_in_sight")
    try:
        mini_course.hand_in(root, "ada", mini_course.submission())
        done = rnncourse(root, "grade", "submitted")
        assert done.returncode == 2
        assert "which students' code can read" in said(done)
        assert not (root / "gradebook.db").exists()
    finally:
        shutil.rmtree(root)


def test_python_behind_a_link(root: Path, tmp_path: Path) -> None:
    """A virtual environment that is reached through a link, as in a home folder on another disk."""
    linked = tmp_path / "environment"
    linked.symlink_to(sys.prefix)
    command = [linked / "bin" / "python", "-m", "rnncourse", "grade", "submitted"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(scores(root).values()) == {6}


ODD_NAMES = [
    "<script>document.title = 'owned'</script>".replace("/", "\\"),
    "--help",
    "-rf .",
    "$(touch owned)",
    "o'neill",
    'quote"; drop table student; --',
    "Zoë Müller 学生",
    "{student_id}",
    "%s %d",
    "a" * 120,
    "back\\slash",
    "..hidden",
]
UNUSABLE_NAMES = ["[a-z]*", "?", "*", "new\nline", "ends with a space "]


def test_a_folders_name_is_only_a_name(tmp_path: Path) -> None:
    root = mini_course.make_course(tmp_path / "course")
    wrong = {"double": "def double(x):\n    return x"}
    for number, name in enumerate(ODD_NAMES):
        mini_course.hand_in(root, name, mini_course.submission(**wrong if number % 2 else {}))
    (root / "submitted" / "eve" / mini_course.ASSIGNMENT).mkdir(parents=True)
    expected = {name: 4 if number % 2 else 6 for number, name in enumerate(ODD_NAMES)}
    for name in UNUSABLE_NAMES:
        mini_course.hand_in(root, name, mini_course.submission())
    for _ in range(2):  # the second run keeps all of it
        done = rnncourse(root, "grade", "submitted")
        assert done.returncode == 1
        assert all(f"{name!r} isn't graded" in done.stdout for name in UNUSABLE_NAMES)
        assert scores(root) == {**expected, "eve": 0}
        assert all(feedback(root, name).rstrip().endswith("</html>") for name in expected)
    assert not (root / "owned").exists()


def test_what_lies_beside_a_notebook_is_never_run(root: Path) -> None:
    for name in ("torch.py", "sitecustomize.py", "usercustomize.py", "rnncourse.py", "conftest.py", "pytest.ini"):
        folder = root / "submitted" / "eve" / mini_course.ASSIGNMENT
        (folder / name).write_text(f"open({str(root / 'owned')!r}, 'w')\nraise RuntimeError\n")
    assert rnncourse(root, "grade", "submitted").returncode == 0
    assert set(scores(root).values()) == {6}
    assert not (root / "owned").exists()
