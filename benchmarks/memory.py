"""The memory that grading the Elman lesson takes, at its peak: of each process, and for each submission being graded.

A page that several processes share, such as those that a forked kernel has from its zygote, counts once.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from grading import PROJECT, make_course
from table import Row, show
from watch import KERNEL, MAIN, TESTS, WORKER, ZYGOTE, Look, watch

ALLOWED = 600  # MB for each submission being graded
PARTS = {
    MAIN: "the main process",
    WORKER: "workers",
    ZYGOTE: "zygote",
    TESTS: "hidden tests",
    KERNEL: "students' kernels",
}


def rows(num_students: int = 12) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        make_course(course, num_students)
        shutil.copy(PROJECT / "nbgrader_config.py", course)
        return rows_of(watch(course, interval=0.1))


def rows_of(looks: list[Look]) -> list[Row]:
    workers = max(sum(seen.role == WORKER for seen in look.processes) for look in looks) - 1  # one forks the others
    parts = [(f"memory of {name}", f"{_peak(looks, role):.0f} MB", "", "") for role, name in PARTS.items()]
    each = _peak(looks, *(role for role in PARTS if role != MAIN)) / workers
    what = f"memory for each of {workers} submissions being graded: all of that but the main process"
    return [*parts, (what, f"{each:.0f} MB", f"at most {ALLOWED} MB", f"{each / ALLOWED:.2f}")]


def _peak(looks: list[Look], *roles: str) -> float:
    """The most MB that such processes have held together."""
    return max(sum(seen.memory for seen in look.processes if seen.role in roles) for look in looks) / 2**20


if __name__ == "__main__":
    show(rows())
