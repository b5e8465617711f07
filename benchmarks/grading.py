"""A class of the Elman lesson through the stock `nbgrader autograde`, and through `rnncourse grade`.

The same notebooks, without the cells that are tagged as demonstrations (training, figures, explorers). nbgrader runs
them one after another, as it does, and scores the visible checks; ours runs each in a sandbox, with the hidden tests
outside, and writes the feedback as well. CPU seconds are those of the whole machine: run nothing beside it.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil

from rnncourse.grading.lessons import Lesson
from rnncourse.grading.transplant import is_demo, is_solution

PROJECT = Path(__file__).parents[1]
LESSON = "02_elman"
STUDENTS = 60
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}  # for alembic
SHARE_RIGHT = 0.75


def make_course(root: Path, students: int) -> None:
    """The lesson without its demonstrations, and a class with right and wrong answers."""
    for folder in ("notebooks", "assignments"):
        shutil.copytree(PROJECT / folder / LESSON, root / folder / LESSON)
    source = root / "notebooks" / LESSON / f"{LESSON}.ipynb"
    nb = nbformat.read(source, as_version=4)
    nb.cells = [cell for cell in nb.cells if not is_demo(cell)]
    nbformat.write(nb, source)
    released = Lesson(root, LESSON, LESSON).released
    rng = random.Random(0)
    for number in range(students):
        for cell in filter(is_solution, nb.cells):
            kind = "right" if rng.random() < SHARE_RIGHT else "wrong"
            files = sorted((root / "assignments" / LESSON / "answers" / kind).glob("*.py"))
            question = cell.metadata.nbgrader.grade_id
            cell.source = rng.choice([file.read_text() for file in files if asks(file, question)])
        for cell, blank in zip(nb.cells, released.cells, strict=True):
            blank.source = cell.source if is_solution(cell) else blank.source
        path = root / "submitted" / f"student{number:03}" / LESSON / source.name
        path.parent.mkdir(parents=True)
        nbformat.write(released, path)
    (root / "release" / LESSON).mkdir(parents=True)
    nbformat.write(Lesson(root, LESSON, LESSON).released, root / "release" / LESSON / source.name)


def asks(answer: Path, question: str) -> bool:
    return re.match(r"# (\w+) ·", answer.read_text())[1] == question


def measure(course: Path, *command: str) -> tuple[float, float]:
    """Seconds, and CPU seconds of the machine."""
    busy, begin = cpu_seconds(), time.perf_counter()
    done = run(course, *command)
    elapsed, used = time.perf_counter() - begin, cpu_seconds() - busy
    if len(list(course.glob("autograded/*/*/*.ipynb"))) != len(list(course.glob("submitted/*/*/*.ipynb"))):
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return elapsed, used


def run(course: Path, *command: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", *command], cwd=course, capture_output=True, text=True, env=ENVIRONMENT)


def cpu_seconds() -> float:
    times = psutil.cpu_times()
    return times.user + times.nice + times.system


def bare_seconds(course: Path, students: int) -> float:
    """CPU seconds of executing the students' cells in this Python, which has imported what they import."""
    begin = time.process_time()
    for path in sorted(course.glob("submitted/*/*/*.ipynb"))[:students]:
        namespace: dict = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                try:
                    with contextlib.redirect_stdout(None):
                        exec(compile(cell.source, "cell", "exec"), namespace)
                except Exception:  # a wrong answer's visible check
                    continue
    return (time.process_time() - begin) / students


def rows(students: int = STUDENTS) -> list[tuple[str, str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_course(root / "ours", students)
        shutil.copytree(root / "ours", root / "stock")
        shutil.copy(PROJECT / "nbgrader_config.py", root / "ours")
        (root / "stock" / "nbgrader_config.py").write_text("c = get_config()\n")
        (root / "stock" / "source").symlink_to("notebooks")
        run(root / "stock", "nbgrader", "generate_assignment", LESSON, "--force").check_returncode()
        ours = measure(root / "ours", "rnncourse", "grade", "submitted")
        stock = measure(root / "stock", "nbgrader", "autograde", LESSON)
        bare = bare_seconds(root / "ours", min(students, 10))
    per_minute = [60 * students / seconds for seconds, _ in (ours, stock)]
    cpu = [used / students for _, used in (ours, stock)]
    return [
        (
            f"grading {students} notebooks of the Elman lesson, against `nbgrader autograde` (a minute)",
            *(f"{rate:.0f}" for rate in per_minute),
            f"{per_minute[0] / per_minute[1]:.1f}",
        ),
        (
            "the same, CPU seconds for a notebook, start and feedback included",
            *(f"{used:.2f}" for used in cpu),
            f"{cpu[1] / cpu[0]:.1f}",
        ),
        (
            "the same, against the students' cells in a Python that runs already (CPU seconds)",
            f"{cpu[0]:.2f}",
            f"{bare:.2f}",
            f"{bare / cpu[0]:.2f}",
        ),
    ]


if __name__ == "__main__":
    from table import show

    show(rows(int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS))
